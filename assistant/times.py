"""Which days of the week, months, seasons and years a text names, and whether another names others of the kind.

Who asks about Sundays is not answered by what is done on Saturdays.
"""

from __future__ import annotations

import re

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SEASONS = ("spring", "summer", "autumn", "winter")
_WORKING_DAYS, _WEEKEND = frozenset(range(5)), frozenset((5, 6))
# A time and no verb, no name and no spring of steel: what stands before it says so.
_WHEN = (
    r"(?:in|on|of|by|until|till|since|from|to|through|between|each|every|during|this|last|next|early|late|mid)\s+"
    r"(?:the\s+)?"
)
_TO = r"\s*(?:to|till|until|through|-|–)\s*"
_DAY = re.compile(rf"\b(?P<first>{'|'.join(_DAYS)})s?(?:{_TO}(?P<last>{'|'.join(_DAYS)})s?)?\b")
_MONTH = re.compile(rf"\b(?P<first>{'|'.join(_MONTHS)})(?:{_TO}(?P<last>{'|'.join(_MONTHS)}))?\b")
_SEASON = re.compile(rf"\b{_WHEN}(?P<first>{'|'.join(_SEASONS)})s?\b")
_YEAR = re.compile(rf"\b{_WHEN}(?P<year>(?:19|20)\d\d)\b")
_AMBIGUOUS = ("march", "may")
# Before a time that only bounds another: "since 2019", "between March and June", "except on Sundays".
_BOUNDS = re.compile(
    r"\b(?:since|until|till|from|to|through|before|after|between|except|unless|not)\s+(?:on\s+|in\s+)?(?:the\s+)?$"
)
_ALL_YEARS = range(1900, 2100)
_BEFORE = re.compile(rf"\b{_WHEN}$")

Named = frozenset[int]


def names_another_time(text: str, question: str) -> bool:
    """Say whether a text names days, months, seasons or years, but none of the kind's that the question names."""
    kinds = (_days, _months, _seasons, _years)
    named = [(kind(question.casefold()), kind(text.casefold())) for kind in kinds]
    return any(asked and told and asked.isdisjoint(told) for asked, told in named)


def _days(text: str) -> Named:
    found = _ranges(_DAY, text, _DAYS)
    working = _WORKING_DAYS if re.search(r"\b(?:weekdays?|working days?)\b", text) else frozenset()
    weekend = _WEEKEND if re.search(r"\bweekends?\b", text) else frozenset()
    always = working | _WEEKEND if re.search(r"\b(?:every day|daily|all week)\b", text) else frozenset()
    return found | working | weekend | always


def _months(text: str) -> Named:
    return _ranges(_MONTH, text, _MONTHS)


def _seasons(text: str) -> Named:
    return _ranges(_SEASON, text, _SEASONS)


def _years(text: str) -> Named:
    found = list(_YEAR.finditer(text))
    bounded = any(_BOUNDS.search(text[: year.start("year")]) for year in found)
    return frozenset(_ALL_YEARS if bounded else (int(year["year"]) for year in found))


def _ranges(pattern: re.Pattern[str], text: str, names: tuple[str, ...]) -> Named:
    """Return the places of the names in a text, with those between two that are joined: "Monday to Friday".

    A name that bounds a time of which no end or no beginning is told may mean all of them.
    """
    places: set[int] = set()
    for found in pattern.finditer(text):
        first = names.index(found["first"])
        if found["first"] in _AMBIGUOUS and not _BEFORE.search(text[: found.start()]):
            continue
        until = found["last"] if "last" in pattern.groupindex else None
        if not until and _BOUNDS.search(text[: found.start("first")]):
            return frozenset(range(len(names)))
        last = names.index(until) if until else first
        places |= {(first + step) % len(names) for step in range((last - first) % len(names) + 1)}
    return frozenset(places)
