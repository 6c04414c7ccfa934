"""The one way in which an approval comes into being or goes: checked, stored, and known to whoever answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from assistant.reviews.approving import Draft, drafted
from assistant.reviews.desk import Reviews
from assistant.reviews.known import KnownApprovals
from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep
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
