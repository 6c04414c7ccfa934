"""What the web side needs of the assistant, and the one place where a message from outside is accepted or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer
from assistant.limits import LimitError, checked_turns
from corpus.library import Library

TURN_LIMIT = 20  # messages of one conversation that are looked at; older ones no longer bear on a follow-up


class Answers(Protocol):
    """Whoever answers. `turns` are the user's messages, oldest first; the last one is the question."""

    @property
    def library(self) -> Library:
        """The articles that answers are taken from."""

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns. Called from several threads at once."""


def checked_conversation(turns: Sequence[str]) -> tuple[str, ...]:
    """Return the messages without white space around them; raise LimitError for what cannot be answered."""
    if len(turns) > TURN_LIMIT:
        raise LimitError(f"There are {len(turns)} turns; at most {TURN_LIMIT} are read. Send the latest ones.")
    return tuple(turn.strip() for turn in checked_turns(turns))
