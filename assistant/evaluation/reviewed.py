"""`rolewise evaluate --reviews`: the questions that reviewers judged, asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluation.statistics import Measure, share
from assistant.reviews.agreement import agreement
from assistant.reviews.desk import Reviews
from assistant.reviews.expectations import Asked, Outcome, expectations, tried
from assistant.reviews.nouns import ApprovalState


def outcomes(reviews: Reviews, assistant: Asked) -> tuple[tuple[Outcome, ...], int]:
    """Ask again what was judged; return what became of each expectation, and on how many reviewers disagree."""
    asked, disputed = expectations(reviews.every_verdict(), reviews.approvals(ApprovalState.APPROVED))
    return tried(asked, assistant), disputed


def report(found: Sequence[Outcome], disputed: int, reviews: Reviews) -> Iterator[str]:
    """Yield the lines to print: two shares with intervals of 95 %, the agreement of reviewers, and every failure."""
    questions = len({one.expected.question for one in found})
    yield f"{questions} questions that reviewers judged, asked again"
    if disputed:
        yield f"{disputed} sentences left out, as reviewers disagree about them"
    for label, right in (("right sentences cited again", True), ("wrong sentences not cited again", False)):
        yield _measured(label, share([one.met for one in found if one.expected.right is right]))
    for pair in agreement(reviews.every_verdict()):
        kappa = "not defined" if pair.kappa is None else f"{pair.kappa:.3f}"
        yield f"{' and '.join(pair.reviewers)}: {pair.equal:.3f} equal, kappa {kappa}, n {pair.claims}"
    for one in found:
        if not one.met:
            wanted = "no longer cited, though" if one.expected.right else "still cited, though"
            article, quote = one.expected.cited
            yield f"FAILED {one.expected.question!r}: {wanted} {one.expected.said}: {quote!r} ({article})"


def _measured(label: str, measure: Measure) -> str:
    if measure.value is None:
        return f"{label}: none judged"
    return f"{label}: {measure.value:.3f} ({measure.low:.3f} to {measure.high:.3f}), n {measure.n}"
