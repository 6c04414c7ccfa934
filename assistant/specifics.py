"""Questions for a number, an amount or how often, and the sentences that state one."""

from __future__ import annotations

import re

from assistant.checks.words import number
from corpus.words import word_list, words

_HOW = r"how (?:many|much|often|long|frequently|regularly)|what (?:percentage|percent|share|proportion)"
_ASKED = re.compile(rf"\b(?:{_HOW})\b", re.I)
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently|regularly)\b", re.I)
# What opens a clause of its own: nothing or a stop before it, at most a preposition or "and" between.
_OPENS = re.compile(
    r"(?:^|[.,;:?!(–—-])\W*(?:(?:and|but|so|or|then|exactly|roughly|about|for|in|at|within|over|of) )*$", re.I
)
_JOINED = re.compile(r"\b(?:and|or|but)\W+(?:(?:for|in|at|within|over|of) )?$", re.I)
_ASKS_WHO = re.compile(r"\b(?:who|whose|whom|which)\b", re.I)
_NONE_BY_ITSELF = {"1"}  # "one of them" counts nothing


def asks_for_amount(question: str) -> bool:
    """Say whether a number or an amount is what is asked for: "who knows how many there are?" asks who."""
    found = _ASKED.search(question)
    if not found:
        return False
    before = question[: found.start()]
    return bool(_OPENS.search(before) or _JOINED.search(before)) or not _ASKS_WHO.search(question)


def states_amount(question: str, sentence: str) -> bool:
    """Say whether a sentence states a number, or when the question is how often, how often something is done."""
    forms = [word.form for word in words(sentence)]
    if any(number(form) not in (None, *_NONE_BY_ITSELF) for form in forms):
        return True
    return bool(_HOW_OFTEN.search(question)) and not word_list("how_often").isdisjoint(forms)
