"""An answer matters more than its record: when the record cannot be written, the question is answered all the same."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from assistant.records.kept import KeptAnswer, Records, RecordsError, Thumb

_log = logging.getLogger("rolewise.records")

SLOW_SECONDS = 1.0  # a record that fails only after this long would make everybody wait
PAUSE_SECONDS = 15.0  # that long nothing is tried after such a failure; then one answer waits again


class BestEffort:
    """Records that never keep an answer back. Only `keep` fails silently: who sets a thumb is told when it is lost."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.monotonic) -> None:
        self._records = records
        self._clock = clock
        self._paused_until = float("-inf")

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        """Keep an answer if that is possible; log it when it is not."""
        began = self._clock()
        if began < self._paused_until:
            _log.warning("An answer was not recorded: the database failed slowly a moment ago and is left alone.")
            return
        try:
            self._records.keep(turns, answer)
        except RecordsError as error:
            _log.warning("An answer was not recorded: %s", error)
            if self._clock() - began > SLOW_SECONDS:
                self._paused_until = self._clock() + PAUSE_SECONDS

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return what was kept under an id; raise RecordsError when that cannot be known."""
        return self._records.answer(answer_id)

    def thumb(self, answer_id: str, *, up: bool, reason: str = "") -> bool:
        """Note what a reader thought; raise RecordsError when it cannot be noted."""
        return self._records.thumb(answer_id, up=up, reason=reason)

    def thumb_of(self, answer_id: str) -> Thumb | None:
        """Return the last word on an answer; raise RecordsError when that cannot be known."""
        return self._records.thumb_of(answer_id)

    def forget_before(self, moment: datetime) -> int:
        """Delete old answers; raise RecordsError when they cannot be deleted."""
        return self._records.forget_before(moment)
