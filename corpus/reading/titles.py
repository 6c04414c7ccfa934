"""Read the compared roles out of a title: "X vs Y: Differences", "The differences between an X and a Y"."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"\bdifferences? between\s+(?P<first>.+?)\s+and\s+(?P<second>.+)$", re.I)
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.|compared (?:to|with))\s+", re.I)
_JOINED = re.compile(r"\s+(?:and|or|&)\s+", re.I)
_TAIL = re.compile(r"\s*(?:[:|–—?(]|\s-\s).*$")
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)
_LONGEST_ROLE_WORDS = 6


def roles_in_title(title: str) -> tuple[str, ...]:
    """Return the role names that a comparison title sets against each other, as written; none if it compares none."""
    between = _BETWEEN.search(title)
    return _names([between["first"], between["second"]] if between else _VERSUS.split(title))


def joined_in_title(title: str) -> tuple[str, ...]:
    """Return the two sides of "X and Y: ..." or "X or Y?"; whether they are roles is for the caller to say."""
    return _names(_JOINED.split(_TAIL.sub("", title)))


def _names(parts: list[str]) -> tuple[str, ...]:
    if len(parts) < 2:  # noqa: PLR2004 - a comparison has two sides
        return ()
    names = [_ARTICLE.sub("", _TAIL.sub("", part.strip())).strip(" .,\"'“”’") for part in parts]
    return tuple(names) if all(name and len(name.split()) <= _LONGEST_ROLE_WORDS for name in names) else ()
