"""Words of courtesy: greetings, thanks, leave-taking, and remarks that an answer was read.

A message is one of them when it is made of nothing else. One more word ("thanks, and the budget?") makes a question.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from enum import Enum

from corpus.words import NAMES_FOLDER


class Courtesy(Enum):
    """What kind of courtesy a message is; the values are the names of their phrases in `corpus/names/talk.toml`.

    Where a message has phrases of several kinds, the first of these is what it is.
    """

    THANKS = "thanks"
    FAREWELL = "farewells"
    GREETING = "greetings"
    REMARK = "remarks"


def courtesy(spoken: Sequence[str]) -> Courtesy | None:
    """Return what kind of courtesy these words are, typed in lower case; None when another word is among them."""
    kinds_until: list[set[Courtesy | None]] = [{None}, *(set[Courtesy | None]() for _ in spoken)]
    for at, kinds in enumerate(kinds_until[:-1]):
        for size in _sizes() if kinds else ():
            phrase = tuple(spoken[at : at + size])
            if phrase in _phrases():
                kinds_until[at + len(phrase)] |= kinds | {_phrases()[phrase]}
    return next((kind for kind in Courtesy if kind in kinds_until[-1]), None)


@functools.cache
def _phrases() -> dict[tuple[str, ...], Courtesy | None]:
    """Return the phrases by their words, those that are none by themselves ("so much") without a kind."""
    table = tomllib.loads((NAMES_FOLDER / "talk.toml").read_text(encoding="utf-8"))["courtesies"]
    kinds: tuple[Courtesy | None, ...] = (None, *reversed(Courtesy))
    return {tuple(phrase.split()): kind for kind in kinds for phrase in table[kind.value if kind else "besides"]}


@functools.cache
def _sizes() -> frozenset[int]:
    return frozenset(map(len, _phrases()))
