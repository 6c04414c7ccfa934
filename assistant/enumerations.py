"""Find in a question the list of what it asks for: "the budget, the team and the career of a plant manager"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.article import Span
from corpus.library import Library
from corpus.role_finder import RoleFinder
from corpus.words import forms, word_list, words

_FUNCTION = word_list("function")
_NAMELESS = _FUNCTION | word_list("plain")
_FRAMING = _NAMELESS | word_list("comparing") | word_list("describing")
_JOINING = frozenset({"and", "or", "plus"})
_DOING = word_list("doing")
_SUBJECTS = word_list("subjects")
_LEADING = word_list("leading")  # may stand before an item: "and about the pay"
_BREAK, _COMMA = re.compile(r"[:.?!()“”\"]"), re.compile(r"[,;&]")
_LONGEST = 3  # words of an item; more are a clause
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, or a whole role name; `apart` is what the marks before it part it by: nothing, a comma, or a stop."""

    form: str
    start: int
    end: int
    is_role: bool
    apart: str

    @property
    def joins(self) -> bool:
        return self.form in _JOINING and not self.is_role

    @property
    def names(self) -> bool:
        """Whether it may be a word of an item."""
        return not self.is_role and self.form not in _NAMELESS and self.form not in _JOINING


class Enumerations:
    """Finds lists in questions about the roles of one library."""

    def __init__(self, library: Library, finder: RoleFinder) -> None:
        """Find roles with `finder`."""
        self._catalogue = library.catalogue
        self._finder = finder
        self._headings = [forms(one.heading) for article in library.articles.values() for one in article.sections]

    def items(self, text: str) -> tuple[Span, ...]:
        """Return where the items of a list stand that a question asks for one by one; none when there is no list.

        The items are topics of different names, or whatever stands beside nothing but roles: "A vs B: noise, tips".
        What a heading of the articles joins is one thing: "Tools and Methods".
        """
        tokens = tuple(self._tokens(text))
        for start in range(len(tokens)):
            runs = _runs(tokens, start)
            if len(runs) < _FEW or (start and tokens[start].apart == "" and tokens[start - 1].names):
                continue
            if first := self._first(tokens, runs[0], text):
                spans = [first, *(Span(tokens[a].start, tokens[b - 1].end) for a, b in runs[1:])]
                if self._is_list(tokens, spans, text) and not self._is_one(text[spans[0].start : spans[-1].end]):
                    return tuple(spans)
        return ()

    def is_topic(self, text: str) -> bool:
        """Say whether a text is nothing but the name of a topic: "Their team?"."""
        tokens = tuple(self._tokens(text))
        named = [one for one in tokens if one.names]
        plain = all(one.names or one.is_role or one.form in _LEADING for one in tokens)
        return plain and 0 < len(named) <= _LONGEST and bool(self._catalogue.find_topics(text))

    def _tokens(self, text: str) -> Iterator[_Token]:
        mentions = self._finder.find(text, misspelt=True)
        end = 0
        for word in words(text):
            mention = next((one for one in mentions if one.span.start <= word.start < one.span.end), None)
            if mention and mention.span.start < end:
                continue
            gap = text[end : word.start]
            apart = "stop" if end and _BREAK.search(gap) else "comma" if _COMMA.search(gap) else ""
            end = mention.span.end if mention else word.end
            yield _Token(word.form, word.start, end, mention is not None, apart)

    def _first(self, tokens: Sequence[_Token], run: tuple[int, int], text: str) -> Span | None:
        """Return the first item without the verb that may stand before it."""
        start, end = run
        before = tokens[:start]
        if before and tokens[start].apart != "stop" and _does(before):
            start += 1
            asked = next((at for at in range(end - 1, start - 1, -1) if self._topics(tokens, at, end, text)), None)
            start = end if asked is None else asked
        return Span(tokens[start].start, tokens[end - 1].end) if 0 < end - start <= _LONGEST else None

    def _topics(self, tokens: Sequence[_Token], start: int, end: int, text: str) -> tuple[str, ...]:
        return self._catalogue.find_topics(text[tokens[start].start : tokens[end - 1].end])

    def _is_list(self, tokens: Sequence[_Token], spans: Sequence[Span], text: str) -> bool:
        topics = [set(self._catalogue.find_topics(text[span.start : span.end])) for span in spans]
        if all(topics) and not any(one & other for one, other in combinations(topics, 2)):
            return not _may_be_verbs(tokens, spans, text)
        inside = {at for at, one in enumerate(tokens) for span in spans if span.start <= one.start < span.end}
        frame = [one for at, one in enumerate(tokens) if at not in inside]
        listed = len(spans) > _FEW or any(one.apart == "comma" for one in tokens if one.start == spans[1].start)
        bare = all(one.is_role or (one.form in _FRAMING and one.form not in _DOING | {"who"}) for one in frame)
        return listed and bare and any(one.is_role for one in frame)

    def _is_one(self, written: str) -> bool:
        """Say whether a heading joins these very words."""
        asked = forms(written)
        return any(heading[at : at + len(asked)] == asked for heading in self._headings for at in range(len(heading)))


def _runs(tokens: Sequence[_Token], start: int) -> list[tuple[int, int]]:
    """Return the runs of naming words from one place on, each but the first joined to the one before it."""
    runs: list[tuple[int, int]] = []
    at = start
    while at < len(tokens):
        end = at
        while end < len(tokens) and tokens[end].names and (end == at or not tokens[end].apart):
            end += 1
        if end == at or (runs and end - at > _LONGEST):
            break
        runs.append((at, end))
        following = _joined(tokens, end)
        if following is None:
            break
        at = following
    return runs


def _joined(tokens: Sequence[_Token], at: int) -> int | None:
    """Return where the next item may begin, behind what joins it: ", and also the"; None when nothing joins it."""
    start = at
    while at < len(tokens) and tokens[at].apart != "stop" and (tokens[at].joins or tokens[at].form in _LEADING):
        at += 1
    if at >= len(tokens) or tokens[at].apart == "stop" or tokens[at].is_role:
        return None
    return at if any(one.joins or one.apart == "comma" for one in tokens[start : at + 1]) else None


def _does(before: Sequence[_Token]) -> bool:
    """Say whether a verb is due after these words."""
    last = before[-1]
    return last.form in _SUBJECTS or (last.is_role and any(one.form in _DOING for one in before)) or last.form in _DOING


def _may_be_verbs(tokens: Sequence[_Token], spans: Sequence[Span], text: str) -> bool:
    """Say whether an item is rather what somebody does as well: "who trains staff and pays bills".

    It then begins with a verb in the form of the one before the first item, and names what that is done to.
    """
    before = [one for one in tokens if one.start < spans[0].start]
    if not any(one.form in _SUBJECTS for one in before):
        return False
    inflected = text[before[-1].start : before[-1].end].endswith("s")
    items = [[one for one in tokens if span.start <= one.start < span.end] for span in spans[1:]]
    return any(len(item) > 1 and text[item[0].start : item[0].end].endswith("s") == inflected for item in items)
