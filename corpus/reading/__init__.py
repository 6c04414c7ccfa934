"""Files in, articles out: one reader per format, then the same cleaning and assembling for all.

Markdown (`.md`, `.markdown`) and plain text (`.txt`) are read. Anything else is a CorpusError that names the file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import Catalogue
from corpus.reading.assemble import assemble
from corpus.reading.clean import LeftOut, clean
from corpus.reading.markdown import read_markdown
from corpus.reading.plain_text import read_plain_text

READERS = {".md": read_markdown, ".markdown": read_markdown, ".txt": read_plain_text}
LARGEST_FILE = 5_000_000  # bytes; the longest real comparison article seen is under 100 kB

_SHOWN = 70  # characters of a left-out text in a finding
_MESSAGES = {
    "truncated-teaser": "A teaser that breaks off was left out: {text}",
    "repeated-text": "Text that stands there twice was kept once: {text}",
    "related-posts": "The list of related posts was left out from here on: {text}",
    "after-related-posts": "Left out, as it stands after the related posts: {text}",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file: the article, and what was noticed while reading it."""

    article: Article
    findings: tuple[Finding, ...]


def article_id(path: Path) -> str:
    """Return the slug of a file name without its suffix: the id of the article in it."""
    ascii_name = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "article"


def read_article(path: Path, catalogue: Catalogue) -> Reading:
    """Read one file. Raise CorpusError, which names the file, the reason and the cure, when it holds no article."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            f"{path}: files ending in {path.suffix or 'nothing'} are not read. Use one of {', '.join(READERS)}."
        )
    try:
        page = reader(_decoded(path))
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error
    blocks, left_out = clean(page.blocks)
    article = assemble(article_id(path), blocks, page.front_matter, catalogue)
    if not any(article.sentences()):
        raise CorpusError(f"{path}: there is no text in it. Add the article's sentences or remove the file.")
    return Reading(article, tuple(_finding(article.id, item) for item in left_out))


def _decoded(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise CorpusError(f"the file has {size:,} bytes, the limit is {LARGEST_FILE:,}. Split it into articles.")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror}). Check that it is there and readable.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    if "\0" in text:
        raise CorpusError("holds binary data. Save it as Markdown or plain text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _finding(identifier: str, item: LeftOut) -> Finding:
    text = item.text if len(item.text) <= _SHOWN else item.text[:_SHOWN].rstrip() + " …"
    return Finding(item.code, identifier, _MESSAGES[item.code].format(text=text))
