"""Two lists of scores become one between 0 and 1."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.fusion import DENSE_WEIGHT, best_rows, cosines_of, fuse, scaled
from index.hits import Vectors

_FINITE = st.floats(-1000, 1000, width=32)
_SCORES = arrays.arrays(np.float32, st.integers(0, 30), elements=_FINITE)
_PAIRS = st.integers(0, 30).flatmap(lambda n: st.tuples(*[arrays.arrays(np.float32, n, elements=_FINITE)] * 2))


def _row(*values: float) -> Vectors:
    return np.array(values, dtype=np.float32)


def test_vectors_are_compared_by_the_thread_that_asks_alone() -> None:
    vectors = np.random.default_rng(1).normal(size=(20_000, 384)).astype(np.float32)
    assert cosines_of(vectors, vectors[7]) == pytest.approx(vectors @ vectors[7], rel=1e-4, abs=1e-3)
    everybody, this_thread = time.process_time(), time.thread_time()
    for row in range(50):
        cosines_of(vectors, vectors[row])
    everybody, this_thread = time.process_time() - everybody, time.thread_time() - this_thread
    assert everybody < 1.2 * this_thread, "threads that share the work wait for each other on a busy machine"


def test_the_best_of_both_searches_scores_one_and_the_worst_zero() -> None:
    assert fuse(_row(0.9, 0.1, 0.5), _row(8, 0, 4)).tolist() == pytest.approx([1.0, 0.0, 0.5])


@pytest.mark.parametrize("same", [0.0, 0.7, -1.0])
def test_equal_scores_tell_nothing(same: float) -> None:
    assert scaled(_row(same, same, same)).tolist() == [0, 0, 0]


def test_scores_that_differ_by_rounding_tell_nothing() -> None:
    assert scaled(_row(0.7, 0.7 + 5e-7, 0.7)).tolist() == [0, 0, 0]
    assert scaled(_row(0.7, 0.7 + 5e-6, 0.7)).tolist() == [0, 1, 0]


def test_equal_keyword_scores_leave_the_order_to_the_vectors() -> None:
    assert fuse(_row(0.2, 0.8), _row(3, 3)).tolist() == pytest.approx([0.0, DENSE_WEIGHT])


@pytest.mark.parametrize(("weight", "expected"), [(1.0, [1, 0]), (0.0, [0, 1]), (0.5, [0.5, 0.5])])
def test_the_weight_decides_between_the_searches(weight: float, expected: list[float]) -> None:
    assert fuse(_row(0.9, 0.1), _row(0, 5), weight).tolist() == pytest.approx(expected)


def test_no_candidates_give_no_scores() -> None:
    assert fuse(_row(), _row()).size == 0


@given(_SCORES)
def test_scaling_keeps_the_order_and_the_bounds(scores: Vectors) -> None:
    result = scaled(scores)
    assert result.shape == scores.shape
    assert ((result >= 0) & (result <= 1)).all()
    assert (np.diff(result[np.argsort(scores, kind="stable")]) >= 0).all()


@given(_PAIRS)
def test_a_fused_score_lies_between_zero_and_one(pair: tuple[Vectors, Vectors]) -> None:
    result = fuse(*pair)
    assert ((result >= 0) & (result <= 1 + 1e-6)).all()


@given(
    scores=arrays.arrays(np.float32, st.integers(0, 30), elements=st.sampled_from([-1, 0, 0.5, 2])),
    limit=st.integers(0, 40),
)
def test_the_best_rows_are_those_that_sorting_all_of_them_gives(scores: Vectors, limit: int) -> None:
    in_order = sorted(range(len(scores)), key=lambda row: (-scores[row], row))
    assert best_rows(scores, limit).tolist() == in_order[:limit]
