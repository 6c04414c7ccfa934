"""Which doors are open: bodies up to a limit and in time, and of Gradio only what its page needs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.absent import Absent
from assistant.web.problems import problem
from assistant.web.rates import Unread, refusal

BODY_LIMIT = 64 * 1024  # bytes; twenty messages of 2,000 characters in plain English are 40,000
BODY_SECONDS = 10.0  # for all of a body; a telephone on a bad network sends 64 kB in two
UPLOAD_SECONDS = 60.0  # for a body that may be larger: 10 MB at 1.4 Mbit/s
DRAIN_SECONDS = 2.0  # how long what is too much is read and thrown away, so that the client gets to read the refusal

TOO_LARGE = (
    f"The request is larger than {BODY_LIMIT // 1024} kB ({BODY_LIMIT:,} bytes). "
    r"Send fewer or shorter turns, and letters as UTF-8 rather than as \u escapes."
)
UPLOAD_TOO_LARGE = "The upload is larger than {limit:,} bytes. Send a smaller file."
TOO_SLOW = "The request did not arrive in time. Send it again."

Larger = Callable[[Scope], int | None]

_OWN_PAGES = (
    "/articles", "/answers", "/roles", "/help", "/docs", "/openapi.json", "/api/", "/healthz", "/readyz",
    "/manifest.json", "/review",
)  # fmt: skip

# What the chat page asks Gradio for, seen in a browser: without /info it does not send a message. Everything else
# (uploads, files, proxies, recordings, monitoring, run history, calls that skip the queue, and whatever a later
# version brings) answers 404.
GRADIO_OPEN = {
    "GET": ("/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/queue/data", "/gradio_api/startup-events"),
    "POST": ("/gradio_api/queue/join", "/gradio_api/cancel"),
}
GRADIO_FILES = re.compile(r"/(?:static|assets)/(?!.*\.\.)[\w./@-]{1,200}", re.ASCII)
LONGEST_KEY = 64  # characters of a conversation's key, which we and Gradio remember; its page makes up eleven
_JOIN, _DATA = "/gradio_api/queue/join", "/gradio_api/queue/data"


class Doors:
    """ASGI middleware that refuses bodies over the limit and bodies that do not end, and ignores a final slash."""

    def __init__(
        self,
        app: ASGIApp,
        seconds: float = BODY_SECONDS,
        drain: float = DRAIN_SECONDS,
        larger: Larger = lambda _scope: None,
    ) -> None:
        """Take who says how many bytes a request may carry when that is more than others may; None: it is not."""
        self._app, self._seconds, self._drain, self._larger = app, seconds, drain, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        prefix = scope.get("root_path", "")
        path = scope["path"].removeprefix(prefix)
        if path.startswith(_OWN_PAGES) and path.endswith("/"):
            scope = {**scope, "path": prefix + path.rstrip("/")}
        larger = self._larger(scope)
        try:
            async with asyncio.timeout(UPLOAD_SECONDS if larger else self._seconds):
                body = await _read(receive, larger or BODY_LIMIT)
        except ClientDisconnect:
            return
        except TimeoutError:
            await _refuse(408, TOO_SLOW)(scope, receive, send)
            return
        except _TooLargeError as too_large:
            await _drain(receive, self._drain if too_large.more else 0)
            await _refuse(413, UPLOAD_TOO_LARGE.format(limit=larger) if larger else TOO_LARGE)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)


class _TooLargeError(Exception):
    def __init__(self, *, more: bool) -> None:
        self.more = more  # whether the rest of the body is still to come


async def _read(receive: Receive, limit: int = BODY_LIMIT) -> bytes:
    """Return the whole body; raise _TooLargeError as soon as it is over the limit."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > limit:
            raise _TooLargeError(more=message.get("more_body", False))
        if not message.get("more_body"):
            return bytes(body)


async def _drain(receive: Receive, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            while (message := await receive())["type"] == "http.request" and message.get("more_body"):
                pass
    except TimeoutError:
        return


def _replayed(body: bytes, receive: Receive) -> Receive:
    whole: Message | None = {"type": "http.request", "body": body, "more_body": False}

    async def replay() -> Message:
        nonlocal whole
        message, whole = whole, None
        return message or await receive()

    return replay


def _refuse(status: int, said: str) -> Response:
    return problem(status, detail=said, headers={"Connection": "close"})


class Join(BaseModel):
    """What the page sends to have an event done. Gradio breaks on some of what is none."""

    model_config = ConfigDict(strict=True)

    data: list[str | int | float | bool | None]
    fn_index: int
    session_hash: str = Field(min_length=1, max_length=LONGEST_KEY, pattern=r"^[\w-]+$")
    trigger_id: int | None = None
    event_data: Any = None


class GradioDoors:
    """ASGI wrapper around a Gradio app: only what its page needs comes through."""

    def __init__(self, app: Any, absent: Absent) -> None:
        self._app, self._absent = app, absent
        self._unread = Unread()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or answer as if nothing were there."""
        if scope["type"] != "http":
            return
        path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        if method == "GET" and GRADIO_FILES.fullmatch(path):
            await self._file(scope, receive, send)
        elif path not in GRADIO_OPEN.get(method, ()):
            await self._absent(Request(scope))(scope, receive, send)
        elif path == _JOIN:
            await self._join(scope, receive, send)
        else:
            if path == _DATA:
                self._unread.read(scope["query_string"])
            await self._app(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file of Gradio's; where there is none, say so in our own words."""
        missing = False

        async def watched(message: Message) -> None:
            nonlocal missing
            missing = missing or message.get("status") == HTTPStatus.NOT_FOUND
            if not missing:
                await send(message)

        await self._app(scope, receive, watched)
        if missing:
            await self._absent(Request(scope))(scope, receive, send)

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        try:
            join = Join.model_validate_json(body)
        except ValidationError:
            join = None
        event = self._app.get_blocks().fns.get(join.fn_index) if join else None
        if join is None or event is None or len(event.inputs) != len(join.data):
            await problem(422, detail="The chat has no such event.")(scope, receive, send)
        elif not self._unread.add(join.session_hash):
            await refusal(429, "Earlier answers were not read. Wait {seconds} seconds.", 60)(scope, receive, send)
        else:
            plain = join.model_dump_json().encode()
            await self._app(_with_length(scope, len(plain)), _replayed(plain, receive), send)


def _with_length(scope: Scope, length: int) -> Scope:
    kept = [(name, value) for name, value in scope["headers"] if name not in {b"content-length", b"content-type"}]
    return {
        **scope,
        "headers": [*kept, (b"content-length", b"%d" % length), (b"content-type", b"application/json")],
    }


def close_gradio(app: FastAPI, absent: Absent) -> None:
    """Put the doors before every Gradio app that was mounted. Call it after the last `mount_gradio_app`."""
    for route in app.routes:
        if isinstance(route, Mount) and hasattr(route.app, "get_blocks"):
            route.app = GradioDoors(route.app, absent)
