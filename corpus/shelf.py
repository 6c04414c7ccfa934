"""The keeper's own articles: files copied into one folder, checked before they go in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import Catalogue
from corpus.corrections import SUFFIX, Correction, beside, read_correction
from corpus.durable import alone_in, replace_file, settle
from corpus.library import RESERVED, article_files, read_usable, refuse_leading_out
from corpus.reading import READERS, article_id, file_content

_AS_WRITTEN = Correction()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: the article and what was done with it, or the error that kept it out."""

    article: Article | None = None
    done: str = ""
    error: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A file to take in: what its name is, what is in it, and the address that it was fetched from, if any."""

    path: Path
    content: bytes
    address: str = ""


class Shelf:
    """A folder of articles that can be added to and removed from. Files keep their suffix, ids stay unique."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder = folder
        self._catalogue = catalogue

    def add(
        self, paths: Sequence[Path | Offer], corrected: Correction = _AS_WRITTEN, *, dry_run: bool = False
    ) -> Iterator[Added]:
        """Add files, or all articles of folders, one after the other; a bad one does not stop the others.

        `corrected` holds for every file of this call; a correction made earlier stays in force where it is empty. A
        dry run reads and checks all, and writes nothing.
        """
        taken: dict[str, Path] = {}
        for path in self._files(paths):
            if isinstance(path, Added):
                yield path
                continue
            try:
                yield self._take(path, corrected, taken, dry_run=dry_run)
            except CorpusError as error:
                address = f"{path.address}: " if isinstance(path, Offer) and path.address else ""
                yield Added(error=f"{address}{error}")

    def _take(self, given: Path | Offer, corrected: Correction, taken: dict[str, Path], *, dry_run: bool) -> Added:
        path = given.path if isinstance(given, Offer) else given
        _refuse_reserved(path)
        identifier = article_id(path)
        if isinstance(given, Offer):
            offer, known = given, corrected
        else:
            offer, known = Offer(path, file_content(path)), corrected.over(read_correction(path))
        known = known.over(self._correction(identifier))
        article, findings = read_usable(path, self._catalogue, taken, offer.content, known)
        if offer.address and not article.source:
            known = replace(known, source=offer.address)
            article, findings = read_usable(path, self._catalogue, taken, offer.content, known)
        taken[identifier] = path
        return Added(article, self._put(offer, identifier, known, dry_run=dry_run), findings=findings)

    def remove(self, identifier: str) -> None:
        """Delete the file of an own article; raise CorpusError when there is none."""
        held = self._held(identifier)
        if not held:
            raise CorpusError(
                f"{identifier!r} is none of your own articles ({self._folder}). "
                "Shipped ones can be replaced as a whole: set ROLEWISE_ARTICLES."
            )
        try:
            with alone_in(self._folder):
                for path in (*held, self._folder / f"{identifier}{SUFFIX}"):
                    path.unlink(missing_ok=True)
                settle(self._folder)
        except OSError as error:
            raise CorpusError(
                f"{identifier} cannot be removed ({error.strerror}). Check the permissions of {self._folder}."
            ) from error

    def _files(self, paths: Sequence[Path | Offer]) -> Iterator[Path | Offer | Added]:
        for path in paths:
            if isinstance(path, Offer):
                yield path
                continue
            try:
                found = list(article_files(path)) if path.is_dir() else [path]
            except CorpusError as error:
                yield Added(error=str(error))
                continue
            except (OSError, ValueError) as error:
                yield Added(error=f"{path} cannot be read ({error}). Check its name and permissions.")
                continue
            for file in found:
                yield _inside(file, path)
            if not found:
                yield Added(error=f"{path}: no articles in this folder. Give files ending in {', '.join(READERS)}.")

    def _held(self, identifier: str) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in article_files(self._folder) if article_id(path) == identifier]

    def _correction(self, identifier: str) -> Correction:
        return read_correction(self._folder / f"{identifier}{SUFFIX}")

    def _put(self, offer: Offer, identifier: str, known: Correction, *, dry_run: bool) -> str:
        """Copy a file in and say what that did: "added", "replaced" or "unchanged"."""
        try:
            if not dry_run:
                self._folder.mkdir(parents=True, exist_ok=True)
                settle(self._folder.parent)
            with nullcontext() if dry_run else alone_in(self._folder):
                return self._put_alone(offer, identifier, known, dry_run=dry_run)
        except OSError as error:
            raise CorpusError(
                f"{self._folder} cannot be written ({error.strerror}). Set ROLEWISE_DATA to a folder you may write."
            ) from error

    def _put_alone(self, offer: Offer, identifier: str, known: Correction, *, dry_run: bool) -> str:
        held = self._held(identifier)
        if len(held) == 1 and held[0].read_bytes() == offer.content and self._correction(identifier) == known:
            return "unchanged"
        if not dry_run:
            self._write(offer, identifier, known, held)
        return ("would be " if dry_run else "") + ("replaced" if held else "added")

    def _write(self, offer: Offer, identifier: str, known: Correction, held: Sequence[Path]) -> None:
        """Write the correction first: once the article can be seen, so can what makes it right."""
        target = self._folder / f"{identifier}{offer.path.suffix.lower()}"
        if known:
            replace_file(beside(target), known.as_toml().encode("utf-8"))
        replace_file(target, offer.content)
        for old in held:
            if old != target:
                old.unlink()
        if not known:
            beside(target).unlink(missing_ok=True)
        settle(self._folder)


def _inside(file: Path, folder: Path) -> Path | Added:
    if file == folder:  # given by name, not found in a folder
        return file
    try:
        refuse_leading_out(file, folder)
    except CorpusError as error:
        return Added(error=str(error))
    return file


def _refuse_reserved(path: Path) -> None:
    if f"{article_id(path)}{path.suffix.lower()}" == RESERVED:
        raise CorpusError(f"{path}: the name {RESERVED} is kept for notes on a folder, never read. Rename the file.")
