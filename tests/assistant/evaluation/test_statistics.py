from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.statistics import Measure, auroc, mcnemar, mean, percentile, share

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9]), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("true", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 100, 0.7222, 0.8749)],
)
def test_wilson_intervals_as_the_formula_gives_them(true: int, n: int, low: float, high: float) -> None:
    found = share([True] * true + [False] * (n - true))
    assert (found.value, found.n) == (true / n, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_nothing_measured_is_none() -> None:
    nothing = Measure(None, 0)
    assert (share([]), mean([]), percentile([], 50), auroc([], [])) == (nothing, nothing, nothing, nothing)
    assert auroc([0.5], []) == Measure(None, 1)


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in positive for b in negative]
    assert auroc(positive, negative, interval=False).value == pytest.approx(sum(pairs) / len(pairs))


def test_the_interval_of_auroc_holds_its_value_and_repeats() -> None:
    positive, negative = [0.9, 0.8, 0.7, 0.4, 0.6] * 8, [0.1, 0.5, 0.65, 0.3] * 8
    found = auroc(positive, negative)
    assert found == auroc(positive, negative)
    assert found.value == pytest.approx(17 / 20)
    assert found.low is not None
    assert found.high is not None
    assert 0.7 < found.low < 17 / 20 < found.high < 0.95


@pytest.mark.parametrize(("gained", "lost", "p"), [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 2 / 1024), (1, 3, 10 / 16)])
def test_mcnemar_is_exact(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)
