"""How often a password may be tried: a few times from one address, some more times from all of them together."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

WINDOW_SECONDS = 300.0
CLIENT_TRIES = 5  # a person mistypes three times
TRIES = 50  # of everybody: 14,400 a day, with which four random words are not guessed
_MOST_CLIENTS = 10_000

Tries = deque[float]


class Attempts:
    """Counts tries, those under way too. Safe to use from several threads; memory is bounded."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: Tries = deque()
        self._of: OrderedDict[str, Tries] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str) -> float:
        """Count a try and return 0, or return how many seconds to wait, and count nothing."""
        now = self._clock()
        with self._lock:
            mine = self._of.pop(client, deque())
            late = max(_late(mine, CLIENT_TRIES, now), _late(self._all, TRIES, now))
            if not late:
                mine.append(now)
                self._all.append(now)
            if mine:
                self._of[client] = mine
            while len(self._of) > _MOST_CLIENTS:
                self._of.popitem(last=False)
        return late

    def succeeded(self, client: str) -> None:
        """Forget the tries of a client that knew the password."""
        with self._lock:
            for moment in self._of.pop(client, ()):
                if moment in self._all:
                    self._all.remove(moment)


def _late(tries: Tries, most: int, now: float) -> float:
    while tries and tries[0] <= now - WINDOW_SECONDS:
        tries.popleft()
    return tries[0] + WINDOW_SECONDS - now if len(tries) >= most else 0.0
