"""What the pages of the desk are handed, and what several of them do."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from assistant.records.kept import Records
from assistant.reviews.approver import Approver
from assistant.reviews.desk import Reviews
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.keeping import Keeper
from assistant.web.answers import Answers
from assistant.web.desk.frame import Frame
from assistant.web.desk.guard import wants_page
from assistant.web.pages import root_of
from assistant.web.problems import problem

LONGEST_NOTE = 2000  # characters
GONE = "This answer is no longer kept."


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant whose answers are judged, where they and the verdicts are kept, and how pages are drawn."""

    answers: Answers
    records: Records
    reviews: Reviews
    follower: LibraryFollower
    approver: Approver
    keeper: Keeper
    frame: Frame


def refused(request: Request, desk: Desk, status: int, said: str) -> Response:
    """Say no in the form that was asked for: a page, or a problem object."""
    if wants_page(request):
        return desk.frame.draw(request, "nothing.html", status=status, said=said)
    return problem(status, detail=said)


def address_of(request: Request, answer_id: str) -> str:
    """Return the address of an answer's page, at the same place in the queue."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{root_of(request)}/review/answers/{answer_id}{query}"
