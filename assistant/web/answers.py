"""What the web side needs of the assistant, and the one place where what comes from outside is accepted or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer
from assistant.limits import checked_turns
from assistant.records.kept import KeptAnswer, Records
from corpus.library import Library

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # what is longer, or has other characters, was never the id of an answer


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


def answer_on_record(records: Records, answer_id: str) -> KeptAnswer | None:
    """Return what is on record under an id, None for nothing; raise RecordsError when the record is out of reach."""
    return records.answer(answer_id) if _ID.fullmatch(answer_id) else None
