"""The keeper's own articles: files copied into one folder, checked before they go in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, CorpusError
from corpus.catalogue import Catalogue
from corpus.library import RESERVED, article_files, read_usable
from corpus.reading import article_id


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: the article and what was done with it, or the error that kept it out."""

    article: Article | None = None
    done: str = ""
    error: str = ""


class Shelf:
    """A folder of articles that can be added to and removed from. Files keep their suffix, ids stay unique."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue

    def add(self, paths: Sequence[Path]) -> Iterator[Added]:
        """Add files, or all articles of folders, one after the other; a bad one does not stop the others."""
        taken: dict[str, Path] = {}
        for path in self._files(paths):
            if isinstance(path, Added):
                yield path
                continue
            try:
                _refuse_reserved(path)
                article, _ = read_usable(path, self._catalogue, taken)
                taken[article.id] = path
                yield Added(article, self._put(path, article.id))
            except CorpusError as error:
                yield Added(error=str(error))

    def remove(self, identifier: str) -> None:
        """Delete the file of an own article; raise CorpusError when there is none."""
        held = self._held(identifier)
        if not held:
            raise CorpusError(
                f"{identifier!r} is none of your own articles ({self._folder}). "
                "Shipped ones can be replaced as a whole: set ROLEWISE_ARTICLES."
            )
        try:
            for path in held:
                path.unlink()
        except OSError as error:
            raise CorpusError(
                f"{identifier} cannot be removed ({error.strerror}). Check the permissions of {self._folder}."
            ) from error

    def _files(self, paths: Sequence[Path]) -> Iterator[Path | Added]:
        for path in paths:
            try:
                found = list(article_files(path)) if path.is_dir() else [path]
            except CorpusError as error:
                yield Added(error=str(error))
                continue
            except OSError as error:
                yield Added(error=f"{path} cannot be read ({error.strerror}). Check its name and permissions.")
                continue
            yield from found
            if not found:
                yield Added(error=f"{path}: no articles in this folder. Give Markdown or text files.")

    def _held(self, identifier: str) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in article_files(self._folder) if article_id(path) == identifier]

    def _put(self, path: Path, identifier: str) -> str:
        """Copy a file in and say what that did: "added", "replaced" or "unchanged"."""
        try:
            return self._copy(path, identifier)
        except OSError as error:
            raise CorpusError(
                f"{self._folder} cannot be written ({error.strerror}). Set ROLEWISE_DATA to a folder you may write."
            ) from error

    def _copy(self, path: Path, identifier: str) -> str:
        """Write beside and rename, so that no reader ever sees half of a file."""
        content = path.read_bytes()
        held = self._held(identifier)
        if len(held) == 1 and held[0].read_bytes() == content:
            return "unchanged"
        target = self._folder / f"{identifier}{path.suffix.lower()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        for old in held:
            if old != target:
                old.unlink()
        return "replaced" if held else "added"


def _refuse_reserved(path: Path) -> None:
    if f"{article_id(path)}{path.suffix.lower()}" == RESERVED:
        raise CorpusError(f"{path}: the name {RESERVED} is kept for notes on a folder, never read. Rename the file.")
