"""Split text into sentences whose spans tile it: in order, without overlap, only white space between them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import sentencex

from corpus.article import Span

# The library closes a sentence after these, which office texts use in the middle of one ("approx. 40 people").
_NEVER_LAST = re.compile(r"(?:^|[\s(])(?:approx|incl|excl|ca|resp|e\.g|i\.e)\.$", re.I)
# Or at the end of one: "She has an M.Sc. He has none."
_SOMETIMES_LAST = re.compile(r"(?:^|[\s(])(?:min|max|avg|dept|mgr|B\.Sc|M\.Sc|B\.A|M\.A|Ph\.D)\.$", re.I)

# The library leaves a sentence open after these, which it takes for abbreviations: they are words, or may well be last.
_OFTEN_LAST = re.compile(
    r"\b(?:(?:May|me|[Nn]o|miss|art|ill|ore|fed|ok|OK)|(?P<short>[ap]\.m|etc))\.\s+"
    r"(?P<next>[“\"‘(]?(?:[A-Z][a-z]+|[AI] [a-z]))"
)
# After an hour these tell which one is meant: "at 8 a.m. Monday".
_TIMES = frozenset([*calendar.day_name, *calendar.month_name, "Eastern", "Central", "Pacific", "Greenwich"])
_PAIRS = (("“", "”"), ("(", ")"))

_LONGEST_LAST = 10  # characters at the end of a sentence in which one of these stands, with what is before it


def split_sentences(text: str, offset: int = 0) -> tuple[Span, ...]:
    """Return the span of every sentence of `text`, outer white space left out. An empty text has none.

    `offset` is where the text itself begins in a longer one, which the spans then point into.
    """
    merged: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        for begin, end in _parted(text, boundary["start_index"], boundary["end_index"]):
            piece = text[begin:end].lstrip()
            start, sentence = end - len(piece), piece.rstrip()
            if sentence and merged and _runs_on(text[slice(*merged[-1])], sentence):
                merged[-1] = merged[-1][0], start + len(sentence)
            elif sentence:
                merged.append((start, start + len(sentence)))
    return tuple([Span(offset + start, offset + end) for start, end in merged])


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences in what the library takes for one: "by the end of May. Courses begin in September."."""
    for found in _OFTEN_LAST.finditer(text, start, end):
        before = text[start : found.start()]
        if not (found["short"] and _tells_time(found["next"])) and all(
            before.count(opening) <= before.count(closing) for opening, closing in _PAIRS
        ):
            yield start, found.start("next")
            start = found.start("next")
    yield start, end


def _tells_time(following: str) -> bool:
    return re.split(r"\W", following, maxsplit=1)[0] in _TIMES


def _runs_on(sentence: str, following: str) -> bool:
    """Say whether the library split inside a sentence: after an abbreviation, or before a lower-case word."""
    opening = next((character for character in following if character.isalnum()), None)
    if opening is None:
        return True
    if not sentence.endswith("."):
        return False
    end = max(len(sentence) - _LONGEST_LAST, 0)
    if _NEVER_LAST.search(sentence, end) or (sentence.endswith((" a.m.", " p.m.")) and _tells_time(following)):
        return True
    if _SOMETIMES_LAST.search(sentence, end):
        return not opening.isupper()
    return following[0].islower()
