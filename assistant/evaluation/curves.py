"""What the charts show, as numbers: the risk of answering more, and how far the confidence can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.statistics import Measure, share
from assistant.evaluation.trial import Trial

BINS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """If only answers of at least `confidence` were given: the share of all questions answered, and wrongly so."""

    confidence: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: its mean, and the share of them that are answerable."""

    confidence: float
    share: Measure


def risk_coverage(trials: Sequence[Trial]) -> tuple[Point, ...]:
    """Return one point for each confidence that an answer had, the highest first. Refused questions stay refused."""
    answered = sorted((trial for trial in trials if not trial.refused), key=lambda trial: -trial.confidence)
    points, wrong = [], 0
    for count, trial in enumerate(answered, start=1):
        wrong += not trial.right
        if count == len(answered) or answered[count].confidence < trial.confidence:
            points.append(Point(trial.confidence, count / len(trials), wrong / count))
    return tuple(points)


def reliability(trials: Sequence[Trial]) -> tuple[Bin, ...]:
    """Sort questions, answered or not, into `BINS` of equal width by their confidence; empty bins are left out."""
    bins: dict[int, list[Trial]] = {}
    for trial in trials:
        bins.setdefault(min(int(trial.confidence * BINS), BINS - 1), []).append(trial)
    return tuple(
        Bin(
            sum(trial.confidence for trial in bins[number]) / len(bins[number]),
            share([trial.answerable for trial in bins[number]]),
        )
        for number in sorted(bins)
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share over all questions (expected calibration error)."""
    total = sum(one.share.n for one in bins)
    return sum(abs(one.confidence - (one.share.value or 0.0)) * one.share.n for one in bins) / total if total else 0.0
