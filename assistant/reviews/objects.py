"""From objects, as a database or an export holds them, to the nouns that they were written from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, JudgedClaim, Judgement, Source, Verdict


def verdict_of(fields: Mapping[str, Any]) -> Verdict:
    """Return the verdict with these fields; raise KeyError, TypeError or ValueError when they make none."""
    judged = fields["judged"]
    claim = JudgedClaim(judged["text"], tuple(judged["roles"]), judged["topic"], _sources(judged["sources"]))
    return Verdict(**{**fields, "judgement": Judgement(fields["judgement"]), "judged": claim})


def approval_of(fields: Mapping[str, Any]) -> Approval:
    """Return the approval with these fields; raise KeyError, TypeError or ValueError when they make none."""
    return Approval(**{**fields, "sources": _sources(fields["sources"])})


def step_of(fields: Mapping[str, Any]) -> ApprovalStep:
    """Return the step with these fields; raise KeyError, TypeError or ValueError when they make none."""
    return ApprovalStep(**{**fields, "state": ApprovalState(fields["state"])})


def _sources(rows: Iterable[Mapping[str, str]]) -> tuple[Source, ...]:
    return tuple(Source(**row) for row in rows)
