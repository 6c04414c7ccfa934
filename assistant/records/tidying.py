"""Old answers are deleted when the server starts and every day while it runs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from assistant.records.kept import Records, RecordsError

_log = logging.getLogger("rolewise.records")

DAY_SECONDS = 24 * 60 * 60.0


@contextmanager
def forgetting(records: Records, days: int, every: float = DAY_SECONDS) -> Iterator[None]:
    """Delete the answers older than `days` now, and again after each `every` seconds as long as the context lasts."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(every):
            forget_older(records, days)

    forget_older(records, days)
    thread = threading.Thread(target=work, name="forgetting", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=1)


def forget_older(records: Records, days: int) -> None:
    """Delete the answers older than `days`; when the database is down, log it and leave it to the next time."""
    try:
        gone = records.forget_before(datetime.now(UTC) - timedelta(days=days))
    except RecordsError as error:
        _log.warning("Old answers were not deleted: %s", error)
        return
    if gone:
        _log.info("%d answers older than %d days were deleted.", gone, days)
