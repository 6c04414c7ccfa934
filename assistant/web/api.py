"""The JSON side: ask, read an answer again; tell whether the server is alive and ready.

For programs; the chat page has its own way. Errors are problems (problems.py, refusals in api_errors.py).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Response
from fastapi.responses import JSONResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent

from assistant import render
from assistant.records.kept import Records
from assistant.web import api_examples as examples
from assistant.web.answers import Answers, answer_on_record
from assistant.web.api_errors import AbsentError, json_only, open_to_head, problems
from assistant.web.objects import AnswerObject, Ask, Health, KeptAnswer, Readiness
from assistant.web.turns import Turns

_PRIVATE = {"Cache-Control": "no-store"}
_EVENTS = """\
event: question
data: {"question": "...", "standalone_question": "..."}

event: claim
data: {"claim": {"text": "...", ...}, "citations": [{"number": 1, "quote": "...", ...}]}

event: answer
data: {"schema": "rolewise.answer/1", ...}
"""


def api_routes(assistant: Answers, records: Records, queue: Turns) -> APIRouter:
    """Return the routes under /api/ask and /api/answers. An answer waits for its turn with all others of the server."""
    router = APIRouter(tags=["Answers"])
    asking, given = [Depends(json_only)], Depends(_answering(assistant, records, queue))
    refused = problems(413, 415, 422, 429, 500, 503)

    @router.post(
        "/api/ask",
        dependencies=asking,
        summary="Ask a question",
        response_model=AnswerObject,
        response_model_exclude_unset=True,
        responses={200: {"description": "The answer, or why there is none"}, **refused},
    )
    def ask(response: Response, answer: dict[str, Any] = given) -> dict[str, Any]:
        """Answer a question, each claim with the exact sentences it rests on. The outcome is no error: 200 it is."""
        response.headers.update(_PRIVATE)
        return answer

    @router.post(
        "/api/ask/stream",
        dependencies=asking,
        summary="Ask a question, and get the answer in parts",
        response_class=EventSourceResponse,
        responses={200: {"content": {"text/event-stream": {"example": _EVENTS}}}, **refused},
    )
    def ask_in_parts(answer: dict[str, Any] = given) -> Iterator[ServerSentEvent]:
        """Answer a question as server-sent events: `question` as it was understood, a `claim` each, then the `answer`.

        Nothing is sent before the whole answer is checked, so a refusal is an ordinary problem, never half a stream.
        """
        yield from _events(answer)

    _add_kept(router, records)
    return open_to_head(router)


def _answering(assistant: Answers, records: Records, queue: Turns) -> Callable[[Ask], Awaitable[dict[str, Any]]]:
    """Return what turns the body of a request into an answer object, and has it recorded."""

    def answered(turns: tuple[str, ...]) -> dict[str, Any]:
        answer = render.to_object(assistant.answer(turns))
        records.keep(turns, answer)
        return answer

    async def in_turn(body: Annotated[Ask, Body(openapi_examples=examples.ASK)]) -> dict[str, Any]:
        turns = body.messages()
        return await queue.take(lambda: answered(turns))

    return in_turn


def _add_kept(router: APIRouter, records: Records) -> None:
    @router.get(
        "/api/answers/{answer_id}",
        summary="Read an answer again",
        responses={200: {"model": KeptAnswer, "description": "As it was given"}, **problems(404, 503)},
    )
    def kept(answer_id: str) -> JSONResponse:
        """Return an answer as it was given, as long as it is kept. Only who was told its id can know it."""
        found = answer_on_record(records, answer_id)
        if found is None:
            raise AbsentError(
                "No answer is kept under this id, or not any longer. Ask the question again: POST /api/ask."
            )
        known = {"id": found.id, "asked": found.asked.isoformat(), "answer": dict(found.answer)}
        return JSONResponse(known, headers=_PRIVATE)


def state_routes(assistant: Answers, ready: Callable[[], bool]) -> APIRouter:
    """Return the routes /healthz and /readyz; `ready` tells whether questions should be sent here."""
    router = APIRouter(tags=["State"])

    @router.get(
        "/healthz",
        summary="Is the process alive?",
        response_model=Health,
        responses={200: {"description": "It is"}},
    )
    async def health() -> dict[str, str]:
        """Tell that the process is alive; nothing is looked at."""
        return {"status": "ok"}

    @router.get(
        "/readyz",
        summary="Are questions answered?",
        response_model=Readiness,
        responses={200: {"description": "They are"}, **problems(503)},
    )
    async def readiness() -> dict[str, str | int]:
        """Tell that questions are answered, and from how much. They are without a record of answers, too.

        Not so when the server is about to stop: whoever sends questions should send them elsewhere.
        """
        if not ready():
            raise HTTPException(503, "This server is about to stop. Ask another one, or this one when it is back.")
        library, generation = assistant.library, assistant.generation
        known = {"articles": len(library.articles), "roles": len(library.roles())}
        return {"status": "ready", "generation": generation, **known}

    return open_to_head(router)


def _events(answer: dict[str, Any]) -> Iterator[ServerSentEvent]:
    understood = {name: answer[name] for name in ("question", "standalone_question")}
    yield ServerSentEvent(event="question", data=understood)
    cited = {citation["number"]: citation for citation in answer["citations"]}
    for claim in answer["claims"]:
        part = {"claim": claim, "citations": [cited[number] for number in claim["citations"]]}
        yield ServerSentEvent(event="claim", data=part)
    yield ServerSentEvent(event="answer", data=answer)
