"""Read the compared roles out of a title: "X vs Y: Differences", "The differences between an X and a Y"."""

from __future__ import annotations

import re

# White space is collapsed before any of these is tried, so that none has to look for the end of a run of it.
_BETWEEN = re.compile(r"\bdifferences? between ", re.I)
_VERSUS = re.compile(r" (?:vs\.?|versus|v\.|compared (?:to|with)) ", re.I)
_AND_A = re.compile(r"(?:,|,? and) (?:an?|the) ", re.I)  # "a Health and Safety Manager and a Quality Manager"
_AND = re.compile(r" and ", re.I)
_JOINED = re.compile(r",? (?:and|or|&) |, ", re.I)
# "Engineer in Test" is a role, "in Hospitals" is where it works.
_TAIL = re.compile(
    r"(?:[:|–—?(]| - | (?:in(?! test\b)|by|at|from|when|what|which|who|explained|compared|side by side)\b).*$", re.I
)
# What parts a title: "Know your crew: X vs Y", "The Blog | X vs Y: who leads?"
_PARTED = re.compile(r"[:?!] | ?[|–—] ?| - ")
_ARTICLE = re.compile(r"^(?:an?|the) ", re.I)
_LONGEST_ROLE_WORDS = 6


def roles_in_title(title: str) -> tuple[str, ...]:
    """Return the role names that a comparison title sets against each other, as written; none if it compares none."""
    line = " ".join(title.split())
    sides = next((sides for part in _PARTED.split(line) if len(sides := _VERSUS.split(part)) > 1), [line])
    between = _BETWEEN.search(line)
    if len(sides) == 1 and between:
        pair = line[between.end() :]
        sides = _AND_A.split(pair) if _AND_A.search(pair) else _sides(pair)
    return _names(sides)


def joined_in_title(title: str) -> tuple[tuple[str, ...], ...]:
    """Return the sides of each part of a title like "X and Y: ...", "X or Y?", "Memo: X, Y and Z".

    Whether they are roles is for the caller to say.
    """
    sides = (_names(_JOINED.split(_TAIL.sub("", part))) for part in _PARTED.split(" ".join(title.split())))
    return tuple(names for names in sides if names)


def _sides(pair: str) -> list[str]:
    """Split "chefs, cooks and bakers", but "Health, Safety and Environment Managers and Quality Managers" never."""
    listed = "," in pair and len(_AND.findall(pair)) == 1
    return _JOINED.split(pair) if listed else _AND.split(pair, maxsplit=1)


def _names(parts: list[str]) -> tuple[str, ...]:
    if len(parts) < 2:  # noqa: PLR2004 - a comparison has two sides
        return ()
    names = [_ARTICLE.sub("", _TAIL.sub("", part.strip())).strip(" .,\"'“”’") for part in parts]
    return tuple(names) if all(name and len(name.split()) <= _LONGEST_ROLE_WORDS for name in names) else ()
