"""The review desk as one room: its parts put together, and its routes in the order in which a reviewer meets them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from assistant.candidates import Search
from assistant.records.kept import Records, RecordsError
from assistant.reviews.approved import ApprovedFirst
from assistant.reviews.approver import Approver
from assistant.reviews.desk import Reviews
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.keeping import Keeper
from assistant.reviews.known import KnownApprovals
from assistant.reviews.ways import ApprovedWays
from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.approved import Approvals
from assistant.web.desk.answer_pages import add_answers
from assistant.web.desk.approval_pages import add_approvals
from assistant.web.desk.article_pages import UPLOAD_LIMIT, UPLOAD_PATH, add_articles
from assistant.web.desk.citing import CitingApprovals
from assistant.web.desk.figure_pages import add_figures
from assistant.web.desk.frame import Frame
from assistant.web.desk.guard import Guard, show_refusals, wants_page
from assistant.web.desk.parts import Desk
from assistant.web.desk.queue_pages import add_queue
from assistant.web.desk.sign_in import sign_in_routes
from assistant.web.desk.verdict_pages import add_verdicts
from assistant.web.desk.visitors import SignIn
from assistant.web.problems import problem
from corpus.library import Library
from index.hits import Encoder

_EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Room:
    """The desk and what hangs together with it: who may in, and the answers that were approved."""

    def __init__(self, settings: Settings, records: Records, reviews: Reviews, encoder: Encoder | None = None) -> None:
        """Without an encoder only a question in the same words is the same question as an approved one."""
        self._records = records
        self._reviews = reviews
        self._frame = Frame()
        self._sign_in = SignIn(settings)
        self._known = KnownApprovals(reviews, encoder)
        self._follower = LibraryFollower(reviews)
        self._keeper = Keeper(settings.own_articles)

    def approved_first(self, answers: Answers) -> ApprovedFirst:
        """Return answers in which approved ones come first."""
        return ApprovedFirst(answers, self._known, self._follower)

    def widened(self, search: Search, library: Library) -> Search:
        """Return a search of one library that also finds what near approved questions cite."""
        return ApprovedWays(search, library, self._known)

    def approvals(self, answers: Answers) -> Approvals:
        """Return what the article reader asks: which approved answers cite an article."""
        return CitingApprovals(answers, self._known)

    def may_carry(self, scope: Scope) -> int | None:
        """Return how many bytes a request may carry when that is more than others may: an upload of a reviewer."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        uploads = scope["method"] == "POST" and path.rstrip("/") == UPLOAD_PATH
        return UPLOAD_LIMIT if uploads and self._sign_in.visitor(HTTPConnection(scope)) else None

    def furnish(self, app: FastAPI, answers: Answers) -> None:
        """Add the routes. Without a way to sign in each of them answers 403 and says how to set one up."""
        guard = Guard(self._sign_in)
        approver = Approver(lambda: answers.library, self._reviews, self._known)
        desk = Desk(answers, self._records, self._reviews, self._follower, approver, self._keeper, self._frame)
        show_refusals(app, self._frame, self._sign_in)
        reviewers = APIRouter(
            prefix="/review",
            include_in_schema=False,
            dependencies=[Depends(guard.reviewers_only)],
            route_class=_explaining(self._frame),
        )
        pages = (add_queue, add_answers, add_verdicts, add_approvals, add_articles, add_figures, _add_nothing)
        for add in pages:
            add(reviewers, desk)
        app.include_router(sign_in_routes(self._frame, guard, self._sign_in))
        app.include_router(reviewers)


def _add_nothing(reviewers: APIRouter, desk: Desk) -> None:
    """Keep every other address under /review here, so that none of them is anybody else's."""

    @reviewers.api_route("", methods=_EVERY_METHOD)
    @reviewers.api_route("/{rest:path}", methods=_EVERY_METHOD)
    def nothing(request: Request) -> Response:
        return desk.frame.draw(request, "nothing.html", status=404, said="There is no such page.")


def _explaining(frame: Frame) -> type[APIRoute]:
    """Return routes that say what the database says when it fails: reviewers may know that it is down."""

    class Explaining(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def explained(request: Request) -> Response:
                try:
                    return await answer(request)
                except RecordsError as error:
                    if wants_page(request):
                        return frame.draw(request, "nothing.html", status=503, said=str(error))
                    return problem(503, detail=str(error))

            return explained

    return Explaining
