"""Roles that a message counts instead of naming them: "all three", "each of them", "the third one"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.question_words import AUXILIARY
from assistant.references import OTHER_ONE, named_as
from assistant.rewording import asks_who, named
from assistant.understood import Understood

_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6}
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_PAIR = 2
# Nothing that is counted follows: "all three have", "the three?", not "the three departments".
_NO_NOUN = (
    rf"(?=\s*(?:[^\w\s'’-]|$)|\s+(?:{AUXILIARY}|differ|meet|compare|report|answer|earn|need|work|get|lead|manage|spend|share|"
    r"in|on|at|by|with|for|to|from|and|too|then|there|together|as|when|if)\b)"
)
_ROLES = r"(?:roles?|jobs?|positions?|posts?|professions?|titles?)"
_SEVERAL = re.compile(
    rf"\b(?:(?:all|each|every\s+one)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?|(?:the|these|those)\s+)"
    rf"(?P<number>{'|'.join(_NUMBERS)})(?:\s+{_ROLES})?(?:\s+of\s+(?:them|these|those))?{_NO_NOUN}",
    re.I,
)
_ANY_NUMBER = re.compile(
    rf"\b(?:(?:each|every\s+one)\s+(?:one\s+)?of\s+(?:them|these|those)(?:\s+{_ROLES})?"
    rf"|all\s+of\s+(?:them|these|those)(?:\s+{_ROLES})?){_NO_NOUN}",
    re.I,
)
_ONE = re.compile(
    rf"\bthe\s+(?P<place>{'|'.join(_PLACES)})\s+(?:one|{_ROLES}|of\s+(?:them|these|those|the\s+(?:{'|'.join(_NUMBERS)})))"
    rf"(?:['’]s\b|{_NO_NOUN})",
    re.I,
)

_NO_OBJECT = re.compile(rf"\b(?:of|among|{AUXILIARY})\s+$", re.I)


def counts(text: str) -> bool:
    """Say whether a text counts roles that it does not name."""
    return any(pattern.search(text) for pattern in (_SEVERAL, _ANY_NUMBER, _ONE))


def uncounted(text: str) -> str:
    """Return a text without the words that count roles."""
    for pattern in (_SEVERAL, _ANY_NUMBER, _ONE):
        text = pattern.sub(" ", text)
    return text


def with_names(message: str, history: Sequence[Understood], partners: Mapping[str, Sequence[str]]) -> str:
    """Return a message with the roles in the place of what counts them; as it is where it is open which are meant.

    `history` are the messages before it, `partners` with which roles each is compared, in the order of the articles.
    """
    before = history[-1]
    spoken = tuple(dict.fromkeys(role for one in history for role in one.roles if role in partners))
    if found := _SEVERAL.search(message):
        roles = _so_many(_NUMBERS[found["number"].lower()], before.roles, spoken, partners)
    elif found := _ANY_NUMBER.search(message):
        together = before.roles if len(before.roles) > 1 else spoken
        roles = () if _is_object(message, found) else together if len(together) > 1 else _company(together, partners)
    elif found := _ONE.search(message):
        role = _at_place(_PLACES[found["place"].lower()], before, spoken, partners)
        return f"{message[: found.start()]}{named_as(found.group(), role)}{message[found.end() :]}" if role else message
    else:
        return message
    return f"{message[: found.start()]}{named(roles)}{message[found.end() :]}" if len(roles) > 1 else message


def _so_many(
    number: int, asked: tuple[str, ...], spoken: tuple[str, ...], partners: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    if len(asked) == number:
        return asked
    if len(spoken) >= number:
        return spoken[-number:]
    together = _company(spoken, partners)
    return together if len(together) == number else ()


def _at_place(
    place: int, before: Understood, spoken: tuple[str, ...], partners: Mapping[str, Sequence[str]]
) -> str | None:
    if place <= _PAIR == len(before.pair):
        return None  # of two
    listed = before.roles if len(before.roles) > _PAIR else spoken
    together = listed if place <= len(listed) else _company(listed, partners)
    if place > len(together):
        return None
    settled = not listed or place <= len(listed) or place == len(listed) + 1 == len(together)
    return together[place - 1] if settled else OTHER_ONE


def _company(spoken: tuple[str, ...], partners: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return some roles and those that are compared with all of them; none where these are not compared throughout."""
    others = [role for role in partners if role not in spoken and all(role in partners[one] for one in spoken)]
    together = (*spoken, *others)
    throughout = all(set(together) <= {role, *partners[role]} for role in together)
    return together if throughout else ()


def _is_object(message: str, found: re.Match[str]) -> bool:
    """Say whether somebody does something with all of them: "Who leads all of them?" is not about roles."""
    return asks_who(message) and not _NO_OBJECT.search(message[: found.start()])
