"""Whatever the JSON side refuses or cannot do becomes a problem here: one place for every status of every route."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match, Route

from assistant.limits import LimitError
from assistant.records.kept import RecordsError
from assistant.web.absent import NOTHING, Absent
from assistant.web.api_examples import PROBLEMS
from assistant.web.objects import Problem
from assistant.web.problems import MEDIA_TYPE, problem
from assistant.web.turns import RETRY_SECONDS, BusyError

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_RETRY_SECONDS = "60"  # a database that is restarted is back by then
_WANTED = 'Send JSON: {"question": "..."} or {"turns": ["...", "..."]}.'


class AbsentError(LookupError):
    """Nothing is there. The message says what to do."""


def add_error_handlers(app: FastAPI, absent: Absent) -> None:
    """Make problems of the errors that routes raise. What nobody expected is the business of failures.py.

    `absent` answers for an address where there is nothing, outside of /api, of which people may have followed a link.
    """

    async def as_problem(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND:
            return absent(request, str(error.detail))
        return _as_problem(error)

    app.add_exception_handler(AbsentError, _absent)
    app.add_exception_handler(LimitError, _refuse_question)
    app.add_exception_handler(BusyError, _refuse_for_now)
    app.add_exception_handler(RequestValidationError, _refuse_request)
    app.add_exception_handler(RecordsError, _unrecorded)
    app.add_exception_handler(HTTPException, as_problem)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the part of a route's description that lists the problems it may answer with."""
    schema = Problem.model_json_schema()
    listed: tuple[int | str, ...] = (*statuses, "default")
    return {
        status: {"description": about, "content": {MEDIA_TYPE: {"schema": schema, "example": example}}}
        for status in listed
        for about, example in [PROBLEMS[status]]
    }


def json_only(request: Request) -> None:
    """Refuse a body that does not say it is JSON: a form on a foreign page can send any other type unasked."""
    said = request.headers.get("content-type", "")
    kind = said.split(";")[0].strip().lower()
    if kind != "application/json":
        named = f"of the type {kind[:80]}" if kind else "of no type"
        raise HTTPException(415, f"The body is {named}. Send JSON, with Content-Type: application/json.")


def open_to_head(router: APIRouter) -> APIRouter:
    """Let HEAD ask for whatever GET gives, without listing it in the description; hand the router back."""
    for route in list(router.routes):
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            router.add_api_route(route.path, route.endpoint, methods=["HEAD"], include_in_schema=False)
    return router


def fallback_routes(*routers: APIRouter) -> APIRouter:
    """Return routes that answer what the routers leave: a wrong method with 405, a path that is not there with 404."""
    router = APIRouter(include_in_schema=False)
    known = [route for one in routers for route in one.routes if isinstance(route, Route)]

    async def elsewhere(request: Request) -> Response:
        near = [route for route in known if route.matches(request.scope)[0] is not Match.NONE]
        allowed = sorted({method for route in near for method in route.methods or ()})
        if not allowed:
            return problem(404, detail=f"{NOTHING} GET /openapi.json describes what there is.")
        detail = f"{request.method} is not possible here, only {' and '.join(allowed)}."
        return problem(405, detail=detail, headers={"Allow": ", ".join(allowed)})

    known.append(Route("/openapi.json", elsewhere))  # FastAPI's own answers GET before this one can
    for path in ("/api", "/api/{rest:path}", "/healthz", "/readyz", "/openapi.json"):
        router.add_api_route(path, elsewhere, methods=_METHODS)
    return router


async def _absent(_request: Request, error: Exception) -> Response:
    return problem(404, detail=str(error))


async def _refuse_question(_request: Request, error: Exception) -> Response:
    return problem(422, detail=str(error))


async def _refuse_for_now(_request: Request, error: Exception) -> Response:
    return problem(503, detail=str(error), headers={"Retry-After": str(RETRY_SECONDS)})


async def _refuse_request(_request: Request, error: Exception) -> Response:
    """Answer a body or parameters of the wrong form: one line for each fault, what was sent not repeated."""
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    lines = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}." for fault in faults]
    wanted = _WANTED if _asks(_request) else "GET /openapi.json describes what can be sent."
    return problem(422, detail=" ".join([*lines, wanted]))


async def _unrecorded(_request: Request, _error: Exception) -> Response:
    detail = "The record of answers cannot be reached at the moment. Try again in a minute."
    return problem(503, detail=detail, headers={"Retry-After": _RETRY_SECONDS})


def _as_problem(error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    headers: Mapping[str, str] | None = error.headers
    if error.status_code == HTTPStatus.BAD_REQUEST:  # what FastAPI makes of a body that is no text
        return problem(HTTPStatus.BAD_REQUEST, detail="The body is no text. Send JSON, written in UTF-8.")
    return problem(error.status_code, detail=str(error.detail), headers=headers)


def _asks(request: Request) -> bool:
    return str(request.scope["path"]).endswith(("/ask", "/ask/stream"))
