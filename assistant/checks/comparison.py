"""Set a claim against a sentence: what goes against it, apart from the roles."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from assistant.checks.amounts import amount_differs, number_differs
from assistant.checks.items import Item, Scope
from assistant.checks.lexicon import lexicon
from assistant.checks.pairing import Pair, Pairing
from assistant.checks.words import Kind, few_words


class Against(StrEnum):
    """What in a claim goes against the sentence."""

    DENIED = "denied"  # one denies what the other says
    OPPOSITE = "opposite"  # larger for smaller
    NUMBER = "number"
    AMOUNT = "amount"  # all, most, some, few; always, often, never
    MODAL = "modal"  # must, should, may
    ALTERNATIVE = "alternative"  # Monday for Friday
    NAME = "name"  # a name that the sentence does not have
    EXCHANGED = "exchanged"  # two things have changed places


_REACH = {"not": 1, "nobody": 2, "without": 1}  # words that are denied for sure: "no category should be changed"


def against(pairing: Pairing) -> frozenset[Against]:
    """Return everything in the claim that goes against the sentence."""
    checks = {
        Against.DENIED: _denied,
        Against.OPPOSITE: _opposite,
        Against.NUMBER: number_differs,
        Against.AMOUNT: amount_differs,
        Against.MODAL: _modal,
        Against.ALTERNATIVE: _alternative,
        Against.NAME: _name,
        Against.EXCHANGED: _exchanged,
    }
    return frozenset(name for name, check in checks.items() if check(pairing))


def loosened(pairing: Pairing) -> bool:
    """Say whether the sentence limits what the claim says without limits: "often", "most", "only", "must"."""
    kinds = (Kind.QUANTITY, Kind.FREQUENCY, Kind.ONLY, Kind.MODAL)
    said = [item for item in pairing.source.of(*kinds) if item.value not in ("all", "both", "always")]
    near = [item for item in said if item.clause in pairing.best.values()]
    return bool(near) and not pairing.claim.of(*kinds)


def _denied(pairing: Pairing) -> bool:
    for scope in pairing.claim.limits(Kind.NEGATION):
        near = [item for item in scope.over if pairing.of(item)][: _REACH[scope.by.value]]
        if not near and not pairing.source.of(Kind.NEGATION):
            return True
        if near and not any(_agrees(pairing.of(item)) for item in near):
            return True
    return any(_affirmed(scope, pairing) for scope in pairing.source.limits(Kind.NEGATION))


def _affirmed(scope: Scope, pairing: Pairing) -> bool:
    """Say whether the claim affirms what the sentence denies here."""
    retold = [found for said in scope.over if (found := pairing.claimed_for(said))][: _REACH[scope.by.value]]
    if not retold or not scope.over:
        return False
    starts = [pair.said.start for pair in pairing.all() if pair.said.clause == scope.by.clause]
    goes_on = max(starts, default=0) > scope.over[-1].start and not pairing.claimed_for(scope.over[0])
    return not goes_on and not any(_agrees(pairing.of(item)) for items in retold for item in items)


def _agrees(pairs: Iterable[Pair]) -> bool:
    found = tuple(pairs)
    return any(pair.agrees for pair in found) or any(pair.converse for pair in found)


def _opposite(pairing: Pairing) -> bool:
    for item in pairing.claim.content():
        found = pairing.of(item)
        opposed = bool(found) and all(pair.sign < 0 for pair in found)
        less = bool(found) and all(pair.claimed.degree != pair.said.degree for pair in found) and _degrees(found)
        if (opposed or less) and not pairing.turned() and not any(pair.agrees for pair in found):
            return True
    return False


def _degrees(pairs: Iterable[Pair]) -> bool:
    return any(pair.claimed.degree < 0 or pair.said.degree < 0 for pair in pairs)


def _modal(pairing: Pairing) -> bool:
    for scope in pairing.claim.limits(Kind.MODAL):
        item = pairing.first(scope.over)
        said = _modals_over(pairing, {pair.said.start for pair in pairing.of(item)} if item else set())
        hedged = scope.by.value == "may" and not said and _is_hedged(pairing)
        hedged = hedged or (not said and _implies(pairing, scope.by.value))
        if scope.by.value not in said and not hedged:
            return True
    return _drops_may(pairing)


def _implies(pairing: Pairing, modal: str) -> bool:
    """Say whether a word of the sentence stands for a modal verb: "needs patience", "has the ability to read"."""
    listed = few_words(modal) if modal in ("must", "may") else frozenset()
    near = pairing.best.values()
    return any(item.value in listed and item.clause in near for item in pairing.source.content())


def _modals_over(pairing: Pairing, starts: set[int]) -> set[str]:
    limits = pairing.source.limits(Kind.MODAL)
    return {limit.by.value for limit in limits if starts & {one.start for one in limit.over}}


def _is_hedged(pairing: Pairing) -> bool:
    kinds = (Kind.FREQUENCY, Kind.QUANTITY)
    return any(item.value not in ("all", "always", "never") for item in pairing.source.of(*kinds))


def _drops_may(pairing: Pairing) -> bool:
    """Say whether the claim states as a fact what the sentence calls possible."""
    if pairing.claim.of(Kind.MODAL) or _hedges(pairing):
        return False
    for limit in pairing.source.limits(Kind.MODAL):
        denied = any(item.denied for item in limit.over[:1])
        if limit.by.value == "may" and not denied and limit.over and pairing.claimed_for(limit.over[0]):
            return True
    return False


def _hedges(pairing: Pairing) -> bool:
    kinds = (Kind.FREQUENCY, Kind.QUANTITY)
    return any(item.value in ("sometimes", "often", "probably", "some") for item in pairing.claim.of(*kinds))


def _alternative(pairing: Pairing) -> bool:
    taken = {pair.said.start for pair in pairing.all()}
    free = [item for item in pairing.source.content() if item.start not in taken]
    return any(lexicon().alternative(item.value, said.value) for item in pairing.added() for said in free)


def _name(pairing: Pairing) -> bool:
    return any(item.name for item in pairing.added())


def _exchanged(pairing: Pairing) -> bool:
    """Say whether three words in a row come in the reverse order in the sentence: "speed replaces stamina"."""
    claimed, said = pairing.claim.content(), pairing.source.content()
    together = [(one, other) for one, other in pairwise(said) if one.clause == other.clause]
    reverse = {(one.value, other.value) for one, other in together if not other.listed}
    for one, verb, other in zip(claimed, claimed[1:], claimed[2:], strict=False):
        apart = one.clause == verb.clause == other.clause and not verb.listed and not other.listed
        turned = (other.value, verb.value) in reverse and (verb.value, one.value) in reverse
        if apart and turned and not _passive(pairing, verb):
            return True
    return False


def _passive(pairing: Pairing, verb: Item) -> bool:
    return "by" in pairing.claim.clauses[verb.clause].split()
