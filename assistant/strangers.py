"""Job titles in a message that no name of the library explains ("dental nurse")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.article import Span
from corpus.library import Library
from corpus.role_finder import Mention, RoleFinder
from corpus.words import Word, comparable, forms, word_list, words

_VAGUE = word_list("function") | word_list("plain") | word_list("vague")
_WHO = re.compile(r"^\W*(?:and\s+)?(?:who|whom|whose|which|where)\b", re.I)
# Words that are verbs as well as titles: a title only after a word that opens a noun phrase, or as one of a list.
_VERBS = word_list("title_verbs")
_OPENS_TITLE = re.compile(
    r"(?:\b(?:an?|the|our|your|my|his|her|their|as|of|by|another|which|every|each|or|and|vs\.?)|[,/])\s+$", re.I
)
# What somebody may rise to is not what the question is about: "Could the head chef become director?"
_AIM = re.compile(r"\b(?:become|becoming|promoted to|rise to|move up to|end up as)\s+(?:(?:an?|the)\s+)?$", re.I)


class Strangers:
    """Finds the titles that stand for no role of a library."""

    def __init__(self, library: Library, finder: RoleFinder) -> None:
        self._catalogue = library.catalogue
        self._finder = finder
        self._spoken = {form for article in library.articles.values() for form in forms(article.text)}

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the strange titles of a message, each with the word that says what kind it is."""
        return tuple(text[span.start : span.end] for span in self._spans(text))

    def without(self, text: str) -> str:
        """Return a message with "the role" in the place of every strange title."""
        for span in reversed(self._spans(text)):
            before = text[: span.start]
            bare = re.sub(r"\b(?:an?|the)\s+$", "", before, flags=re.I)
            text = f"{bare}the role{text[span.end :]}" if bare != before else f"{before}role{text[span.end :]}"
        return text

    def _spans(self, text: str) -> list[Span]:
        known = self._finder.find(text, misspelt=True)
        spoken = words(text)
        return [
            self._whole(title, spoken)
            for title in self._catalogue.find_titles(text)
            if not any(title.span.start < mention.span.end and mention.span.start < title.span.end for mention in known)
            if not _is_verb(title, text)
            if not self._ordinary(title, text, known) and not self._names_nobody(title, text, spoken)
        ]

    def _ordinary(self, title: Mention, text: str, known: Sequence[Mention]) -> bool:
        """Say whether the title is asked about by the way: people whom the articles mention, or a step of a career."""
        if known and _AIM.search(text[: title.span.start]):
            return True
        written = text[title.span.start : title.span.end].casefold()
        mentioned = set(forms(written)) <= self._spoken
        return mentioned and (comparable(written) != written or (not known and bool(_WHO.match(text))))

    def _names_nobody(self, title: Mention, text: str, spoken: Sequence[Word]) -> bool:
        """Say whether it is a generic title without a word that tells of which kind ("the manager")."""
        return self._catalogue.is_generic(text[title.span.start : title.span.end]) and not _kind(title, spoken)

    def _whole(self, title: Mention, spoken: Sequence[Word]) -> Span:
        kind = _kind(title, spoken)
        return Span(kind.span.start, title.span.end) if kind else title.span


def _is_verb(title: Mention, text: str) -> bool:
    written, before = text[title.span.start : title.span.end], text[: title.span.start]
    return written.casefold() in _VERBS and bool(before.strip()) and not _OPENS_TITLE.search(before)


def _kind(title: Mention, spoken: Sequence[Word]) -> Word | None:
    """Return the content word right before a title ("brewery" in "brewery manager"), or None."""
    before = [word for word in spoken if word.span.end <= title.span.start]
    beside = bool(before) and title.span.start - before[-1].span.end == 1
    return before[-1] if beside and before[-1].form not in _VAGUE else None
