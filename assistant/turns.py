"""Which of the messages of a conversation ask something, and what those ask that choose what they were offered."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.follow_up import opened
from assistant.ground import Ground
from assistant.offer import Offer
from assistant.smalltalk import reply_to
from assistant.wish import wish_of


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
