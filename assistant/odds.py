"""Probabilities and the logarithms of their odds, in which evidence adds up."""

from __future__ import annotations

import math

_ALMOST = 1e-6


def logit(probability: float) -> float:
    """Return the logarithm of the odds, kept finite."""
    kept = min(max(probability, _ALMOST), 1 - _ALMOST)
    return math.log(kept / (1 - kept))


def probability(odds: float) -> float:
    """Return the probability (0..1) whose odds have this logarithm."""
    return 1 / (1 + math.exp(-odds))
