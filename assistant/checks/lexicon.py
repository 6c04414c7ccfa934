"""Words that mean the same, the opposite, or the same from the other side. Data in `lexicon.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_LEXICON = Path(__file__).parent / "lexicon.toml"

_LONG_ENOUGH = 5  # letters that two words of one family share at their beginning: "decide", "decision" share four
_ENDINGS = 6  # letters that an ending may have: "measure", "measurement"
_SHORTEST_BASE = 4  # "unfit" is not fit, "under" is not der
_NOT_PREFIX = re.compile(r"^(?:un|in|im|ir|il|dis|non)(?=[a-z]{4})")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which words stand for each other, against each other or beside each other. All words are lemmas."""

    phrases: tuple[tuple[re.Pattern[str], str], ...]
    synonyms: Mapping[str, frozenset[str]]
    antonyms: Mapping[str, frozenset[str]]
    converses: Mapping[str, frozenset[str]]
    siblings: Mapping[str, frozenset[str]]

    def same(self, one: str, other: str) -> bool:
        """Say whether two words can stand for each other: equal, of one family, or synonyms."""
        return one == other or other in self.synonyms.get(one, ()) or _of_one_family(one, other)

    def opposite(self, one: str, other: str) -> bool:
        """Say whether to say one word is to deny the other."""
        return other in self.antonyms.get(one, ()) or _negates(one, other) or _negates(other, one)

    def converse(self, one: str, other: str) -> bool:
        """Say whether two words tell one fact from its two sides."""
        return other in self.converses.get(one, ())

    def alternative(self, one: str, other: str) -> bool:
        """Say whether two different words are of one sort, like Monday and Friday."""
        return one != other and other in self.siblings.get(one, ())


def _of_one_family(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LONG_ENOUGH or len(longer) - len(shorter) > _ENDINGS:
        return False
    stem = shorter[: max(_LONG_ENOUGH, len(shorter) - 2)]
    return longer.startswith(stem)


def _negates(one: str, other: str) -> bool:
    base = _NOT_PREFIX.sub("", one)
    return base != one and len(base) >= _SHORTEST_BASE and base == other


@functools.cache
def lexicon() -> Lexicon:
    """Read the lexicon that comes with the package, once."""
    table = tomllib.loads(_LEXICON.read_text(encoding="utf-8"))
    written = [(phrase, target) for target, phrases in table["phrases"].items() for phrase in phrases]
    written.sort(key=lambda pair: -len(pair[0]))
    return Lexicon(
        tuple((re.compile(rf"\b{re.escape(phrase)}\b", re.I), target) for phrase, target in written),
        _related(line.split() for line in table["synonyms"]["groups"].splitlines()),
        _related(pair.split(":") for pair in table["antonyms"]["pairs"].split()),
        _related(pair.split(":") for pair in table["converses"]["pairs"].split()),
        _related(line.split() for line in table["siblings"]["groups"].splitlines()),
    )


def _related(groups: Iterable[list[str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for word in group:
            found[word].update(other for other in group if other != word)
    return {word: frozenset(others) for word, others in found.items()}
