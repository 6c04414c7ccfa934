"""The set of articles in use: shipped ones or a folder that replaces them, and the keeper's own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.abbreviations import catalogue_of
from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import Catalogue, shipped_catalogue
from corpus.corrections import Correction, read_correction
from corpus.reading import READERS, article_id, file_content, read_content

SHIPPED_ARTICLES = Path(__file__).parent / "articles"

RESERVED = "readme.md"  # holds notes on a folder and is no article of it

_SIDES = 2
_HIDDEN = (".", "~$")  # Word keeps a file "~$rticle.docx" beside one that is open


@dataclass(frozen=True, slots=True)
class Library:
    """Articles by id, the catalogue that knows all their roles, and what was noticed while reading.

    `paths` says where each article was read from; `problems` holds one line for each file that could not be used.
    """

    articles: Mapping[str, Article]
    paths: Mapping[str, Path]
    catalogue: Catalogue
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()

    def content_hash(self) -> str:
        """Return one hash over all articles: it changes when anything that an answer depends on changes."""
        parts = (f"{name}={self.articles[name].content_hash()}" for name in sorted(self.articles))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def roles(self) -> tuple[str, ...]:
        """Return every role that some article treats, in alphabetical order."""
        return tuple(sorted({role for article in self.articles.values() for role in article.roles}))

    def about(self, role: str) -> tuple[Article, ...]:
        """Return the articles that treat `role`."""
        return tuple(article for article in self.articles.values() if role in article.roles)


def shipped_texts() -> tuple[str, ...]:
    """Return the shipped articles as written: a sample of ordinary English, whatever library is in use."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(SHIPPED_ARTICLES.glob("*.md")))


def load_library(folders: Sequence[Path], files: Sequence[Path] = ()) -> Library:
    """Read every article under `folders`, and `files`; a later folder replaces articles of an earlier one by id.

    Files that cannot be used become `problems`. Raise CorpusError when a folder is missing or nothing can be used.
    """
    catalogue = shipped_catalogue()
    articles: dict[str, Article] = {}
    paths: dict[str, Path] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    problems: list[str] = []
    for place in [*(_safe_files(folder, problems) for folder in folders), list(files)]:
        here: dict[str, Path] = {}
        for path in place:
            try:
                article, found = read_usable(path, catalogue, here)
            except CorpusError as error:
                problems.append(str(error))
                continue
            articles[article.id], findings[article.id] = article, found
            paths[article.id] = here[article.id] = path
    if not articles:
        raise CorpusError(_nothing_usable([*folders, *files], problems))
    noticed = tuple(finding for found in findings.values() for finding in found)
    return Library(
        dict(sorted(articles.items())), paths, catalogue_of(articles.values(), catalogue), noticed, tuple(problems)
    )


def _nothing_usable(places: Sequence[Path], problems: Sequence[str]) -> str:
    why = f" that can be used ({problems[0]})" if problems else ""
    return f"No articles in {', '.join(str(place) for place in places)}{why}. Add one: rolewise articles add FILE"


def _safe_files(folder: Path, problems: list[str]) -> list[Path]:
    """Return the article files of a folder, less the links that lead out of it, which become `problems`."""
    safe: list[Path] = []
    for path in article_files(folder):
        try:
            refuse_leading_out(path, folder)
            safe.append(path)
        except CorpusError as error:
            problems.append(str(error))
    return safe


def refuse_leading_out(path: Path, folder: Path) -> None:
    """Raise CorpusError when a file of a folder is a link to a file elsewhere."""
    inside = os.path.realpath(folder)
    if path.is_symlink() and os.path.commonpath([inside, os.path.realpath(path)]) != inside:
        raise CorpusError(f"{path}: is a link that leads out of {folder}. Put the file itself there.")


def read_usable(
    path: Path,
    catalogue: Catalogue,
    taken: Mapping[str, Path],
    content: bytes | None = None,
    correction: Correction | None = None,
) -> tuple[Article, tuple[Finding, ...]]:
    """Read one file as an article that compares roles and whose id is free; raise CorpusError otherwise.

    `content` and `correction`, when given, stand for what is in the file and beside it.
    """
    identifier = article_id(path)
    if identifier in taken:
        raise CorpusError(f"{path}: has the id {identifier}, as {taken[identifier]} has. Rename one of them.")
    known = correction if correction is not None else read_correction(path)
    reading = read_content(path, file_content(path) if content is None else content, catalogue, known.applied)
    if len(reading.article.roles) < _SIDES:
        found = " and ".join(reading.article.roles) or "none"
        raise CorpusError(
            f"{path}: a comparison needs two roles, found: {found}. "
            "Write the title as 'X vs Y', list both under `roles:`, or add it with --role X --role Y."
        )
    return reading.article, reading.findings


def _is_file(path: Path) -> bool:
    """Say whether to read a path as a file: a link that leads nowhere, or round in a circle, is an error then."""
    return path.is_file() or (path.is_symlink() and not path.is_dir())


def article_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that a reader exists for, in order of their names; hidden ones are left out."""
    if not folder.is_dir():
        raise CorpusError(f"{folder} is no folder. Set ROLEWISE_ARTICLES to a folder with articles, or unset it.")
    try:
        next(folder.iterdir(), None)  # raises where the search below would find nothing
        found = sorted(path for path in folder.rglob("*") if _is_file(path) and not path.name.startswith(_HIDDEN))
    except OSError as error:
        raise CorpusError(f"{folder} cannot be listed ({error.strerror}). Check its permissions.") from error
    for path in found:
        if path.suffix.lower() in READERS and path.name.lower() != RESERVED:
            yield path
