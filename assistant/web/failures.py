"""What happens when something breaks: the user gets a number, the log gets the place. The question stays private."""

from __future__ import annotations

import logging
import traceback

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.journal import FIELDS, new_number
from assistant.web.problems import problem

_log = logging.getLogger("rolewise.web")

MESSAGE = "Something went wrong on the server. Try again; if it stays, tell whoever runs Rolewise the number {id}."


def record_failure(error: Exception) -> str:
    """Log where an error came from, without its message (that may quote the question), and return its number."""
    identifier = new_number()
    kind = type(error).__name__
    place = traceback.format_tb(error.__traceback__)
    _log.error("Failure %s: %s", identifier, kind, extra={FIELDS: {"id": identifier, "error": kind, "trace": place}})
    return identifier


class Failures:
    """ASGI middleware that answers an unexpected error with a generic JSON object and a number."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request; nothing that breaks on the way reaches the client or the server's own log."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it is, the user gets an answer
            if started and isinstance(error.__cause__ or error, HTTPException):
                # So Gradio ends the stream of a conversation that it does not know: nothing broke.
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            identifier = record_failure(error)
            if not started:
                response = problem(500, detail=MESSAGE.format(id=identifier), id=identifier)
                await response(scope, receive, send)
