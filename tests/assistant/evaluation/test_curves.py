from __future__ import annotations

import pytest

from assistant.evaluation.curves import calibration_error, reliability, risk_coverage
from tests.assistant.evaluation.cases import EVIDENCE, TRIALS, WRONG, trial, unanswerable


def test_answering_more_costs_what_it_costs_by_hand() -> None:
    points = [(one.confidence, one.coverage, one.risk) for one in risk_coverage(TRIALS)]
    assert points == [(0.9, 1 / 7, 0.0), (0.8, 2 / 7, 0.0), (0.7, 3 / 7, 1 / 3), (0.6, 4 / 7, 2 / 4)]


def test_answers_of_the_same_confidence_cannot_be_given_apart() -> None:
    (point,) = risk_coverage([trial("a", 0.5, EVIDENCE), trial("b", 0.5, WRONG)])
    assert (point.coverage, point.risk) == (1.0, 0.5)


def test_nothing_answered_is_no_curve() -> None:
    assert risk_coverage([trial("a", 0.2)]) == ()
    assert risk_coverage([]) == ()


def test_a_bin_says_how_many_of_its_questions_are_answerable() -> None:
    bins = reliability([trial("a", 0.92), trial("b", 1.0), unanswerable("c", 0.96), unanswerable("d", 0.05)])
    assert [(one.confidence, one.share.value, one.share.n) for one in bins] == [
        (0.05, 0.0, 1),
        (pytest.approx(0.96), 2 / 3, 3),
    ]
    assert calibration_error(bins) == pytest.approx((0.05 + 3 * (0.96 - 2 / 3)) / 4)


def test_a_confidence_that_is_always_right_has_no_error() -> None:
    assert calibration_error(reliability([trial("a", 1.0), unanswerable("b", 0.0)])) == 0.0
    assert calibration_error(()) == 0.0
