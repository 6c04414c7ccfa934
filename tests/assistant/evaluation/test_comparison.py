from __future__ import annotations

import pytest

from assistant.evaluation.comparison import Change, compare, comparison_text
from assistant.evaluation.selection import Choice, LibraryChoice
from corpus.bank import Split
from tests.assistant.evaluation.cases import EVIDENCE, TRIALS, WRONG, record, trial, unanswerable

AFTER = (
    TRIALS[0],
    trial("half", 0.8, EVIDENCE, EVIDENCE, expected=("Bees are kept.", "Wasps are not.")),
    trial("elsewhere", 0.6, EVIDENCE, kind=TRIALS[2].kind),
    trial("silent", 0.5, WRONG, kind=TRIALS[3].kind),
    TRIALS[4],
    unanswerable("near, answered", 0.1),
    TRIALS[6],
)
COMPARED = compare(record(), record(*AFTER))


def test_the_questions_that_changed_are_found_and_no_others() -> None:
    assert COMPARED.changes == (
        Change("half", "hit", "full"),
        Change("elsewhere", "missed", "full"),
        Change("silent", "refused", "missed"),
        Change("near, answered", "answered", "refused"),
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [("hit", 1 / 4), ("full", 2 / 4), ("answerable_refused", -1 / 4), ("unanswerable_refused", 1 / 3)],
)
def test_the_difference_of_a_measure(name: str, change: float) -> None:
    (found,) = (one for one in COMPARED.differences if one.name == name)
    assert found.change == pytest.approx(change)


def test_pairs_are_counted_both_ways() -> None:
    counted = {one.label: (one.gained, one.lost, one.n, one.p) for one in COMPARED.paired}
    assert counted == {
        "hit": (1, 0, 4, 1.0),
        "full": (2, 0, 4, pytest.approx(0.5)),
        "unanswerable, refused": (1, 0, 3, 1.0),
        "answerable, refused": (0, 1, 4, 1.0),
    }


def test_only_what_both_runs_asked_is_compared_and_that_is_said() -> None:
    after = record(
        *AFTER[:3],
        choice=Choice(Split.TEST, library=LibraryChoice.WHOLE),
        encoder="words-2",
        articles={"a": "1", "b": "new"},
    )
    compared = compare(record(), after)
    assert compared.common == 3
    assert compared.remarks == (
        "4 questions were asked only before",
        "the library was split before, now whole",
        "1 articles are other ones or have changed",
        "the encoder was words-1 before, now words-2",
    )


def test_the_text_names_changed_questions_under_what_became_of_them() -> None:
    text = comparison_text(COMPARED)
    assert "missed -> full (1)\n  elsewhere" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_run_compared_with_itself_shows_no_change() -> None:
    same = compare(record(), record())
    assert (same.changes, same.remarks) == ((), ())
    assert {one.change for one in same.differences} == {0.0}
    assert {one.p for one in same.paired} == {1.0}
