"""Set the numbers and amounts of a claim against those of a sentence: two, most, often, never."""

from __future__ import annotations

from assistant.checks.items import Scope
from assistant.checks.pairing import Pairing
from assistant.checks.words import Kind, few_words

# Times and things: what is usually so is so of most.
_SAME_AMOUNT = {
    "usually": "most",
    "often": "many",
    "sometimes": "some",
    "rarely": "few",
    "never": "no",
}
_DENIED_AMOUNT = {"most": "few", "many": "few", "all": "not all", "always": "not all"}
# What each amount also allows to be said: what is usually so is often so.
_WEAKER = {
    "most": {"many"},
    "not all": {"some"},
    "some": {"several"},
    "several": {"some", "many"},
    "many": {"several"},
}
_PART = frozenset({"most", "many", "several", "some", "half", "few"})
_MUCH, _LITTLE = frozenset({"all", "always", "most", "many"}), frozenset({"few", "no"})
_TELLS_OF_TWO = 2


def opposite_amounts(pairing: Pairing) -> bool:
    """Say whether the claim says "often" or "most" where the sentence says "seldom" or "no", or the reverse."""
    for scope in pairing.claim.limits(Kind.QUANTITY, Kind.FREQUENCY):
        said = _said_amounts(scope, pairing)
        mine = _amount(scope)
        if (mine in _MUCH and said and said <= _LITTLE) or (mine in _LITTLE and said and said <= _MUCH):
            return True
    return False


def number_differs(pairing: Pairing) -> bool:
    """Say whether the claim has a number that the sentence does not have, or one where it tells of several."""
    said = {item.value for item in pairing.source.of(Kind.NUMBER)}
    claimed = {item.value for item in pairing.claim.of(Kind.NUMBER)}
    if not claimed - {"1"} <= said:
        return True
    several = any(value != "1" for value in said) or any(
        _has_amount(pairing, amount) for amount in ("both", "many", "several")
    )
    return "1" in claimed and "1" not in said and several


def _has_amount(pairing: Pairing, value: str) -> bool:
    return any(item.value == value for item in pairing.source.of(Kind.QUANTITY))


def amount_differs(pairing: Pairing) -> bool:
    """Say whether the claim says "all", "often", ... of what the sentence gives another amount or none."""
    for scope in pairing.claim.limits(Kind.QUANTITY, Kind.FREQUENCY):
        if _amount(scope) == "both":
            if not _speaks_of_two(pairing):
                return True
        elif _amount(scope) not in _said_amounts(scope, pairing):
            return True
    if _denies_all(pairing):
        return True
    few = [scope for scope in pairing.source.limits(Kind.QUANTITY) if _amount(scope) == "few"]
    claimed = {_amount(scope) for scope in pairing.claim.limits(Kind.QUANTITY, Kind.FREQUENCY)}
    return any("few" not in claimed and scope.over and pairing.claimed_for(scope.over[0]) for scope in few)


def _denies_all(pairing: Pairing) -> bool:
    """Say whether the claim denies of all ("no cook") what the sentence denies of many ("many cooks do not")."""
    claimed = any(item.value == "nobody" for item in pairing.claim.of(Kind.NEGATION))
    said = any(item.value == "nobody" for item in pairing.source.of(Kind.NEGATION))
    near = pairing.best.values()
    part = [item for item in pairing.source.of(Kind.QUANTITY) if item.clause in near and item.value in _PART]
    return claimed and not said and bool(part)


def _speaks_of_two(pairing: Pairing) -> bool:
    items = pairing.source.of(Kind.ROLE)
    named = {role for item in items for role in item.roles}
    words = {word.strip(",.;:") for clause in pairing.source.clauses for word in clause.lower().split()}
    if pairing.source.of(Kind.ONLY) and any(item.value == "1" for item in pairing.source.of(Kind.NUMBER)):
        return False
    return bool(words & few_words("of_two")) or len(named) >= _TELLS_OF_TWO


def _said_amounts(scope: Scope, pairing: Pairing) -> set[str]:
    """Return the amounts that the sentence gives to the same word, or where it gives none, in the same clauses."""
    limits = pairing.source.limits(Kind.QUANTITY, Kind.FREQUENCY)
    item = pairing.first(scope.over)
    same_word = {pair.said.start for pair in pairing.of(item)} if item else set()
    exact = {_amount(limit) for limit in limits if same_word & {one.start for one in limit.over}}
    near = pairing.near.get(scope.by.clause, ())
    said = exact or {_amount(limit) for limit in limits if limit.by.clause in near}
    said = said or {_amount(limit) for limit in limits}
    return said | {weaker for value in said for weaker in _WEAKER.get(value, ())}


def _amount(scope: Scope) -> str:
    value = _SAME_AMOUNT.get(scope.by.value, scope.by.value)
    return _DENIED_AMOUNT.get(value, value) if scope.by.denied else value
