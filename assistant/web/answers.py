"""What the web side needs of the assistant, and the one place where a message from outside is accepted or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer
from assistant.limits import checked_turns
from corpus.library import Library


class Answers(Protocol):
    """Whoever answers. `turns` are the user's messages, oldest first; the last one is the question."""

    @property
    def library(self) -> Library:
        """The articles that answers are taken from."""

    @property
    def generation(self) -> str:
        """The generation of the index that answers come from; empty when it has no name."""

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns. Called from several threads at once."""


def checked_conversation(turns: Sequence[str]) -> tuple[str, ...]:
    """Return the messages without white space around them; raise LimitError for what cannot be answered."""
    return tuple(turn.strip() for turn in checked_turns(turns))
