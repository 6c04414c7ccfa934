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


def api_routes(assistant: Answers, records: Records) -> APIRouter:
    """Return the routes /api/ask, /healthz and /readyz."""
    router = APIRouter()

    @router.post("/api/ask")
    def ask(body: Ask) -> dict[str, Any]:
        """Answer a question, each claim with the exact sentences it rests on."""
        turns = body.messages()
        answer = render.to_object(assistant.answer(turns))
        records.keep(turns, answer)
        return answer

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


async def refuse_question(_request: Request, error: Exception) -> JSONResponse:
    """Answer a LimitError: 422 with its own words."""
    return JSONResponse({"detail": str(error)}, status_code=422)


async def refuse_body(_request: Request, error: Exception) -> JSONResponse:
    """Answer a body that is no question object: 422 with one line for each fault, the body itself not repeated."""
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    lines = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults]
    wanted = 'Send JSON: {"question": "..."} or {"turns": ["...", "..."]}.'
    return JSONResponse({"detail": " ".join([*(f"{line}." for line in lines), wanted])}, status_code=422)
