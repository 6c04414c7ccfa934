"""What a single word is: its lemma, its number, or its classes among limiting words. Data in `words.toml`."""

from __future__ import annotations

import functools
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

import simplemma

from corpus.words import comparable, word_list

_WORDS = Path(__file__).parent / "words.toml"


class Kind(StrEnum):
    """What a word does in its sentence."""

    CONTENT = "content"
    ROLE = "role"
    NUMBER = "number"
    QUANTITY = "quantity"  # all, most, many, some, few
    FREQUENCY = "frequency"  # always, usually, often, rarely, never
    MODAL = "modal"  # must, should, may
    DEGREE = "degree"  # more, less
    ONLY = "only"
    NEGATION = "negation"


_LIMITING = (Kind.QUANTITY, Kind.FREQUENCY, Kind.MODAL, Kind.DEGREE, Kind.ONLY, Kind.NEGATION)


@functools.cache
def few_words(name: str) -> frozenset[str]:
    """Return one list of `words.toml`."""
    return frozenset(_table()[name].split())


@functools.lru_cache(maxsize=16_384)
def lemma(word: str) -> str:
    """Return the form under which a content word is compared; `word` is in lower case."""
    if "_" in word or word.endswith("xes"):  # simplemma makes "fixe" of "fixes"
        return comparable(word)
    return comparable(simplemma.lemmatize(word, lang="en").lower())


def number(word: str) -> str | None:
    """Return the value of a number, in figures or letters, and None for any other word."""
    return word if word[0].isdigit() else _numbers().get(word)


@functools.cache
def classes() -> dict[str, tuple[tuple[Kind, str], ...]]:
    """Return the classes of every limiting word; "never" denies and says how often."""
    found: dict[str, tuple[tuple[Kind, str], ...]] = {}
    for kind in _LIMITING:
        for value, listed in _table()[kind.value].items():
            for word in listed.split():
                found[word] = (*found.get(word, ()), (kind, value))
    return found


def is_ignored(word: str) -> bool:
    """Say whether a word says too little by itself to be compared."""
    return word in few_words("ignored") or (word in word_list("function") and word not in few_words("counted"))


@functools.cache
def _numbers() -> dict[str, str]:
    return {word: value for value, listed in _table()["numbers"].items() for word in listed.split()}


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
