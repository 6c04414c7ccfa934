"""The review desk as one room: its routes, in the order in which a reviewer meets them."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from assistant.settings import Settings
from assistant.web.desk.frame import Frame
from assistant.web.desk.guard import Guard, show_refusals
from assistant.web.desk.sign_in import sign_in_routes
from assistant.web.desk.visitors import SignIn

_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def add_desk(app: FastAPI, settings: Settings) -> None:
    """Add the desk to an app. Without a way to sign in, every route of it answers 403 and says how to set one up."""
    frame, sign_in = Frame(), SignIn(settings)
    guard = Guard(sign_in)
    show_refusals(app, frame, sign_in)
    reviewers = APIRouter(prefix="/review", include_in_schema=False, dependencies=[Depends(guard.reviewers_only)])
    app.include_router(sign_in_routes(frame, guard, sign_in))
    _add_nothing(reviewers, frame)
    app.include_router(reviewers)


def _add_nothing(reviewers: APIRouter, frame: Frame) -> None:
    """Keep every other address under /review here, so that none of them is anybody else's."""

    @reviewers.api_route("", methods=_EVERY_METHOD)
    @reviewers.api_route("/{rest:path}", methods=_EVERY_METHOD)
    def nothing(request: Request) -> Response:
        return frame.draw(request, "nothing.html", status=404, said="There is no such page.")
