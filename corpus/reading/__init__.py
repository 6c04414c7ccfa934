"""Files in, articles out: one reader per format, then the same cleaning and assembling for all.

A reader takes the bytes of a file and returns a Page; what it cannot read it refuses with a CorpusError that says where
and what to do, and needs not name the file. A format is one line in READERS, and one in LARGEST_FILE if it may be big.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.article import Article, CorpusError, Finding
from corpus.catalogue import Catalogue
from corpus.reading.apart import read_apart
from corpus.reading.assemble import assemble
from corpus.reading.blocks import Block, BlockKind, FrontMatter, LeftOut, Page
from corpus.reading.clean import clean
from corpus.reading.decoding import decoded, recognised
from corpus.reading.files import content_of
from corpus.reading.language import is_english
from corpus.reading.markdown import read_markdown
from corpus.reading.plain_text import read_plain_text
from corpus.reading.remarks import written_on
from corpus.reading.web_page import read_web_page

Reader = Callable[[bytes], Page]


def _of_text(read: Callable[[str], Page]) -> Reader:
    """Make a reader of bytes from a reader of text, which refuses what is another format by its first bytes."""

    def reader(content: bytes) -> Page:
        found = recognised(content)
        if found:
            kind, suffix = found
            rename = f", or rename it to end in {suffix}" if suffix in READERS else ""
            raise CorpusError(f"is {kind} by its first bytes. Save it as text{rename}.")
        return read(decoded(content))

    return reader


READERS: dict[str, Reader] = {
    ".md": _of_text(read_markdown),
    ".markdown": _of_text(read_markdown),
    ".txt": _of_text(read_plain_text),
    ".html": read_web_page,
    ".htm": read_web_page,
}
_READ_APART = {".docx": "word", ".pdf": "pdf", ".eml": "mail"}  # by readers that a file can bring to hang
READERS |= {suffix: functools.partial(read_apart, reader) for suffix, reader in _READ_APART.items()}
_LARGEST_TEXT = 5_000_000  # bytes; the longest real comparison article seen is under 100 kB
_LARGEST_OFFICE = 30_000_000  # bytes; pictures take most of them
_LARGEST_PAGE = 8_000_000  # with the styles and pictures that a page may carry inside
LARGEST_FILE: dict[str, int] = (
    dict.fromkeys(READERS, _LARGEST_TEXT)
    | dict.fromkeys((".html", ".htm"), _LARGEST_PAGE)
    | dict.fromkeys(_READ_APART, _LARGEST_OFFICE)
)

_SHOWN = 70  # characters of a left-out text in a finding
_MESSAGES = {
    "truncated-teaser": "A teaser that breaks off was left out: {text}",
    "repeated-text": "Text that stands there twice was kept once: {text}",
    "related-posts": "The list of related posts was left out from here on: {text}",
    "after-related-posts": "Left out, as it stands after the related posts: {text}",
    "page-header": "What stands at the top or the bottom of pages was left out: {text}",
    "contents": "The table of contents was left out: {text}",
    "note": "Footnotes and endnotes were left out: {text}",
    "comment": "The comments in its margin were left out: {text}",
    "deleted-text": "Text that is marked as deleted or struck through was left out: {text}",
    "hidden-text": "Text that is hidden from its readers was left out: {text}",
    "text-box": "Text boxes were left out, as they stand at no place in the text: {text}",
    "picture-page": "A page holds a picture and no text, and was not read: {text}",
    "watermark": "Text that stands across the page was left out: {text}",
    "ragged-row": "A row of a table has more cells than its header; those past it were left out: {text}",
    "site-navigation": "A menu of the site was left out: {text}",
    "site-banner": "A banner was left out: {text}",
    "side-column": "A side column or a list of other articles was left out: {text}",
    "link-list": "A list of links was left out: {text}",
    "share-bar": "Buttons for sharing were left out: {text}",
    "reader-comments": "Comments of readers were left out: {text}",
    "page-footer": "A footer was left out: {text}",
    "byline": "Author and date were left out: {text}",
    "filed-under": "What the page is filed under was left out: {text}",
    "letter-head": "The lines over a message were left out, their subject and date are used: {text}",
    "letter-greeting": "A greeting was left out: {text}",
    "letter-closing": "What follows the end of a letter was left out: {text}",
    "attachment": "What is attached to a message was not read: {text}",
    "letter-notice": "Telephone numbers and notices of a message were left out: {text}",
    "caption": "The caption of a picture was left out: {text}",
    "outside-article": "Left out, as it stands beside the article: {text}",
}
LEFT_OUT = frozenset(_MESSAGES)  # codes of findings on what a reader of the article never sees


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
    return read_content(path, file_content(path), catalogue)


def file_content(path: Path) -> bytes:
    """Return the bytes of a file that a reader exists for. Raise CorpusError, which names it, when that fails."""
    _reader_of(path)
    try:
        return content_of(path, LARGEST_FILE[path.suffix.lower()])
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error


def read_content(
    path: Path, content: bytes, catalogue: Catalogue, correct: Callable[[FrontMatter], FrontMatter] = lambda said: said
) -> Reading:
    """Read the bytes of the file at `path`, which is not opened. Raise CorpusError when they hold no article.

    `correct` may change what the file says about itself.
    """
    reader = _reader_of(path)
    try:
        page = reader(content)
    except CorpusError as error:
        raise CorpusError(f"{path}: {error}") from error
    blocks, left_out = clean(page.blocks)
    said = page.front_matter
    matter = correct(replace(said, date=said.date or written_on((*page.left_out, *left_out)) or said.saved))
    article = assemble(article_id(path), blocks, matter, catalogue)
    if not any(article.sentences()):
        raise CorpusError(f"{path}: there is no text in it. Add the article's sentences or remove the file.")
    findings = [_finding(article.id, item) for item in (*page.left_out, *left_out)]
    if not is_english(article.text):
        findings.append(
            Finding("other-language", article.id, "It seems not to be in English. Add a translation instead.")
        )
    if not matter.roles and not _announces_its_roles(article, blocks, catalogue):
        findings.append(Finding("roles-guessed", article.id, _guessed(article)))
    return Reading(article, tuple(findings))


def _announces_its_roles(article: Article, blocks: Sequence[Block], catalogue: Catalogue) -> bool:
    """Say whether the title, headings and columns of an article name every role of it."""
    finder = catalogue.with_roles(article.roles).finder_for(article.roles)
    headings = {block.text for block in blocks if block.kind is BlockKind.HEADING}
    places = {article.title, *headings, *(header for block in blocks for header in (block.column, block.row))}
    return {role for place in places for mention in finder.find(place) for role in mention.roles} >= {*article.roles}


def _guessed(article: Article) -> str:
    found = " and ".join(article.roles) or "none"
    return f"Its roles stand in no title or heading; its text names most {found}. List them under `roles:`."


def _reader_of(path: Path) -> Reader:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            f"{path}: files ending in {path.suffix or 'nothing'} are not read. Use one of {', '.join(READERS)}."
        )
    return reader


def _finding(identifier: str, item: LeftOut) -> Finding:
    text = item.text if len(item.text) <= _SHOWN else item.text[:_SHOWN].rstrip() + " …"
    return Finding(item.code, identifier, _MESSAGES[item.code].format(text=text))
