"""Verdicts on one answer: given, and taken back."""

from __future__ import annotations

import contextlib
import hashlib
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.records.kept import KeptAnswer
from assistant.reviews.nouns import Judgement, Verdict, judged_claim
from assistant.reviews.words import words_on
from assistant.web.desk.answer_view import JUDGEMENTS, judgements_of, undo_view
from assistant.web.desk.guard import form_of, id_in, text_in, visitor_of, wants_page
from assistant.web.desk.parts import GONE, LONGEST_NOTE, Desk, address_of, refused

LONGEST_REASON = 200
LONGEST_LOOK = 60 * 60.0  # seconds; whoever looks longer has gone for lunch


def add_verdicts(router: APIRouter, desk: Desk) -> None:
    """Add the routes to judge a claim, or a refusal as claim 0, and to undo that."""

    @router.post("/answers/{answer_id}/claims/{claim}")
    def judge(request: Request, answer_id: str, claim: int) -> Response:
        kept = desk.records.answer(answer_id)
        if kept is None or not 0 <= claim < max(1, len(kept.answer["claims"])):
            return refused(request, desk, 404, GONE)
        verdict = _verdict(request, kept, claim)
        if verdict is None:
            return refused(request, desk, 422, f"A verdict here is one of {', '.join(judgements_of(kept.answer))}.")
        desk.reviews.judge(_under_its_id(verdict, desk.reviews.verdicts_on(answer_id)))
        return _done(request, desk, verdict)

    @router.post("/answers/{answer_id}/undo")
    def undo(request: Request, answer_id: str) -> Response:
        wanted, name = text_in(form_of(request), "undoes", 64), visitor_of(request).name
        verdicts = desk.reviews.verdicts_on(answer_id)
        mine = [each for each in verdicts if each.id == wanted and each.reviewer == name and each.undoes is None]
        if not mine:
            return refused(request, desk, 404, "There is no verdict of yours to undo.")
        step = _undoing(mine[0])
        desk.reviews.judge(step)
        return _done(request, desk, step)


def _done(request: Request, desk: Desk, verdict: Verdict) -> Response:
    """Show the page again, or tell its script what now stands on the claim, and what can be undone next."""
    if wants_page(request):
        return RedirectResponse(f"{address_of(request, verdict.answer_id)}#claim-{verdict.claim}", status_code=303)
    verdicts = desk.reviews.verdicts_on(verdict.answer_id)
    words = words_on(verdicts, verdict.claim)
    mine = words.pop(verdict.reviewer, None)
    told = {
        "claim": verdict.claim,
        "mine": _said(mine) if mine else None,
        "others": [_said(word) for word in words.values()],
        "id": secrets.token_hex(16),
        **undo_view(verdicts, verdict.reviewer),
    }
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _verdict(request: Request, kept: KeptAnswer, claim: int) -> Verdict | None:
    form = form_of(request)
    judgement = text_in(form, "judgement", 40)
    if judgement not in judgements_of(kept.answer):
        return None
    return Verdict(
        id=id_in(form),
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


def _under_its_id(verdict: Verdict, before: Sequence[Verdict]) -> Verdict:
    """Return a verdict under the id of its page, under a new one when that stands for something else already.

    A press that is sent again is the same; another one on a page that was gone back to is a further verdict.
    """
    taken = next((each for each in before if each.id == verdict.id), None)
    last = words_on(before, verdict.claim).get(verdict.reviewer)
    if taken is None or (taken is last and replace(taken, noted=verdict.noted, seconds=verdict.seconds) == verdict):
        return verdict
    return replace(verdict, id=secrets.token_hex(16))


def _undoing(verdict: Verdict) -> Verdict:
    """Return what takes a verdict back: always under the same id, so that it is taken back once."""
    name = hashlib.sha256(f"undo {verdict.id}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return replace(
        verdict, id=name, judgement=Judgement.UNDONE, noted=datetime.now(UTC), seconds=0.0, reason="", note="",
        question="", undoes=verdict.id,
    )  # fmt: skip


def _seconds(form: FormData) -> float:
    """Return how long the reviewer looked: as the page measured it, or since it was drawn."""
    for name, since in (("seconds", 0.0), ("shown", datetime.now(UTC).timestamp())):
        with contextlib.suppress(ValueError):
            measured = float(text_in(form, name, 20))
            looked = since - measured if since else measured
            if math.isfinite(looked):
                return round(min(max(looked, 0.0), LONGEST_LOOK), 2)
    return 0.0


def _said(verdict: Verdict) -> Mapping[str, Any]:
    return {
        "reviewer": verdict.reviewer,
        "judgement": verdict.judgement.value,
        "label": JUDGEMENTS[verdict.judgement],
        "reason": verdict.reason,
        "note": verdict.note,
    }
