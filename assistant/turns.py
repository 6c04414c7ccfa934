"""Which of the messages of a conversation ask something, and what those ask that choose what they were offered."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.follow_up import content_of, opened
from assistant.ground import Ground
from assistant.offer import Offer
from assistant.rewording import asks
from assistant.smalltalk import reply_to
from assistant.wish import wish_of
from corpus.role_finder import RoleFinder

_OPENING = re.compile(r"(?P<context>.*[^.!?:\s])[.!]+\s+(?P<asked>[^.!?]+\?*)\s*", re.S)
_OF_ONESELF = re.compile(r"\b(?:i|i['’]m|i['’]ve|my|we|our)\b", re.I)
_REFERS = re.compile(r"\b(?:it|its|that|this|these|those|such|so|then|there|otherwise|i|my|me|we|our|us)\b", re.I)


def _opening(message: str) -> tuple[str, str]:
    """Take what somebody tells of themselves apart from the question behind it: "I was moved to a farm. Who decides?".

    A question that refers to what was told, or to the one who asks, is none without it.
    """
    found = _OPENING.fullmatch(message.strip())
    alone = found and "?" not in found["context"] and content_of(found["asked"]) and not _REFERS.search(found["asked"])
    if not found or not alone or not _OF_ONESELF.search(found["context"]) or not asks(found["asked"]):
        return "", message
    return found["context"], found["asked"]


def openings_apart(
    turns: Sequence[str], grounds: Sequence[Ground | None], finder: RoleFinder
) -> tuple[list[str], list[Ground | None]]:
    """Make a message of its own of what opens one and names the roles that the question behind it leaves out."""
    found: list[tuple[str, Ground | None]] = []
    for turn, ground in itertools.zip_longest(turns, grounds[: len(turns)]):
        context, asked = _opening(turn)
        told = context and finder.find(context, misspelt=True) and not finder.find(asked, misspelt=True)
        found += [(context, None), (asked, ground)] if told else [(turn, ground)]
    return [turn for turn, _ in found], [ground for _, ground in found]


def chosen(turns: Sequence[str], grounds: Sequence[Ground | Offer | None]) -> list[str]:
    """Return the turns with the question that is asked by choosing it in the place of a message that does."""
    said: list[str] = []
    offer = None
    for turn, ground in itertools.zip_longest(turns, grounds[: len(turns)]):
        taken = offer.taken(turn) if offer else None
        said.append(taken or turn)
        if taken or not reply_to(turn):
            offer = ground if isinstance(ground, Offer) else None
    return said


def asking_turns(turns: Sequence[str]) -> list[int]:
    """Return the places of the turns without small talk: it asks nothing, and nothing is taken over into or from it."""
    last = len(turns) - 1
    if is_talk(turns):
        return [last]
    return [place for place, turn in enumerate(turns) if place == last or not reply_to(turn)]


def is_talk(turns: Sequence[str]) -> bool:
    """Say whether the last message asks nothing; "are you sure?" asks something of an answer before it."""
    wanted = len(turns) > 1 and wish_of(opened(turns[-1]))
    return bool(reply_to(turns[-1])) and not wanted
