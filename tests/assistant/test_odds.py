"""Probabilities become odds and odds probabilities, finite ones at both ends."""

from __future__ import annotations

import pytest

from assistant.odds import logit, probability


@pytest.mark.parametrize(("likely", "odds"), [(0.5, 0.0), (0.9, 2.197), (1.0, 13.8), (0.0, -13.8)])
def test_odds_stay_finite_and_lead_back(likely: float, odds: float) -> None:
    assert logit(likely) == pytest.approx(odds, abs=0.02)
    assert probability(logit(likely)) == pytest.approx(likely, abs=1e-5)
