"""Records in memory: a small, real implementation of what the web side asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.records.kept import KeptAnswer, Thumb


class SmallRecords:
    """Keeps answers and thumbs as long as it lives."""

    def __init__(self) -> None:
        self.answers: dict[str, KeptAnswer] = {}
        self.thumbs: dict[str, Thumb] = {}

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        self.answers.setdefault(answer["id"], KeptAnswer(answer["id"], datetime.now(UTC), tuple(turns), answer))

    def answer(self, answer_id: str) -> KeptAnswer | None:
        return self.answers.get(answer_id)

    def thumb(self, answer_id: str, *, up: bool, reason: str = "") -> bool:
        if answer_id in self.answers:
            self.thumbs[answer_id] = Thumb(answer_id, up, reason, datetime.now(UTC))
        return answer_id in self.answers

    def thumb_of(self, answer_id: str) -> Thumb | None:
        return self.thumbs.get(answer_id)

    def forget_before(self, moment: datetime) -> int:
        gone = [key for key, kept in self.answers.items() if kept.asked < moment]
        for key in gone:
            del self.answers[key]
            self.thumbs.pop(key, None)
        return len(gone)
