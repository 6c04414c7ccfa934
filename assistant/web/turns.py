"""One after the other: how many answers are computed at once, and how long one waits for one's turn.

A global cap: beyond it a client is told at once, or after the deadline at the latest, when to come back.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

# Measured on two cores with a slower ranker: one at a time 2.2 answers a second, two 2.6, three 1.9.
AT_ONCE = 2
MOST_WAITING = 200  # asked at the same moment by a whole company
WAIT_SECONDS = 30.0  # a person would rather wait this long than be sent away; a proxy gives up after 60

BUSY = "Many people are asking just now. Wait {seconds} seconds, then ask again."
RETRY_SECONDS = 5

Given = TypeVar("Given")


_WEIGHT = 0.1  # of the latest answer in the running mean of how long one takes


class BusyError(Exception):
    """There is no turn to be had in time. Try again after RETRY_SECONDS."""

    def __str__(self) -> str:
        return BUSY.format(seconds=RETRY_SECONDS)


class Turns:
    """Does work in threads, a few at once, the rest in the order of asking. For one event loop."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = MOST_WAITING, seconds: float = WAIT_SECONDS) -> None:
        self._at_once, self._most_waiting, self._seconds = at_once, waiting, seconds
        self._waiting = 0
        self._mean = 0.0  # seconds that an answer takes; nothing is known at first

    @functools.cached_property
    def _places(self) -> anyio.Semaphore:
        return anyio.Semaphore(self._at_once)

    @functools.cached_property
    def _threads(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(self._at_once)

    async def take(self, work: Callable[[], Given]) -> Given:
        """Wait for a turn, do the work in a thread and return what it gives; raise BusyError when none comes."""
        await self._arrive()
        started = anyio.current_time()
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._places.release()
            took = anyio.current_time() - started
            self._mean = took if not self._mean else (1 - _WEIGHT) * self._mean + _WEIGHT * took

    async def _arrive(self) -> None:
        too_long = self._waiting * self._mean / self._at_once > self._seconds
        if (too_long or self._waiting >= self._most_waiting) and not self._places.value:
            raise BusyError  # at once: whoever would wait in vain need not wait
        self._waiting += 1
        try:
            with anyio.fail_after(self._seconds):
                await self._places.acquire()
        except TimeoutError as error:
            raise BusyError from error
        finally:
            self._waiting -= 1
