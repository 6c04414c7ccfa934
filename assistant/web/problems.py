"""Every refusal and failure of the JSON side in one form: an RFC 9457 problem, `application/problem+json`."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"

Member = str | int | float | bool | None


def problem(
    status: int,
    title: str = "",
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    **members: Member,
) -> JSONResponse:
    """Return a response that says what went wrong, why, and what to do (`detail`, for people).

    `title` names the kind of problem, the same each time; empty stands for the words of the status ("Not Found").
    `members` are added to the object, such as the number of a failure.
    """
    return JSONResponse(
        problem_object(status, title, detail, **members),
        status_code=status,
        headers=dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def problem_object(status: int, title: str = "", detail: str = "", **members: Member) -> dict[str, Member]:
    """Return the members of a problem.

    Its type is `about:blank`, "nothing beyond the status": the statuses of this interface tell its problems apart.
    """
    return {"type": "about:blank", "title": title or _phrase(status), "status": status, "detail": detail, **members}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # a status that somebody made up
        return "Error"
