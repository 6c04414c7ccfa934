"""Shares with Wilson intervals, AUROC with a bootstrap interval, McNemar's test: scipy and scikit-learn do the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats
from sklearn.metrics import roc_auc_score

LEVEL = 0.95
SEED = 20261124  # of the bootstrap, so that the same trials give the same interval
RESAMPLES = 1000  # the usual number for percentile intervals; the ends then move by less than 0.002


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value, of how many cases, and its interval of 95 %. `value` is None when there was no case."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


def share(cases: Sequence[bool]) -> Measure:
    """Return the share of true cases with its Wilson interval."""
    if not cases:
        return Measure(None, 0)
    interval = stats.binomtest(sum(cases), len(cases)).proportion_ci(LEVEL, method="wilson")
    return Measure(sum(cases) / len(cases), len(cases), float(interval.low), float(interval.high))


def mean(values: Sequence[float]) -> Measure:
    """Return the mean, without an interval."""
    return Measure(float(np.mean(values)) if values else None, len(values))


def percentile(values: Sequence[float], percent: float) -> Measure:
    """Return the value that `percent` of all values do not exceed, without an interval."""
    return Measure(float(np.percentile(values, percent)) if values else None, len(values))


def auroc(positive: Sequence[float], negative: Sequence[float], *, interval: bool = True) -> Measure:
    """Return how often a positive case scores higher than a negative one (ties count half), 0.5 being chance.

    The interval is the percentile interval of a bootstrap that draws positive and negative cases apart.
    """
    count = len(positive) + len(negative)
    if not positive or not negative:
        return Measure(None, count)
    truth = np.repeat([1, 0], [len(positive), len(negative)])
    value = float(roc_auc_score(truth, np.concatenate([positive, negative])))
    if not interval or min(len(positive), len(negative)) < 2:  # noqa: PLR2004 - one case cannot be drawn anew
        return Measure(value, count)
    drawn = stats.bootstrap(
        (np.asarray(positive), np.asarray(negative)),
        _auroc_of,
        n_resamples=RESAMPLES,
        vectorized=True,
        method="percentile",
        confidence_level=LEVEL,
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Measure(value, count, float(drawn.low), float(drawn.high))


def _auroc_of(positive: np.ndarray, negative: np.ndarray, axis: int) -> Any:
    """Return the AUROC from ranks, for all resamples of a bootstrap at once: one by one they take seconds."""
    count, against = positive.shape[axis], negative.shape[axis]
    ranks = stats.rankdata(np.concatenate([positive, negative], axis=axis), axis=axis).take(range(count), axis=axis)
    return (ranks.sum(axis=axis) - count * (count + 1) / 2) / (count * against)


def mcnemar(gained: int, lost: int) -> float:
    """Return the exact two-sided p-value of McNemar's test for so many cases that changed one way and the other."""
    return float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
