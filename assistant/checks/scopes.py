"""Say which words a negation, a "may", an "often" or a "more" reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.checks.items import Item, Scope
from assistant.checks.words import Kind, classes, few_words

_INFLECTED = re.compile(r"[a-z]{2,}s$")
_ROLE = re.compile(r"role\d+mask")
_REACHING = (Kind.NEGATION, Kind.MODAL, Kind.FREQUENCY)
_NOUN_PHRASE = 2  # content words that "most" or "more" may stand before: "more commercial experience"


def limited(
    items: Sequence[Item], places: Sequence[int], tokens: Sequence[str]
) -> tuple[tuple[Item, ...], tuple[Scope, ...]]:
    """Return the items with what is denied or less marked, and the scopes of all limiting words.

    `places` says which of the `tokens` each item was made from.
    """
    graded = _graded(items)
    scopes = [scope for n in range(len(graded)) if (scope := _scope(n, graded, places, tokens))]
    denied = {item.start for scope in scopes if scope.by.kind is Kind.NEGATION for item in scope.over}
    final = {item: replace(item, denied=item.start in denied) for item in graded}
    now = [Scope(final[scope.by], tuple(final[item] for item in scope.over)) for scope in scopes]
    return tuple(final[item] for item in graded), tuple(now)


def _scope(number: int, items: Sequence[Item], places: Sequence[int], tokens: Sequence[str]) -> Scope | None:
    by = items[number]
    if by.kind is Kind.QUANTITY:
        return Scope(by, tuple(_following(number, items))[:_NOUN_PHRASE])
    if by.kind not in _REACHING:
        return None
    end = _end(by.kind, places[number], tokens)
    over: list[Item] = []
    for other, place in zip(items[number + 1 :], places[number + 1 :], strict=True):
        second_negation = other.kind is by.kind is Kind.NEGATION and other.start > by.start
        if place >= end or other.clause != by.clause or second_negation:
            break
        over += [other] if other.kind is Kind.CONTENT else []
    if by.value == "without":
        over = over[:1]
    after = tokens[places[number] + 1 : places[number] + 2]
    object_of = by.value == "nobody" and not (after and after[0][0].isalpha())  # "leads nobody"
    if not over and (object_of or by.value not in ("nobody", "without")):  # "profit does not"
        over = [other for other in items[:number] if other.clause == by.clause and other.kind is Kind.CONTENT][-1:]
    return Scope(by, tuple(over))


def _end(kind: Kind, place: int, tokens: Sequence[str]) -> int:
    """Return the place of the token before which the reach of a limiting word ends."""
    for n in range(place + 1, len(tokens)):
        low = tokens[n].lower()
        if low not in few_words("ends_negation") and low != ",":
            continue
        if kind is Kind.NEGATION:
            return n
        after = [token.lower() for token in tokens[n + 1 : n + 3] if token.lower() not in few_words("ends_negation")]
        if after and _starts_another(after[0]):
            return n
    return len(tokens)


def _starts_another(word: str) -> bool:
    return bool(
        word in few_words("starts_another") or word in classes() or _INFLECTED.search(word) or _ROLE.match(word)
    )


def _following(number: int, items: Sequence[Item]) -> list[Item]:
    """Return the content words of the clause after a word, up to the next role."""
    found: list[Item] = []
    for other in items[number + 1 :]:
        if other.kind is Kind.ROLE or other.clause != items[number].clause:
            break
        found += [other] if other.kind is Kind.CONTENT else []
    return found


def _graded(items: Sequence[Item]) -> list[Item]:
    """Give "more" and "less" to the words that they stand before, or to the one before: "matters more to the cook"."""
    result = list(items)
    for place, item in enumerate(items):
        if item.kind is not Kind.DEGREE:
            continue
        near = {other.start for other in _following(place, items)[:_NOUN_PHRASE]}
        if not near:
            before = [other for other in items[:place][-1:] if other.clause == item.clause]
            near = {other.start for other in before if other.kind is Kind.CONTENT}
        degree = 1 if item.value == "more" else -1
        result = [replace(one, degree=degree) if one.start in near else one for one in result]
    return result
