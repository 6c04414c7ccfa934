"""Pair the words of a claim with the words of a sentence that they can stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checks.items import Item, Wording
from assistant.checks.lexicon import lexicon
from assistant.checks.words import Kind


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the claim and a word of the sentence; `sign` -1: they are opposites."""

    claimed: Item
    said: Item
    sign: int
    converse: bool = False

    @property
    def agrees(self) -> bool:
        """Whether both are affirmed or both denied, opposites and "less" counted."""
        return _sign(self.claimed) * self.sign == _sign(self.said)

    @property
    def turned(self) -> bool:
        """Whether the two tell the same when their roles are exchanged: "larger" and "smaller"."""
        return self.converse or (self.sign < 0 and self.claimed.compared and self.said.compared)


class Pairing:
    """All pairs between a claim and a sentence, and which clause of the sentence each clause of the claim retells."""

    def __init__(self, claim: Wording, source: Wording) -> None:
        """Pair the two."""
        self.claim, self.source = claim, source
        self._of: dict[int, list[Pair]] = {item.start: _pairs(item, source) for item in claim.content()}
        counted: dict[int, Counter[int]] = defaultdict(Counter)
        last: dict[int, set[int]] = {}
        for item in claim.content():
            for clause in {pair.said.clause for pair in self._of[item.start]}:
                counted[item.clause][clause] += 1
            if self._of[item.start]:
                last[item.clause] = {pair.said.clause for pair in self._of[item.start]}
        self.near = dict(counted)
        self.best = {
            clause: max(found, key=lambda number: (found[number], number in last[clause], -number))
            for clause, found in counted.items()
        }

    def all(self) -> tuple[Pair, ...]:
        """Return every pair."""
        return tuple(pair for found in self._of.values() for pair in found)

    def of(self, item: Item) -> tuple[Pair, ...]:
        """Return the pairs of a word of the claim; those in the clause that it retells, if there are any."""
        found = self._of.get(item.start, [])
        return tuple([pair for pair in found if pair.said.clause == self.best.get(item.clause)] or found)

    def claimed_for(self, said: Item) -> tuple[Item, ...]:
        """Return the words of the claim that stand for a word of the sentence."""
        found = {pair.claimed.start for pair in self.all() if pair.said.start == said.start}
        return tuple(item for item in self.claim.content() if item.start in found)

    def added(self) -> tuple[Item, ...]:
        """Return the words of the claim that nothing in the sentence stands for."""
        return tuple(item for item in self.claim.content() if not self._of[item.start])

    def turned(self) -> bool:
        """Say whether the claim names two roles and tells the fact from its other side."""
        named = {role for item in self.claim.named() for role in item.roles}
        return len(named) > 1 and any(pair.turned for pair in self.all())

    def told_by_the_other(self) -> bool:
        """Say whether a verb of the claim tells the sentence's fact from its other side: "receives" for "pays"."""
        return any(pair.converse and not pair.claimed.compared for pair in self.all())

    def coverage(self) -> float:
        """Return the share of the claim's content words that are paired, 0..1."""
        total = len(self.claim.content())
        return (total - len(self.added())) / total if total else 0.0

    def adds_predicate(self) -> bool:
        """Say whether the word that follows the claim's role, most often its verb, is none of the sentence's."""
        added = {item.start for item in self.added()}
        for place, item in enumerate(self.claim.items):
            if item.roles and not item.acts:
                following = next((other for other in self.claim.items[place + 1 :] if other.kind is Kind.CONTENT), None)
                return following is not None and following.start in added
        return False

    def first(self, over: Sequence[Item]) -> Item | None:
        """Return the first of some words of the claim that is paired."""
        return next((item for item in over if self._of.get(item.start)), None)


def _pairs(item: Item, source: Wording) -> list[Pair]:
    words = lexicon()
    same = [Pair(item, said, 1) for said in source.content() if words.same(item.value, said.value)]
    exact = [pair for pair in same if pair.said.value == item.value]
    exact = [pair for pair in exact if pair.said.form == item.form] or exact
    opposite = [
        Pair(item, said, -1)
        for said in source.content()
        if words.opposite(item.value, said.value) or words.opposite(item.form, said.form)
    ]
    converse = [
        Pair(item, said, 1, converse=True) for said in source.content() if words.converse(item.value, said.value)
    ]
    return exact or same or opposite or converse


def _sign(item: Item) -> int:
    return (-1 if item.denied else 1) * (-1 if item.degree < 0 else 1)
