"""Which verdicts and approvals count: not what was undone; of each reviewer and of each question the last."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.reviews.nouns import StandingApproval, Verdict

Place = tuple[str, int, str]  # the id of an answer, a claim of it, a reviewer


def standing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that were not undone, in their order, without those that only undo."""
    every = tuple(verdicts)
    undone = {verdict.undoes for verdict in every}
    return tuple(verdict for verdict in every if verdict.undoes is None and verdict.id not in undone)


def last_words(verdicts: Iterable[Verdict]) -> dict[Place, Verdict]:
    """Return the last word of each reviewer on each claim."""
    return {(verdict.answer_id, verdict.claim, verdict.reviewer): verdict for verdict in standing(verdicts)}


def words_on(verdicts: Iterable[Verdict], claim: int) -> dict[str, Verdict]:
    """Return the last word of each reviewer on a claim, from the verdicts on one answer."""
    return {reviewer: verdict for (_, index, reviewer), verdict in last_words(verdicts).items() if index == claim}


def last_approvals(approvals: Iterable[StandingApproval]) -> dict[str, StandingApproval]:
    """Return the last approval of each normal form, however it stands: it replaces those before."""
    return {each.approval.form: each for each in approvals}
