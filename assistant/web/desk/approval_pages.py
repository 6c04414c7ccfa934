"""What is approved, what needs review because a sentence has changed, what was withdrawn."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.reviews.nouns import ApprovalState
from assistant.web.desk.frame import root_of
from assistant.web.desk.guard import form_of, text_in, visitor_of
from assistant.web.desk.parts import Desk

MOST_SHOWN = 500  # the latest; a longer page is searched by nobody
_LONGEST = 2000


def add_approvals(router: APIRouter, desk: Desk) -> None:
    """Add the routes /review/approved and the one to withdraw."""

    @router.get("/approved")
    def approved(request: Request) -> Response:
        desk.follower.follow(desk.answers.library)
        last = {each.approval.form: each for each in desk.reviews.approvals()}
        latest = list(reversed(last.values()))[:MOST_SHOWN]
        by_state = {state: [each for each in latest if each.state is state] for state in ApprovalState}
        return desk.frame.draw(request, "approved.html", by_state=by_state, states=ApprovalState)

    @router.post("/approved/{approval_id}/withdraw")
    def withdraw(request: Request, approval_id: str) -> Response:
        note = text_in(form_of(request), "note", _LONGEST)
        desk.approver.withdraw(approval_id, visitor_of(request).name, note)
        return RedirectResponse(f"{root_of(request)}/review/approved", status_code=303)
