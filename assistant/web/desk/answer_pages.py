"""One answer at a time: judge each claim, approve the whole, go on."""

from __future__ import annotations

import contextlib
import math
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.records.kept import KeptAnswer
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import Approval, Judgement, Verdict, judged_claim, sources_of
from assistant.web.desk.answer_view import JUDGEMENTS, REASONS, claims_of, last_words
from assistant.web.desk.frame import root_of
from assistant.web.desk.guard import form_of, text_in, visitor_of, wants_page
from assistant.web.desk.parts import Desk
from assistant.web.desk.queue_pages import LATELY, Wish, wish_of
from assistant.web.problems import problem

LONGEST_NOTE = 2000
LONGEST_REASON = 200
LONGEST_LOOK = 60 * 60.0  # seconds; whoever looks longer has gone for lunch
_ID = re.compile(r"[0-9a-f]{32}")
_GONE = "This answer is no longer kept."


def add_answers(router: APIRouter, desk: Desk) -> None:
    """Add the routes under /review/answers."""

    @router.get("/answers/{answer_id}")
    def look(request: Request, answer_id: str) -> Response:
        kept = desk.records.answer(answer_id)
        if kept is None:
            return desk.frame.draw(request, "nothing.html", status=404, said=_GONE)
        return _page(request, desk, kept, wish_of(request))

    @router.post("/answers/{answer_id}/claims/{claim}")
    def judge(request: Request, answer_id: str, claim: int) -> Response:
        kept = desk.records.answer(answer_id)
        if kept is None or not 0 <= claim < len(kept.answer["claims"]):
            return _refused(request, desk, 404, _GONE)
        verdict = _verdict(request, kept, claim)
        if verdict is None:
            return _refused(request, desk, 422, "A verdict is one of supported, wrong_role, not_supported, outdated.")
        desk.reviews.judge(verdict)
        if wants_page(request):
            return RedirectResponse(f"{_path(request, kept)}#claim-{claim}", status_code=303)
        words = last_words(desk.reviews.verdicts_on(answer_id), claim)
        others = [_said(word) for name, word in words.items() if name != verdict.reviewer]
        return JSONResponse(
            {"mine": _said(verdict), "others": others, "id": secrets.token_hex(16)},
            headers={"Cache-Control": "no-store"},
        )

    _add_approve(router, desk)


def _add_approve(router: APIRouter, desk: Desk) -> None:
    @router.post("/answers/{answer_id}/approve")
    def approve(request: Request, answer_id: str) -> Response:
        kept, form = desk.records.answer(answer_id), form_of(request)
        if kept is None:
            return _refused(request, desk, 404, _GONE)
        wordings = [text_in(form, f"wording-{n}", LONGEST_NOTE) for n in range(len(kept.answer["claims"]))]
        draft = desk.approver.draft(kept.answer, wordings)
        problems = (*_doubts(request, desk, kept, wordings), *draft.problems)
        if draft.answer is None or problems:
            return _page(request, desk, kept, wish_of(request), problems, wordings)
        question = kept.answer["standalone_question"]
        desk.approver.approve(
            Approval(
                _id_in(form), question, normal_form(question), draft.answer, sources_of(draft.answer),
                visitor_of(request).name, datetime.now(UTC), text_in(form, "note", LONGEST_NOTE),
            )
        )  # fmt: skip
        return RedirectResponse(f"{_path(request, kept)}#approval", status_code=303)


def _page(
    request: Request,
    desk: Desk,
    kept: KeptAnswer,
    wish: Wish,
    problems: tuple[str, ...] = (),
    wordings: list[str] | None = None,
) -> Response:
    library = desk.answers.library
    desk.follower.follow(library)
    verdicts = desk.reviews.verdicts_on(kept.id)
    now = datetime.now(UTC)
    return desk.frame.draw(
        request, "answer.html", status=422 if problems else 200, kept=kept, answer=kept.answer, wish=wish,
        claims=claims_of(kept.answer, library, verdicts, visitor_of(request).name), judgements=JUDGEMENTS,
        reasons=REASONS, thumb=desk.records.thumb_of(kept.id), shown=now.timestamp(), problems=problems,
        wordings=wordings or [claim["text"] for claim in kept.answer["claims"]], approval_id=secrets.token_hex(16),
        approval=desk.reviews.approval_of(normal_form(kept.answer["standalone_question"])),
        seconds=desk.reviews.seconds_per_claim(now - LATELY), longest_note=LONGEST_NOTE,
    )  # fmt: skip


def _doubts(request: Request, desk: Desk, kept: KeptAnswer, wordings: list[str]) -> list[str]:
    """Return what the reviewer has found wrong with the claims, unless they now stand in other words."""
    verdicts, name = desk.reviews.verdicts_on(kept.id), visitor_of(request).name
    mine = {index: last_words(verdicts, index).get(name) for index in range(len(kept.answer["claims"]))}
    return [
        f"Claim {index + 1}: you found it {JUDGEMENTS[verdict.judgement].lower()}. Change that verdict or the wording."
        for index, verdict in mine.items()
        if verdict
        and verdict.judgement is not Judgement.SUPPORTED
        and wordings[index] in {"", kept.answer["claims"][index]["text"]}
    ]


def _verdict(request: Request, kept: KeptAnswer, claim: int) -> Verdict | None:
    form = form_of(request)
    judgement = text_in(form, "judgement", 40)
    if judgement not in set(Judgement):
        return None
    return Verdict(
        id=_id_in(form),
        answer_id=kept.id,
        claim=claim,
        judgement=Judgement(judgement),
        judged=judged_claim(kept.answer, claim),
        reviewer=visitor_of(request).name,
        noted=datetime.now(UTC),
        seconds=_seconds(form),
        reason=text_in(form, "reason", LONGEST_REASON),
        note=text_in(form, "note", LONGEST_NOTE),
        question=kept.answer["standalone_question"] if form.get("keep") else "",
    )


def _seconds(form: FormData) -> float:
    """Return how long the reviewer looked: as the page measured it, or since it was drawn."""
    for name, since in (("seconds", 0.0), ("shown", datetime.now(UTC).timestamp())):
        with contextlib.suppress(ValueError):
            measured = float(text_in(form, name, 20))
            looked = since - measured if since else measured
            if math.isfinite(looked):
                return round(min(max(looked, 0.0), LONGEST_LOOK), 2)
    return 0.0


def _id_in(form: FormData) -> str:
    given = text_in(form, "id", 32)
    return given if _ID.fullmatch(given) else secrets.token_hex(16)


def _said(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "reviewer": verdict.reviewer,
        "judgement": verdict.judgement.value,
        "label": JUDGEMENTS[verdict.judgement],
        "reason": verdict.reason,
        "note": verdict.note,
    }


def _path(request: Request, kept: KeptAnswer) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{root_of(request)}/review/answers/{kept.id}{query}"


def _refused(request: Request, desk: Desk, status: int, said: str) -> Response:
    if wants_page(request):
        return desk.frame.draw(request, "nothing.html", status=status, said=said)
    return problem(status, detail=said)
