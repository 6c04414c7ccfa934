"""Make one self-contained question of a message and the messages before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.role_finder import Mention, RoleFinder
from corpus.words import forms, word_list

# What is left of a message without these decides whether a follow-up asks something new.
_EMPTY_WORDS = word_list("function") | word_list("follow_up")
_OTHER = re.compile(r"\b(?:the )?other(?: one| role| job| side)?\b", re.I)
_OPENING = re.compile(r"^(?:and|but|so|or)\s+(?!(?:who|what|which|how|when|where|why|does|do|is|are)\b)", re.I)
_LEFTOVERS = re.compile(
    r"\s*[,;]?\s*\b(?:(?:and|or|than|versus|vs\.?|between|of|for|by|to|with|the|an?)\s*)+(?=[?.!,;]|$)", re.I
)
# Before a role, and nothing of substance after it: the role itself is asked about, not the last question again.
_DESCRIBES = re.compile(
    r"(?:(?:who|what)(?:['’]s|\s+(?:is|are|does|do))|(?:please\s+)?(?:tell me about|describe|explain))"
    r"(?:\s+(?:an?|the))?\s*",
    re.I,
)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Understood:
    """A message made self-contained: its text, the roles it names or carries, and the last two roles spoken of."""

    text: str
    mentions: tuple[Mention, ...] = ()
    roles: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()


def standalone(turns: Sequence[str], finder: RoleFinder, partners: Mapping[str, str]) -> Understood:
    """Return the last of the user's messages `turns`, with what it takes over from the ones before it.

    `partners` gives the role that a role is compared with, for roles that are compared with one only: it is "the
    other one" when the conversation has named no second role.
    """
    understood = Understood("")
    for turn in turns:
        understood = _next(" ".join(turn.split()), understood, finder)
        if len(understood.pair) == 1 and understood.pair[0] in partners:
            understood = replace(understood, pair=(*understood.pair, partners[understood.pair[0]]))
    return understood


def _next(message: str, before: Understood, finder: RoleFinder) -> Understood:
    mentions = finder.find(message, misspelt=True)
    roles = _certain(mentions)
    content = [form for form in forms(_OTHER.sub("", _without(message, mentions))) if form not in _EMPTY_WORDS]
    if not before.text or (mentions and (content or _describes(message, mentions))):
        return _understood(message, mentions, roles, before)
    if mentions:  # another role, the same question
        asked = _without(before.text, finder.find(before.text, misspelt=True))
        return _understood(f"{_joined(roles) or message}: {asked}", mentions, roles, before)
    roles = _other_roles(before) if _OTHER.search(message) else before.roles
    if not roles:
        return _understood(message, mentions, (), before)
    asked = _OPENING.sub("", message) if content else _without(before.text, finder.find(before.text, misspelt=True))
    return _understood(f"{_joined(roles)}: {asked}", before.mentions, roles, before)


def _describes(message: str, mentions: Sequence[Mention]) -> bool:
    possessive = re.search(r"['’]s?\W*$", message)  # "What is the plant manager's?" goes on with the last question
    return bool(_DESCRIBES.fullmatch(message[: mentions[0].span.start])) and not possessive


def _understood(text: str, mentions: tuple[Mention, ...], roles: tuple[str, ...], before: Understood) -> Understood:
    together = tuple(dict.fromkeys((*roles, *before.pair)))
    pair = roles if len(roles) >= _PAIR else together if len(together) == _PAIR else (before.pair or roles)
    return Understood(text, mentions, roles, pair)


def _certain(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.roles[0] for mention in mentions if len(mention.roles) == 1))


def _other_roles(before: Understood) -> tuple[str, ...]:
    others = tuple(role for role in before.pair if role not in before.roles)
    return others or before.roles


def _joined(roles: Sequence[str]) -> str:
    return " and ".join(roles)


def _without(text: str, mentions: Sequence[Mention]) -> str:
    """Take the role names out of a question, and the little words that joined them."""
    for mention in reversed(mentions):
        text = text[: mention.span.start] + text[mention.span.end :]
    text = re.sub(r"\s+['’]s?(?=\W|$)", "", text)
    text = _LEFTOVERS.sub("", text)
    return " ".join(re.sub(r"^[^:]*:\s+(?=\S)|\s+(?=[?,.!])", "", text).split()).lstrip(",;: ")
