"""Articles on their way into the library: uploaded, looked at, corrected, published; and out of it again.

A draft is kept in memory until it is published or nobody has looked at it for long. What is published is written by
`corpus/shelf.py`, and the running server takes it over by itself (`assistant/watch.py`).
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from threading import Lock

from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import shipped_catalogue
from corpus.check import check_article
from corpus.corrections import Correction, read_correction
from corpus.library import Library, article_files
from corpus.reading import READERS, article_id, file_content
from corpus.reading.decoding import decoded
from corpus.shelf import Added, Offer, Shelf

MOST_DRAFTS = 20  # of all reviewers together; the one that nobody looked at longest goes first
_LONGEST_NAME = 120  # characters of a file name
_WRITTEN = (".md", ".markdown", ".txt", ".html", ".htm")  # what can be shown as it was written


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """A file that is not published yet, with what a reviewer has corrected, and what is understood of it.

    `error` says why it cannot be used; `replaces` tells that an article of this id is in use; `source` is the text of
    the file as written, empty for Word and PDF.
    """

    id: str
    name: str
    content: bytes
    known: Correction
    article: Article | None
    findings: tuple[Finding, ...]
    error: str
    replaces: bool
    source: str


class Keeper:
    """Keeps drafts and the shelf of own articles. Safe to use from several threads: one file is read at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelf = Shelf(folder, shipped_catalogue())
        self._drafts: OrderedDict[str, ArticleDraft] = OrderedDict()
        self._lock = Lock()

    def take(self, name: str, content: bytes, library: Library, known: Correction | None = None) -> ArticleDraft:
        """Read an uploaded file into a draft; what is wrong with it stands in its `error`."""
        draft = ArticleDraft(
            secrets.token_urlsafe(12), _file_name(name), content, known or Correction(), None, (), "", False, ""
        )
        with self._lock:
            return self._read(draft, library)

    def draft(self, draft_id: str) -> ArticleDraft | None:
        """Return a draft that is still kept."""
        with self._lock:
            if draft_id in self._drafts:
                self._drafts.move_to_end(draft_id)
            return self._drafts.get(draft_id)

    def correct(self, draft: ArticleDraft, known: Correction, library: Library) -> ArticleDraft:
        """Read a draft anew, with other corrections."""
        with self._lock:
            return self._read(replace(draft, known=known), library)

    def publish(self, draft: ArticleDraft) -> Article:
        """Write a draft to the shelf; raise CorpusError when that cannot be done."""
        with self._lock:
            added = self._add(draft, dry_run=False)
            if added.article is None:
                raise CorpusError(added.error)
            self._drafts.pop(draft.id, None)
            return added.article

    def discard(self, draft_id: str) -> None:
        """Forget a draft."""
        with self._lock:
            self._drafts.pop(draft_id, None)

    def own(self) -> dict[str, Path]:
        """Return the files of the own articles by their ids."""
        return {article_id(path): path for path in article_files(self._folder)} if self._folder.is_dir() else {}

    def reopen(self, identifier: str, library: Library) -> ArticleDraft:
        """Make a draft of a published article, to correct it; raise CorpusError when there is none."""
        path = self.own().get(identifier)
        if path is None:
            raise CorpusError(f"{identifier!r} is none of your own articles.")
        return self.take(path.name, file_content(path), library, read_correction(path))

    def withdraw(self, identifier: str) -> None:
        """Take an own article off the shelf; raise CorpusError when there is none."""
        with self._lock:
            self._shelf.remove(identifier)

    def _read(self, draft: ArticleDraft, library: Library) -> ArticleDraft:
        added = self._add(draft, dry_run=True)
        article, findings = added.article, added.findings
        if article is not None:
            findings = (*findings, *check_article(article, replace(library, findings=())))
        read = replace(
            draft,
            article=article,
            findings=tuple(dict.fromkeys(findings)),
            error=added.error,
            replaces=article is not None and article.id in library.articles,
            source=_as_written(draft),
        )
        self._drafts[draft.id] = read
        self._drafts.move_to_end(draft.id)
        while len(self._drafts) > MOST_DRAFTS:
            self._drafts.popitem(last=False)
        return read

    def _add(self, draft: ArticleDraft, *, dry_run: bool) -> Added:
        suffix = Path(draft.name).suffix.lower()
        if suffix not in READERS:
            return Added(error=f"Files ending in {suffix or 'nothing'} are not read. Use one of {', '.join(READERS)}.")
        offers: Sequence[Path | Offer] = [Offer(Path(draft.name), draft.content)]
        try:
            (added,) = self._shelf.add(offers, draft.known, dry_run=dry_run)
        except CorpusError as error:
            return Added(error=str(error))
        return added


def _file_name(name: str) -> str:
    """Return the last part of the name a browser sent, in printable characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    tidy = "".join(letter for letter in last if letter.isprintable()).strip()
    stem, dot, suffix = tidy.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" if stem else tidy[:_LONGEST_NAME] or "article"


def _as_written(draft: ArticleDraft) -> str:
    if not draft.name.lower().endswith(_WRITTEN):
        return ""
    try:
        return decoded(draft.content)
    except CorpusError:
        return ""
