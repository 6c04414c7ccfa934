"""The JSON side: ask, and tell whether the server is alive and ready. For programs; the chat page has its own way."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict

from assistant import render
from assistant.limits import LimitError
from assistant.records.kept import Records
from assistant.web.answers import Answers, checked_conversation
from assistant.web.rates import refusal
from assistant.web.turns import RETRY_SECONDS, Turns


class Ask(BaseModel):
    """The body of a question: either `question`, or `turns` with the user's messages so far, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str | None = None
    turns: list[str] | None = None

    def messages(self) -> tuple[str, ...]:
        """Return the messages; raise LimitError when there is nothing to answer or too much."""
        turns = self.turns if self.question is None else [self.question]
        if turns is None or None not in (self.question, self.turns):
            raise LimitError('Send either "question" or "turns", one of them and not both.')
        return checked_conversation(turns)


def api_routes(assistant: Answers, records: Records, turns: Turns) -> APIRouter:
    """Return the routes /api/ask, /healthz and /readyz. An answer waits for its turn with all others of the server."""
    router = APIRouter()

    def answered(messages: tuple[str, ...]) -> dict[str, Any]:
        answer = render.to_object(assistant.answer(messages))
        records.keep(messages, answer)
        return answer

    @router.post("/api/ask")
    async def ask(body: Ask) -> dict[str, Any]:
        """Answer a question, each claim with the exact sentences it rests on."""
        messages = body.messages()
        return await turns.take(lambda: answered(messages))

    @router.get("/healthz")
    async def health() -> dict[str, str]:
        """Tell that the process is alive."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def ready() -> dict[str, str | int]:
        """Tell that questions are answered, and from how much."""
        library = assistant.library
        return {"status": "ready", "articles": len(library.articles), "roles": len(library.roles())}

    return router


async def refuse_busy(_request: Request, error: Exception) -> JSONResponse:
    """Answer a BusyError: 503, with the time to come back."""
    return refusal(503, str(error), RETRY_SECONDS)


async def refuse_question(_request: Request, error: Exception) -> JSONResponse:
    """Answer a LimitError: 422 with its own words."""
    return JSONResponse({"detail": str(error)}, status_code=422)


async def refuse_body(_request: Request, error: Exception) -> JSONResponse:
    """Answer a body that is no question object: 422 with one line for each fault, the body itself not repeated."""
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    lines = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults]
    wanted = 'Send JSON: {"question": "..."} or {"turns": ["...", "..."]}.'
    return JSONResponse({"detail": " ".join([*(f"{line}." for line in lines), wanted])}, status_code=422)
