"""What happens when something breaks: the user gets a number, the log gets the place. The question stays private."""

from __future__ import annotations

import logging
import traceback

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.begun import Begun
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
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        response = Begun(send)
        try:
            await self._app(scope, receive, response)
        except Exception as error:  # noqa: BLE001 - the outermost place: whatever it is, the user gets an answer
            if response.begun and isinstance(error.__cause__ or error, HTTPException):
                # So Gradio ends the stream of a conversation that it does not know: nothing broke.
                await response.end()
                return
            identifier = record_failure(error)
            if not response.begun:
                await problem(500, detail=MESSAGE.format(id=identifier), id=identifier)(scope, receive, send)
