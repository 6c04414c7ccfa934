"""One answer at a time: its claims beside their sentences, and the approval of the whole."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from assistant.records.kept import KeptAnswer
from assistant.reviews.approving import new_wording
from assistant.reviews.changes import changes
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import Approval, ApprovalState, Judgement, StandingApproval, sources_of
from assistant.reviews.words import words_on
from assistant.web.desk.answer_view import JUDGEMENTS, claims_of, judgements_of, reasons_of, undo_view
from assistant.web.desk.guard import form_of, id_in, text_in, visitor_of
from assistant.web.desk.parts import GONE, LONGEST_NOTE, Desk, address_of, refused
from assistant.web.desk.queue_pages import LATELY, Wish, wish_of


def add_answers(router: APIRouter, desk: Desk) -> None:
    """Add the page of an answer, and the route to approve it."""

    @router.get("/answers/{answer_id}")
    def look(request: Request, answer_id: str) -> Response:
        kept = desk.records.answer(answer_id)
        return refused(request, desk, 404, GONE) if kept is None else _page(request, desk, kept, wish_of(request))

    @router.post("/answers/{answer_id}/approve")
    def approve(request: Request, answer_id: str) -> Response:
        kept, form = desk.records.answer(answer_id), form_of(request)
        if kept is None:
            return refused(request, desk, 404, GONE)
        wordings = [text_in(form, f"wording-{n}", LONGEST_NOTE) for n in range(len(kept.answer["claims"]))]
        draft = desk.approver.draft(kept.answer, wordings)
        problems = (*_doubts(request, desk, kept, wordings), *draft.problems)
        if draft.answer is None or problems:
            return _page(request, desk, kept, wish_of(request), problems, wordings)
        question = kept.answer["standalone_question"]
        approval = Approval(
            id_in(form), question, normal_form(question), draft.answer, sources_of(draft.answer),
            visitor_of(request).name, datetime.now(UTC), text_in(form, "note", LONGEST_NOTE),
        )  # fmt: skip
        desk.approver.approve(_under_its_id(approval, desk.reviews.approval_of(approval.form)))
        return RedirectResponse(f"{address_of(request, kept.id)}#approval", status_code=303)


def _page(
    request: Request,
    desk: Desk,
    kept: KeptAnswer,
    wish: Wish,
    problems: tuple[str, ...] = (),
    wordings: Sequence[str] | None = None,
) -> Response:
    library = desk.answers.library
    desk.follower.follow(library)
    verdicts, name = desk.reviews.verdicts_on(kept.id), visitor_of(request).name
    now = datetime.now(UTC)
    found = desk.reviews.approval_of(normal_form(kept.answer["standalone_question"]))
    approval = desk.approver.as_met(found) if found else None
    expired = approval is not None and approval.state is ApprovalState.EXPIRED
    return desk.frame.draw(
        request, "answer.html", status=422 if problems else 200, kept=kept, answer=kept.answer, wish=wish,
        claims=claims_of(kept.answer, library, verdicts, name), judgements=judgements_of(kept.answer),
        reasons=reasons_of(kept.answer), refusal=not kept.answer["claims"], thumb=desk.records.thumb_of(kept.id),
        shown=now.timestamp(), problems=problems, labels=JUDGEMENTS,
        wordings=wordings or [claim["text"] for claim in kept.answer["claims"]], approval_id=secrets.token_hex(16),
        approval=approval, changed=changes(approval.approval.sources, library) if approval and expired else (),
        **undo_view(verdicts, name),
        seconds=desk.reviews.seconds_per_claim(now - LATELY), longest_note=LONGEST_NOTE,
    )  # fmt: skip


def _under_its_id(approval: Approval, last: StandingApproval | None) -> Approval:
    """Return an approval under the id of its page, under a new one when that stands for something else by now."""
    if last is None or last.approval.id != approval.id:
        return approval
    again = last.state is ApprovalState.APPROVED and replace(last.approval, noted=approval.noted) == approval
    return approval if again else replace(approval, id=secrets.token_hex(16))


def _doubts(request: Request, desk: Desk, kept: KeptAnswer, wordings: Sequence[str]) -> list[str]:
    """Return what the reviewer has found wrong with the claims, unless they now stand in other words."""
    verdicts, name = desk.reviews.verdicts_on(kept.id), visitor_of(request).name
    mine = {index: words_on(verdicts, index).get(name) for index in range(len(kept.answer["claims"]))}
    return [
        f"Claim {index + 1}: you found it {JUDGEMENTS[verdict.judgement].lower()}. Change that verdict or the wording."
        for index, verdict in mine.items()
        if verdict
        and verdict.judgement is not Judgement.SUPPORTED
        and not new_wording(wordings, index, kept.answer["claims"][index]["text"])
    ]
