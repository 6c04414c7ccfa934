"""A server that is told to stop: it says so while it still answers, closes the door, and lets go of what it holds."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

_TICK = 0.1  # seconds; Uvicorn looks as often whether it should end


class LeavingServer(uvicorn.Server):
    """Uvicorn, which is told to stop by a signal, then leaves, and takes no connection any more only after a while."""

    def __init__(self, config: uvicorn.Config, leave: Callable[[], None], seconds: float = 0.0) -> None:
        """Call `leave` at the signal, and answer on for so many seconds, or until Ctrl+C is pressed a second time."""
        super().__init__(config)
        self._leave = leave
        self._seconds = seconds

    async def main_loop(self) -> None:
        """Serve until told to stop, and a while longer."""
        await super().main_loop()
        self._leave()
        ends = time.monotonic() + self._seconds
        while time.monotonic() < ends and not self.force_exit:
            await asyncio.sleep(_TICK)


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the context as an exception does, with status 0: what it holds open is closed on the way out.

    By itself SIGTERM ends a process on the spot: private copies of the index stay, and a build goes on without it.
    """
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not end the tidying up
    sys.exit(0)
