"""What is approved, what needs review because a sentence has changed, what was withdrawn."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.render import to_object
from assistant.reviews.changes import changes
from assistant.reviews.nouns import ApprovalState
from assistant.reviews.words import last_approvals
from assistant.web.desk.guard import form_of, text_in, visitor_of
from assistant.web.desk.parts import LONGEST_NOTE, Desk, refused
from assistant.web.pages import root_of

MOST_SHOWN = 200  # the latest in each state; a longer page is searched by nobody


def add_approvals(router: APIRouter, desk: Desk) -> None:
    """Add the routes /review/approved and those to withdraw an approval and to ask its question again."""

    @router.get("/approved")
    def approved(request: Request) -> Response:
        desk.follower.follow(desk.answers.library)
        last = [desk.approver.as_met(each) for each in last_approvals(desk.reviews.approvals()).values()]
        by_state = {state: [each for each in reversed(last) if each.state is state] for state in ApprovalState}
        shown = {state: of_it[:MOST_SHOWN] for state, of_it in by_state.items()}
        library, expired = desk.answers.library, shown[ApprovalState.EXPIRED]
        changed = {each.approval.id: changes(each.approval.sources, library) for each in expired}
        return desk.frame.draw(
            request, "approved.html", by_state=by_state, shown=shown, states=ApprovalState, changed=changed
        )

    @router.post("/approved/{approval_id}/withdraw")
    def withdraw(request: Request, approval_id: str) -> Response:
        note = text_in(form_of(request), "note", LONGEST_NOTE)
        desk.approver.withdraw(approval_id, visitor_of(request).name, note)
        return RedirectResponse(f"{root_of(request)}/review/approved", status_code=303)

    @router.post("/approved/{approval_id}/ask")
    def ask_again(request: Request, approval_id: str) -> Response:
        """Ask the question of an approval of the articles in use, and open the answer, to approve that."""
        every = desk.reviews.approvals()
        question = next((each.approval.question for each in every if each.approval.id == approval_id), None)
        if question is None:
            return refused(request, desk, 404, "There is no such approval.")
        answer = desk.answers.answer([question])
        desk.records.keep([question], to_object(answer))
        return RedirectResponse(f"{root_of(request)}/review/answers/{answer.id}", status_code=303)
