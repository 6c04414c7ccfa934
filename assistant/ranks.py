"""Which way a text looks from a role: up to who is above it, or down to who is below it, as far as its words say so.

"The press officer reports to the editor" looks up from the press officer and down from the editor; "who is under the
editor?" asks to look down from the editor, so that a sentence on the editor's own boss is no answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from assistant.question_words import AUXILIARY
from corpus.article import Span
from corpus.role_finder import Mention

Find = Callable[[str], Sequence[Mention]]


_PAIR = 2


class Way(Enum):
    """Where a text looks from a role."""

    UP = "who is above"
    DOWN = "who is below"


# The lower one stands before it, the higher one behind it.
_LOW_FIRST = (
    r"report(?:s|ing|ed)?(?: [\w-]+){0,4}? (?:in)?to|answer(?:s|ing|ed)?(?: [\w-]+){0,2}? to(?! for)|"
    r"(?:answerable|accountable|responsible|subordinate|junior) to|"
    r"(?:subordinates?|deput(?:y|ies)|direct reports?|underlings?) of|"
    r"(?:take|get|receive)s? (?:[\w-]+ )?(?:orders|instructions) from|"
    r"(?:led|managed|supervised|headed|directed|overseen|commanded|bossed) by|(?P<below>below|beneath|under)"
)
# The higher one stands before it, the lower one behind it.
_HIGH_FIRST = (
    r"(?P<verb>(?P<plain>lead|supervise|oversee|command|manage|direct)|"
    r"leads|supervises|oversees|commands|manages|directs)(?! to\b)|"
    r"outranks?|(?:boss|superior|supervisor) (?:of|to)|senior to|"
    r"giv(?:es?|ing) (?:[\w-]+ )?(?:orders|instructions) to|(?P<above>above|over)"
)
# Nouns that name who is above or below the one whose they are.
_HIS = r"(?:['’]s?|whose|his|her|their|its)(?: (?:direct|immediate|next|own))?"
_HIS_HIGHER = rf"{_HIS} (?:boss(?:es)?|superiors?|supervisors?)"
_HIS_LOWER = r"direct reports?|subordinates?|underlings?"
_RANKS = re.compile(
    r"(?:(?<!\w)|(?=['’]))"
    rf"(?:(?P<low>{_LOW_FIRST})|(?P<his_higher>{_HIS_HIGHER})|(?P<his_lower>{_HIS_LOWER})|(?P<high>{_HIGH_FIRST}))(?!\w)",
    re.I,
)
_FRONTED = re.compile(r"\b(to|by|under|above|below|beneath|over|from|of) whom\b([^?;]*?)(?=\s*(?:\?|;|$))", re.I)
_BETWEEN = re.compile(r"\W*(?:\b(?:the|an?|our|your|my|each|every|both|which)\b\W*)*", re.I)
_HERSELF = re.compile(r"\s+(?:her|him|them)\b", re.I)
# Before "above" and "under" where they tell of rank, and behind them.
_STANDING = re.compile(
    r"(?:^\W*|,\s+|\b(?:who(?:m|ever)?|rungs?|steps?|grades?|levels?|ranks?|ranked|is|are|be|was|were|stands?|sits?|lies?|"
    r"comes?|works?|serves?|placed)\s+(?:(?:directly|immediately|right|just|always|usually|even|both)\s+)?)$",
    re.I,
)
_ANYBODY = re.compile(r"\s+(?:the|an?|our|your|whom|him|her|them|both|which)\b|\s*\??\s*$", re.I)
# Before a verb that could be a noun: "may lead", "they command".
_ACTING = re.compile(rf"(?:\b(?:{AUXILIARY}|to|not|they|who|and|also|often|usually|both)|n['’]t)\s+$", re.I)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_PARTED = re.compile(r"[;:]")
_MUTUAL = re.compile(r"\b(?:neither|the others?|each other|one another)\b", re.I)
_IS_THE = re.compile(r"\W*(?:\b(?:is|are|as|be|not|the|an?|our)\b\W*)*", re.I)
_PERSONS = re.compile(r"\b(?:who|whom|whose)\b", re.I)


def way_asked(question: str, roles: Sequence[str], find: Find) -> Way | None:
    """Return which way a question asks to look from the roles that it is about, None when it asks for neither."""
    persons = bool(_PERSONS.search(question))
    looks = {way for role, way in _looks(question, find, (), things=not persons) if role in roles}
    return next(iter(looks)) if len(looks) == 1 else None


def looks_there(text: str, roles: Sequence[str], way: Way, find: Find, about: Sequence[str]) -> bool | None:
    """Say whether a sentence `about` some roles looks from one of `roles` the way asked; None if it tells no rank."""
    looks = set(_looks(text, find, about))
    if _MUTUAL.search(text) or not looks:
        return None
    return any((role, way) in looks for role in roles)


def _looks(text: str, find: Find, about: Sequence[str], *, things: bool = False) -> Iterator[tuple[str, Way]]:
    """Yield where a text looks from which role. Who leads `things` is above nobody for it."""
    text = _FRONTED.sub(r"whom\2 \1", text)
    mentions = find(text)
    for found in _RANKS.finditer(text):
        if (things and found["verb"]) or not _tells(found, text, mentions):
            continue
        before, behind = _before(found, text, mentions), _behind(found, text, mentions)
        if found["his_higher"] or found["his_lower"]:
            way = Way.UP if found["his_higher"] else Way.DOWN
            earlier = [one for one in mentions if one.span.start < found.start()]
            owner = [*earlier[-1:], *mentions][:1]
            yield from ((role, way) for role in (owner[0].roles if owner else about))
            yield from ((role, Way.DOWN) for role in _who_is_that(found, text, earlier))
            continue
        first, second = (Way.UP, Way.DOWN) if found["low"] else (Way.DOWN, Way.UP)
        if _HERSELF.match(text, found.end()) and not found["verb"]:
            before, behind = (), before
        elif before is None:
            before = tuple(role for role in about if role not in behind)
        yield from ((role, first) for role in before or ())
        yield from ((role, second) for role in behind or ())


def _tells(found: re.Match[str], text: str, mentions: Sequence[Mention]) -> bool:
    """Say whether words tell of rank here: no part of a title, no "above all" and no noun that could be a verb."""
    start, end = found.span()
    if found["his_higher"]:
        return True
    if any(one.span.start < end and start < one.span.end for one in mentions):
        return False
    behind_a_title = any(one.span.end <= start and not text[one.span.end : start].strip() for one in mentions)
    if found["plain"]:
        return behind_a_title or bool(_ACTING.search(text[:start]))
    if not (found["above"] or found["below"]):
        return True
    somebody = bool(_ANYBODY.match(text, end) or _behind(found, text, mentions))
    return somebody and (behind_a_title or bool(_STANDING.search(text[:start]) or _HERSELF.match(text, end)))


def _before(found: re.Match[str], text: str, mentions: Sequence[Mention]) -> tuple[str, ...] | None:
    """Return the roles of the last title before, none if it only owns what stands there, None without a title."""
    earlier = [one for one in mentions if one.span.end <= found.start()]
    if not earlier or _PARTED.search(text[earlier[-1].span.end : found.start()]):
        return None
    return () if _possessive(text, earlier[-1].span) else earlier[-1].roles


def _behind(found: re.Match[str], text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the roles of the title that follows at once."""
    later = next((one for one in mentions if one.span.start >= found.end()), None)
    if later is None or not _BETWEEN.fullmatch(text[found.end() : later.span.start]):
        return ()
    return () if _possessive(text, later.span) else later.roles


def _who_is_that(found: re.Match[str], text: str, earlier: Sequence[Mention]) -> tuple[str, ...]:
    """Return who is said to be somebody's boss: the controller in "is the controller the accountant's boss"."""
    if not found["his_higher"] or len(earlier) < _PAIR:
        return ()
    one, owner = earlier[-2:]
    return one.roles if _IS_THE.fullmatch(text[one.span.end : owner.span.start]) else ()


def _possessive(text: str, title: Span) -> bool:
    return bool(_POSSESSIVE.search(text[title.start : title.end]) or _POSSESSIVE.match(text, title.end))
