"""Every measure of seven trials, worked out by hand."""

from __future__ import annotations

import pytest

from assistant.evaluation.metrics import METRICS, measure, measure_kinds
from assistant.evaluation.statistics import Measure
from corpus.bank import Kind
from tests.assistant.evaluation.cases import TRIALS

MEASURES = {
    "hit": (2 / 4, 4),
    "hit_answered": (2 / 3, 3),
    "full": (1 / 4, 4),
    "full_answered": (1 / 3, 3),
    "strict": (2 / 4, 4),  # the sentence cited for an unanswerable question does not count
    "paragraph": (3 / 4, 4),
    "role": (2 / 3, 3),  # one of four was cited where the row names no role
    "miss_on_topic": (1 / 1, 1),
    "answerable_refused": (1 / 4, 4),
    "unanswerable_refused": (2 / 3, 3),
    "near_refused": (1 / 2, 2),
    "general_refused": (1 / 1, 1),
    "auroc": (10 / 12, 7),  # 0.9 and 0.8 beat 0.2, 0.7 and 0.1; 0.6 and 0.3 beat two of them
    "auroc_near": (6 / 8, 6),
    "citations": (5 / 4, 4),
    "seconds_p50": (0.6, 7),  # of 0.1 0.2 0.3 0.6 0.7 0.8 0.9
    "seconds_p95": (0.87, 7),  # seven tenths of the way from the sixth to the seventh
}


@pytest.mark.parametrize("name", [metric.name for metric in METRICS])
def test_a_measure_is_what_it_is_by_hand(name: str) -> None:
    found = measure(TRIALS)[name]
    assert (found.value, found.n) == (pytest.approx(MEASURES[name][0]), MEASURES[name][1])


def test_a_share_has_its_wilson_interval() -> None:
    found = measure(TRIALS)["hit"]
    assert (found.low, found.high) == (pytest.approx(0.1500, abs=1e-4), pytest.approx(0.8500, abs=1e-4))


def test_each_kind_is_measured_by_itself() -> None:
    kinds = measure_kinds(TRIALS)
    assert list(kinds) == [Kind.DIRECT, Kind.PARAPHRASE, Kind.UNANSWERABLE, Kind.GENERAL]
    assert kinds[Kind.DIRECT]["hit"].value == 1.0
    assert kinds[Kind.PARAPHRASE]["hit"].value == 0.0
    assert kinds[Kind.UNANSWERABLE]["unanswerable_refused"].value == 0.5
    assert kinds[Kind.GENERAL]["hit"] == Measure(None, 0)


def test_a_measure_of_nothing_is_none_and_not_zero() -> None:
    assert {found.value for found in measure(()).values()} == {None}
