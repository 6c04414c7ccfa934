"""The one way in which an approval comes into being or goes: checked, stored, and known to whoever answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from assistant.reviews.approving import Draft, drafted
from assistant.reviews.desk import Reviews
from assistant.reviews.known import KnownApprovals
from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, StandingApproval
from assistant.reviews.rebuilding import rebuilt
from corpus.library import Library


class Approver:
    """Approves answers and withdraws approvals."""

    def __init__(self, library: Callable[[], Library], reviews: Reviews, known: KnownApprovals) -> None:
        self._library = library
        self._reviews = reviews
        self._known = known

    def draft(self, stored: Mapping[str, Any], wordings: Sequence[str]) -> Draft:
        """Check an answer object with new wordings against the articles in use."""
        return drafted(stored, wordings, self._library())

    def as_met(self, standing: StandingApproval) -> StandingApproval:
        """Return an approval as whoever asks meets it: EXPIRED when the articles in use no longer bear it.

        That is noted as soon as a sentence changes; but not when it now speaks of another role, when the approval came
        from elsewhere, or when the articles changed at the same moment.
        """
        shown = standing.state is ApprovalState.APPROVED
        if not shown or rebuilt(standing.approval.answer, self._library()) is not None:
            return standing
        return replace(standing, state=ApprovalState.EXPIRED)

    def approve(self, approval: Approval) -> None:
        """Store an approval; the next question is answered with it."""
        self._reviews.approve(approval)
        self._known.changed()

    def withdraw(self, approval_id: str, reviewer: str, note: str = "") -> None:
        """Let an approval stand no longer; raise RecordsError when there is none."""
        now = datetime.now(UTC)
        step = ApprovalStep(secrets.token_hex(16), approval_id, ApprovalState.WITHDRAWN, reviewer, now, note)
        self._reviews.take_step(step)
        self._known.changed()
