"""The log: one JSON object a line on stderr, for every request and every failure. No address, no question, no secret.

Each request has a number, which the response carries as `X-Request-ID` and every line about the request as `request`.
"""

from __future__ import annotations

import contextvars
import json
import logging
import secrets
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Answer
from assistant.web.answers import Answers
from assistant.web.clients import client_of, in_the_log
from corpus.library import Library

FIELDS = "rolewise"  # under this name a record carries what belongs into its line besides the usual

_log = logging.getLogger("rolewise.web")
_current: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="")


def new_number() -> str:
    """Return the number of the request that is being served, or a fresh one outside of any."""
    return _current.get() or secrets.token_hex(8)


def write_json_lines(level: str) -> None:
    """Send every log record of the process to stderr, as JSON. For `rolewise serve`; tests keep their own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("rolewise").setLevel(level.upper())


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; line ends and control characters in it are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **({"request": _current.get()} if _current.get() else {}),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__  # not its message, which may quote a question
        return json.dumps(line, ensure_ascii=True)


class Journal:
    """ASGI middleware that gives each request its number and writes a line about it once it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        token = _current.set(number)
        started, status = time.perf_counter(), 0

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = number
            await send(message)

        try:
            await self._app(scope, receive, numbered)
        finally:
            _note(scope, status, time.perf_counter() - started)
            _current.reset(token)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = _route(scope)
    fields = {
        "method": scope["method"] if scope["method"].isalpha() else "?",
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "client": in_the_log(client_of(scope)),
    }
    quiet = route in _FILES and 0 < status < 400  # noqa: PLR2004 - what a page brings along
    _log.log(logging.DEBUG if quiet else logging.INFO, "Answered a request", extra={FIELDS: fields})


# A path may hold anything somebody typed, so the log says which of the known ones it was and no more.
_FILES = ("/static", "/assets")
_ROUTES = ("/api/ask/stream", "/api/ask", "/api", "/articles", "/answers", "/roles", "/help", "/review", "/docs",
           "/embed", "/widget.js", "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api",
           *_FILES, "/config", "/theme.css",
           "/healthz", "/readyz", "/openapi.json", "/favicon.ico", "/manifest.json")  # fmt: skip


def _route(scope: Scope) -> str:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if path in {"", "/"}:
        return "/"
    found = next((route for route in _ROUTES if path == route or path.startswith(f"{route}/")), "other")
    return f"{found}/..." if found == "/articles" and path.strip("/") != "articles" else found


class Noted:
    """An assistant whose answers leave a line in the log: how they came out, and the question only when asked for."""

    def __init__(self, assistant: Answers, *, questions: bool) -> None:
        self._assistant, self._questions = assistant, questions

    @property
    def library(self) -> Library:
        """The articles that answers are taken from."""
        return self._assistant.library

    @property
    def generation(self) -> str:
        """The generation of the index that answers come from."""
        return self._assistant.generation

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns."""
        started = time.perf_counter()
        answer = self._assistant.answer(turns)
        fields = {
            "outcome": answer.outcome.value,
            "reason": answer.reason.value if answer.reason else None,
            "confidence": round(answer.confidence, 3),
            "ms": round((time.perf_counter() - started) * 1000, 1),
            **({"turns": list(turns)} if self._questions else {}),
        }
        _log.info("Answered a question", extra={FIELDS: fields})
        return answer
