"""The nouns of the record, and the protocol of whoever keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

RECORDS_FILE = "records.sqlite3"  # in the data folder, unless a PostgreSQL database is set


class RecordsError(Exception):
    """The record cannot be read or written. The message says what to do next; it quotes no question."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was given. Nothing tells who asked: no name, no address, no session.

    `turns` are the user's messages, oldest first, the last one is the question; `answer` is the answer object of the
    contract (`assistant/render.py`); `asked` is in UTC.
    """

    id: str
    asked: datetime
    turns: tuple[str, ...]
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thumb:
    """What a reader thought of an answer. `reason` is one of a short list or the reader's own words, or empty."""

    answer_id: str
    up: bool
    reason: str
    noted: datetime


class Records(Protocol):
    """Keeps answers and thumbs. Called from several threads and processes at once; returning means it is on disk."""

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        """Keep an answer under its id; the same one twice is kept once. Raise RecordsError when it cannot be."""

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return what was kept under an id, or None when nothing is, or no longer."""

    def thumb(self, answer_id: str, *, up: bool, reason: str = "") -> bool:
        """Note what a reader thought, the last word counts; return False when no such answer is kept."""

    def thumb_of(self, answer_id: str) -> Thumb | None:
        """Return the last word on an answer."""

    def forget_before(self, moment: datetime) -> int:
        """Delete the answers asked before a moment (UTC) with all that hangs on them; return how many."""


class NothingKept:
    """Records of a server that keeps none (`ROLEWISE_KEEP_QUESTIONS_DAYS=0`)."""

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        """Keep nothing."""

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """Know nothing."""
        return None

    def thumb(self, answer_id: str, *, up: bool, reason: str = "") -> bool:
        """Have no answer to note it on."""
        return False

    def thumb_of(self, answer_id: str) -> Thumb | None:
        """Know nothing."""
        return None

    def forget_before(self, moment: datetime) -> int:
        """Have nothing to delete."""
        return 0
