"""Who is signed in. A session is a random number that the browser keeps in a cookie, and a line in memory here.

Nothing in the cookie can be read or made up, signing out ends a session at once, and a restart ends them all.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

IDLE_SECONDS = 2 * 60 * 60.0  # a long meeting; whoever comes back later signs in again
LONGEST_SECONDS = 12 * 60 * 60.0  # a working day, however busy
MOST_SESSIONS = 500  # a small team has ten; whoever was silent longest is signed out first


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in reviewer. `token` must come with everything that the reviewer sends (against forged requests)."""

    name: str
    token: str
    began: float
    seen: float


class Sessions:
    """The sessions that are open. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str) -> str:
        """Begin a session and return its key, for the cookie."""
        key, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._open[key] = Session(name, secrets.token_urlsafe(32), now, now)
            while len(self._open) > MOST_SESSIONS:
                self._open.popitem(last=False)
        return key

    def of(self, key: str) -> Session | None:
        """Return the session of a key, None when there is none or it is over; looking keeps it open."""
        now = self._clock()
        with self._lock:
            found = self._open.pop(key, None)
            if found is None or now - found.seen > IDLE_SECONDS or now - found.began > LONGEST_SECONDS:
                return None
            self._open[key] = Session(found.name, found.token, found.began, now)
        return found

    def end(self, key: str) -> None:
        """End a session, if it is open."""
        with self._lock:
            self._open.pop(key, None)
