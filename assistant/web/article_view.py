"""An article's canonical text as the reader page shows it: headings, paragraphs, lists, every sentence kept apart.

Nothing is retold: the pieces are slices of `Article.text`, in order, and what stands between sentences stays too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from corpus.article import Article, Sentence, Span

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"\n")
_LEADS_IN = ":"  # ends a line that is no sentence, as it only announces what follows


class Kind(StrEnum):
    """How a part of the text is drawn."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Piece:
    """A slice of the text: a sentence with its number, or what stands between two sentences, without one."""

    text: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, paragraph or list; `lines` are the lines of a heading or paragraph (one) or the items of a list.

    `opens` is the number of the first sentence in or after it, None for what no sentence follows and for a heading over
    another heading.
    """

    kind: Kind
    lines: tuple[tuple[Piece, ...], ...]
    opens: int | None


def parts_of(article: Article) -> Iterator[Part]:
    """Yield the parts of an article below its title, in reading order."""
    found = list(_all_parts(article))
    for part, following in zip_longest(found, found[1:]):
        over = following and part.kind is following.kind is Kind.HEADING
        yield replace(part, opens=None) if over else part


def _all_parts(article: Article) -> Iterator[Part]:
    sentences = sorted(article.sentences(), key=lambda sentence: sentence.span.start)
    headings = {section.heading for section in article.sections}
    for block in _split(article, Span(0, len(article.text)), _BLANK_LINE, sentences):
        if block.start == 0 and article.quote(block).strip() == article.title:
            continue
        lines = [_pieces(article, line, sentences) for line in _split(article, block, _LINE_END, sentences)]
        opens = next((one.number for one in sentences if one.span.start >= block.start), None)
        if not lines:
            continue
        text = "".join(piece.text for piece in lines[0]).strip()
        leads_in = text.endswith(_LEADS_IN) and text not in headings
        has_sentence = any(piece.number for piece in lines[0])
        yield Part(Kind.PARAGRAPH if has_sentence or leads_in else Kind.HEADING, (lines[0],), opens)
        if lines[1:]:
            yield Part(Kind.LIST, tuple(lines[1:]), opens)


def contents_of(article: Article, parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """Return the headings of an article's sections, each with the id of its element, or of the sentence after it."""
    drawn = {part.opens for part in parts if part.kind is Kind.HEADING}
    opening = ((one.heading, one.sentences[0].number) for one in article.sections if one.heading and one.sentences)
    return tuple((heading, f"{'h' if number in drawn else 's'}{number}") for heading, number in opening)


def _split(article: Article, whole: Span, pattern: re.Pattern[str], sentences: list[Sentence]) -> Iterator[Span]:
    """Yield the spans between matches of `pattern`; a match within a sentence does not split it."""
    start = whole.start
    for match in pattern.finditer(article.text, whole.start, whole.end):
        within = any(sentence.span.start < match.end() and match.start() < sentence.span.end for sentence in sentences)
        if within:
            continue
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if whole.end > start:
        yield Span(start, whole.end)


def _pieces(article: Article, line: Span, sentences: list[Sentence]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = line.start
    for sentence in sentences:
        if not line.start <= sentence.span.start < line.end:
            continue
        if sentence.span.start > place:
            pieces.append(Piece(article.text[place : sentence.span.start], None))
        pieces.append(Piece(article.quote(sentence.span), sentence.number))
        place = sentence.span.end
    if place < line.end:
        pieces.append(Piece(article.text[place : line.end], None))
    return tuple(pieces)
