"""What is measured of a list of trials. Every measure says of how many cases it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.statistics import Measure, auroc, mean, percentile, share
from assistant.evaluation.trial import Cited, Trial
from corpus.bank import Kind

Trials = Sequence[Trial]


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure by its name: what it is called for people and how it is taken; `of_kind`: also for each kind."""

    name: str
    label: str
    take: Callable[[Trials], Measure]
    of_kind: bool = True


def _answerable(trials: Trials) -> list[Trial]:
    return [trial for trial in trials if trial.answerable]


def _answered(trials: Trials) -> list[Trial]:
    return [trial for trial in trials if trial.answerable and not trial.refused]


def _cited(trials: Trials) -> list[Cited]:
    """Return the sentences cited for answerable questions; those cited for others count as missing refusals."""
    return [cited for trial in _answerable(trials) for cited in trial.cited]


def _refused(trials: Trials, *kinds: Kind) -> Measure:
    return share([trial.refused for trial in trials if trial.kind in kinds])


def _told_apart(trials: Trials, *kinds: Kind) -> Measure:
    """Return the AUROC of the confidence, answerable questions against unanswerable ones of these kinds."""
    against = [trial.confidence for trial in trials if trial.kind in kinds]
    return auroc([trial.confidence for trial in _answerable(trials)], against)


# Shares of cited sentences treat the sentences of one answer as independent: their intervals are a little too narrow.
METRICS = (
    Metric("hit", "hit: a cited sentence is evidence", lambda t: share([x.hit for x in _answerable(t)])),
    Metric("hit_answered", "hit, of those not refused", lambda t: share([x.hit for x in _answered(t)])),
    Metric("full", "full: all that was asked is cited", lambda t: share([x.full for x in _answerable(t)])),
    Metric("full_answered", "full, of those not refused", lambda t: share([x.full for x in _answered(t)])),
    Metric("strict", "cited sentences that are evidence", lambda t: share([c.evidence for c in _cited(t)])),
    Metric("paragraph", "cited sentences in its paragraph", lambda t: share([c.paragraph for c in _cited(t)])),
    Metric(
        "role",
        "cited sentences about a role meant",
        lambda t: share([c.role for c in _cited(t) if c.role is not None]),
    ),
    Metric(
        "miss_on_topic",
        "misses about the right role and topic",
        lambda t: share([x.right_elsewhere for x in _answered(t) if not x.hit]),
    ),
    Metric("answerable_refused", "answerable, refused", lambda t: share([x.refused for x in _answerable(t)])),
    Metric(
        "unanswerable_refused", "unanswerable, refused", lambda t: share([x.refused for x in t if not x.answerable])
    ),
    Metric(
        "near_refused", "unanswerable on the subject, refused", lambda t: _refused(t, Kind.UNANSWERABLE), of_kind=False
    ),
    Metric(
        "general_refused", "unanswerable, of no article, refused", lambda t: _refused(t, Kind.GENERAL), of_kind=False
    ),
    Metric(
        "auroc",
        "AUROC of confidence",
        lambda t: _told_apart(t, Kind.UNANSWERABLE, Kind.GENERAL),
        of_kind=False,
    ),
    Metric("auroc_near", "AUROC, on the subject alone", lambda t: _told_apart(t, Kind.UNANSWERABLE), of_kind=False),
    Metric("citations", "cited sentences for each answer", lambda t: mean([len(x.cited) for x in t if not x.refused])),
    Metric("seconds_p50", "seconds for each question, p50", lambda t: percentile([x.seconds for x in t], 50)),
    Metric("seconds_p95", "seconds for each question, p95", lambda t: percentile([x.seconds for x in t], 95)),
)


def measure(trials: Trials) -> Mapping[str, Measure]:
    """Take every measure of all trials, by name, in the order in which they are shown."""
    return {metric.name: metric.take(trials) for metric in METRICS}


def measure_kinds(trials: Trials) -> Mapping[Kind, Mapping[str, Measure]]:
    """Take the measures that make sense for one kind of question, for each kind that was asked."""
    asked = {kind: [trial for trial in trials if trial.kind is kind] for kind in Kind}
    return {
        kind: {metric.name: metric.take(of_kind) for metric in METRICS if metric.of_kind}
        for kind, of_kind in asked.items()
        if of_kind
    }
