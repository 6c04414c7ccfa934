"""The nouns of reading: the text of an article is stored once, and everything smaller points into it.

Offsets are Unicode code points into `Article.text`, as Python slices count them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, `text[start:end]`. Raises ValueError when it would be empty or negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"Not a span: {self.start}..{self.end}. A span holds at least one character.")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph, list item or table cell: the smallest thing that can be cited.

    `number` counts from 1 through the article; `roles` are the names of the roles that the sentence is about.
    """

    number: int
    span: Span
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What an article says under one heading. `topic` is the stable name of the heading's topic, if it has one."""

    heading: str
    topic: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One comparison article: its canonical text, its roles, and where its sentences stand.

    `disagrees_with` is the id of an article on the same roles whose author sees a point or two differently.
    """

    id: str
    title: str
    text: str
    roles: tuple[str, ...]
    sections: tuple[Section, ...]
    summary: str = ""
    date: dt.date | None = None
    source: str | None = None
    disagrees_with: str | None = None

    def __post_init__(self) -> None:
        end, known = 0, frozenset(self.roles)
        for sentence in self.sentences():
            start, before, end = sentence.span.start, end, sentence.span.end
            if start < before:
                raise ValueError(f"{self._name(sentence)} starts at {start}, before the end of the one before it.")
            if end > len(self.text):
                raise ValueError(f"{self._name(sentence)} ends at {end}, after the text.")
            if not known.issuperset(sentence.roles):
                strangers = " and ".join(role for role in sentence.roles if role not in known)
                raise ValueError(f"{self._name(sentence)} is about {strangers}, which the article does not compare.")

    def _name(self, sentence: Sentence) -> str:
        return f"Sentence {sentence.number} of {self.id}"

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in reading order."""
        for section in self.sections:
            yield from section.sentences

    def quote(self, span: Span) -> str:
        """Return the words that a span covers."""
        return self.text[span.start : span.end]

    def content_hash(self) -> str:
        """Return the SHA-256 of everything that an answer can depend on: text, structure and attribution."""
        return hashlib.sha256(repr((self.title, self.text, self.roles, self.sections, self.date)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a keeper of the library should look at. `code` is stable, `message` is for people."""

    code: str
    article_id: str
    message: str


class CorpusError(Exception):
    """An article or a folder cannot be used. The message names it, says why, and what to do next."""
