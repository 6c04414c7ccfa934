"""`rolewise evaluate --reviews`: the questions that reviewers judged, asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.evaluation.statistics import Measure, share
from assistant.reviews.agreement import agreement
from assistant.reviews.desk import Reviews
from assistant.reviews.expectations import Asked, Expectation, Outcome, expectations, tried
from assistant.reviews.nouns import ApprovalState
from assistant.reviews.words import last_approvals

# By whether an expectation is about a sentence, and whether that, or an answer at all, is right.
_LABELS = {
    (True, True): "right sentences cited again",
    (True, False): "wrong sentences not cited again",
    (False, True): "wrong refusals answered now",
    (False, False): "right refusals refused again",
}


def outcomes(reviews: Reviews, assistant: Asked) -> tuple[tuple[Outcome, ...], int]:
    """Ask again what was judged; return what became of each expectation, and on how many reviewers disagree."""
    last = last_approvals(reviews.approvals()).values()
    shown = [each for each in last if each.state is ApprovalState.APPROVED]
    asked, disputed = expectations(reviews.every_verdict(), shown)
    return tried(asked, assistant), disputed


def report(found: Sequence[Outcome], disputed: int, reviews: Reviews) -> Iterator[str]:
    """Yield the lines to print: four shares with intervals of 95 %, the agreement of reviewers, and every failure."""
    questions = len({one.expected.question for one in found})
    yield f"{questions} questions that reviewers judged, asked again"
    if disputed:
        yield f"{disputed} sentences and refusals left out, as reviewers disagree about them"
    for (of_sentence, right), label in _LABELS.items():
        fitting = [one for one in found if (one.expected.cited is not None, one.expected.right) == (of_sentence, right)]
        yield _measured(label, share([one.met for one in fitting]))
    for pair in agreement(reviews.every_verdict()):
        kappa = "not defined" if pair.kappa is None else f"{pair.kappa:.3f}"
        what = ", on refusals" if pair.on_refusals else ""
        yield f"{' and '.join(pair.reviewers)}{what}: {pair.equal:.3f} equal, kappa {kappa}, n {pair.count}"
    yield from (_failure(one.expected) for one in found if not one.met)


def _failure(wanted: Expectation) -> str:
    if wanted.cited is None:
        became = "still refused, though" if wanted.right else "now answered, though"
        return f"FAILED {wanted.question!r}: {became} {wanted.said}"
    became = "no longer cited, though" if wanted.right else "still cited, though"
    article, quote = wanted.cited
    return f"FAILED {wanted.question!r}: {became} {wanted.said}: {quote!r} ({article})"


def _measured(label: str, measure: Measure) -> str:
    if measure.value is None:
        return f"{label}: none judged"
    return f"{label}: {measure.value:.3f} ({measure.low:.3f} to {measure.high:.3f}), n {measure.n}"
