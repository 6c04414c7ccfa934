"""How much one client may ask for: so many questions a minute, so many event streams at once.

Written here and not taken from a library: those that count clients in memory put no bound on how many they remember.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.begun import Begun
from assistant.web.clients import Way, client_of, is_at_home, way_of
from assistant.web.problems import problem

MOST_CLIENTS = 10_000  # remembered at once, about 2 MB; whoever was silent longest is forgotten first
STREAMS_PER_CLIENT = 20  # a browser opens one for each tab that waits for an answer
STREAMS_AT_ONCE = 400  # about 90 kB each when nobody reads them, measured with Gradio 6.31
STREAM_SECONDS = 120.0  # Gradio's page closes its stream once the answer is there; nothing takes nearly that long

_STREAM = "/gradio_api/queue/data"
_MINUTE = 60.0

_log = logging.getLogger("rolewise.web")


class Rate:
    """An allowance for each client: `per_minute` at once, then as many a minute. Not for several threads."""

    def __init__(self, per_minute: int, clients: int = MOST_CLIENTS, now: Callable[[], float] = time.monotonic) -> None:
        self._per_minute, self._clients, self._now = per_minute, clients, now
        self._used_up: OrderedDict[str, float] = OrderedDict()  # the moment at which nothing is used any more

    def __len__(self) -> int:
        return len(self._used_up)

    def wait(self, client: str) -> float:
        """Count one question and return 0, or return how many seconds the client must wait, and count nothing."""
        now, step = self._now(), _MINUTE / self._per_minute
        free_at = max(self._used_up.pop(client, now), now)
        late = free_at + step - now - _MINUTE
        self._used_up[client] = free_at if late > 0 else free_at + step
        if len(self._used_up) > self._clients:
            self._used_up.popitem(last=False)
        return max(late, 0.0)


class Rates:
    """ASGI middleware that answers 429 to a client that sends more than its share. 0 a minute means no limit.

    Every POST counts, so that no way to ask is forgotten. Whoever is on this machine itself is not counted: it could
    use the processor without asking us.
    """

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self._app = app
        self._rate = Rate(per_minute) if per_minute else None
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        if scope["type"] == "http" and scope["method"] == "POST" and self._rate is not None and not is_at_home(scope):
            self._warn_of_proxy(scope)
            late = self._rate.wait(client_of(scope))
            if late:
                said = "There were too many questions from your address. Wait {seconds} seconds, then ask again."
                await refusal(429, said, late)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _warn_of_proxy(self, scope: Scope) -> None:
        if not self._warned and way_of(scope) is Way.UNKNOWN_PROXY:
            self._warned = True
            _log.warning(
                "A proxy that is not in ROLEWISE_PROXIES forwards questions: all who ask through it share one limit."
            )


class Streams:
    """ASGI middleware that bounds Gradio's event streams: how many, how many of one client, and how long."""

    def __init__(self, app: ASGIApp, seconds: float = STREAM_SECONDS) -> None:
        self._app, self._seconds = app, seconds
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        if scope["type"] != "http" or not scope["path"].endswith(_STREAM):
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        mine = 0 if is_at_home(scope) else self._open[client]
        if mine >= STREAMS_PER_CLIENT or self._open.total() >= STREAMS_AT_ONCE:
            said = "Too many answers are being waited for. Wait {seconds} seconds, then ask again."
            await refusal(429 if mine >= STREAMS_PER_CLIENT else 503, said, 5)(scope, receive, send)
            return
        self._open[client] += 1
        try:
            await self._for_a_while(scope, receive, send)
        finally:
            self._open[client] -= 1
            self._open += Counter()  # forgets whoever has none

    async def _for_a_while(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = Begun(send)
        try:
            async with asyncio.timeout(self._seconds):
                await self._app(scope, receive, response)
        except TimeoutError:
            if response.begun:
                await response.end()


class Unread:
    """How many answers of each conversation nobody has come to read. Memory is bounded; not for several threads."""

    def __init__(self, most: int = 8, conversations: int = MOST_CLIENTS) -> None:
        self._most, self._conversations = most, conversations
        self._counts: OrderedDict[str, int] = OrderedDict()

    def add(self, conversation: str) -> bool:
        """Count one more; False when there are already as many as there may be."""
        count = self._counts.pop(conversation, 0)
        self._counts[conversation] = min(count + 1, self._most)
        if len(self._counts) > self._conversations:
            self._counts.popitem(last=False)
        return count < self._most

    def read(self, query: bytes) -> None:
        """Take note that somebody reads the stream that this query string names."""
        for conversation in parse_qs(query.decode("latin-1")).get("session_hash", []):
            self._counts.pop(conversation, None)


def refusal(status: int, said: str, seconds: float) -> JSONResponse:
    """Return a refusal that says when to come back; `{seconds}` in the text is filled in."""
    rounded = max(1, math.ceil(seconds))
    text = said.format(seconds=rounded)
    return problem(status, detail=text, headers={"Retry-After": str(rounded)})
