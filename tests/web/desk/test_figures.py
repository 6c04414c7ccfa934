"""The figures are those of the record, the charts start at zero, reviewers are compared, and verdicts are tests."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.evaluation.reviewed import outcomes, report
from assistant.render import to_object
from assistant.reviews.agreement import agreement, kappa
from assistant.reviews.nouns import Judgement
from assistant.web.desk.drawing import HEIGHT, Bar, chart
from tests.web.desk.conftest import BUDGET, Desk
from tests.web.desk.judging import PATH, judged

YES, NO = Judgement.SUPPORTED, Judgement.NOT_SUPPORTED


def test_the_figures_count_what_was_asked_refused_and_found(desk: Desk) -> None:
    judged(desk)
    desk.asked("What about quantum gravity?", "b" * 32)
    page = " ".join(re.sub(r"<[^>]+>", " ", desk.page("/review/figures?days=7")).split())
    assert "Questions 2 Answered 50 % Refused 1" in page
    assert "off topic 1" in page
    assert "Wrong role 1" in page
    assert "=HYPERLINK(1) and Anna 1 claim 0 %" in page
    assert "The axis starts at zero" in desk.page("/review/figures?days=nonsense")


def test_an_empty_desk_has_figures_too(desk: Desk) -> None:
    assert "Nothing was refused" in desk.page("/review/figures")


@pytest.mark.parametrize("wholes", [[], [0], [1], [3, 1, 2], [99, 1], [12345, 1, 0], [7] * 90])
def test_a_chart_starts_at_zero_and_its_columns_are_in_proportion(wholes: list[int]) -> None:
    drawn = chart([Bar(str(whole), whole, whole // 2) for whole in wholes])
    zero, *_, top = drawn.ticks
    assert zero == (drawn.base, "0")
    span = drawn.base - top[0]
    for column, whole in zip(drawn.columns, wholes, strict=True):
        assert column.y + column.height == pytest.approx(drawn.base, abs=0.11)
        assert column.height == pytest.approx(span * whole / int(top[1].replace(",", "")), abs=0.11)
        assert 0 <= column.y <= HEIGHT
    assert sum(bool(column.label) for column in drawn.columns) <= 8


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15, 0.4),  # a textbook's example
        ([(YES, YES), (NO, NO)], 1.0),
        ([(YES, NO), (NO, YES)], -1.0),
        ([(YES, YES)] * 3, None),
    ],
)
def test_kappa_is_what_cohen_says(pairs: list[tuple[Judgement, Judgement]], expected: float | None) -> None:
    from sklearn.metrics import cohen_kappa_score

    found = kappa(pairs)
    assert found == (expected if expected is None else pytest.approx(expected))
    if expected is not None:
        assert found == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


def test_the_last_word_of_each_reviewer_counts(desk: Desk) -> None:
    judged(desk)
    desk.another("=HYPERLINK(1)").send(f"{PATH}/claims/0", judgement="supported")
    (pair,) = agreement(desk.reviews.every_verdict())
    assert (pair.on_refusals, pair.count, pair.equal, pair.kappa) == (False, 1, 1.0, None)


def test_verdicts_are_tests_of_the_assistant(desk: Desk) -> None:
    answer = desk.asked()
    desk.send(f"{PATH}/claims/0", judgement="supported", keep="1")
    desk.send(f"{PATH}/claims/1", judgement="wrong_role", keep="1")
    found, disputed = outcomes(desk.reviews, desk.assistant)
    assert ([one.met for one in found], disputed) == ([True, False], 0)
    said = list(report(found, disputed, desk.reviews))
    assert said[0] == "1 questions that reviewers judged, asked again"
    assert said[-1].startswith(f"FAILED {BUDGET!r}: still cited, though wrong_role")

    class Forgetful:
        def answer(self, turns: object) -> Answer:
            whole = desk.assistant.answer([BUDGET])
            return replace(whole, claims=whole.claims[1:])

    found, _ = outcomes(desk.reviews, Forgetful())
    assert [one.met for one in found] == [False, False]
    desk.another("Bert").send(f"{PATH}/claims/1", judgement="supported", keep="1")
    assert outcomes(desk.reviews, desk.assistant)[1] == 1
    desk.send(f"{PATH}/claims/1", judgement="supported", keep="1")
    desk.send(f"{PATH}/approve")
    found, disputed = outcomes(desk.reviews, desk.assistant)
    assert (len(found), all(one.met for one in found), disputed) == (len(answer["citations"]), True, 0)


def test_an_approval_that_a_later_one_replaces_is_no_test_any_more(desk: Desk) -> None:
    desk.asked()
    desk.send(f"{PATH}/approve")
    later = {**to_object(desk.assistant.answer(["How big are the teams?"])), "id": "b" * 32}
    desk.records.keep([BUDGET], {**later, "standalone_question": BUDGET})
    desk.send("/review/answers/" + "b" * 32 + "/approve")
    found, _ = outcomes(desk.reviews, desk.assistant)
    assert {one.expected.cited for one in found} == {(each["article_id"], each["quote"]) for each in later["citations"]}
    last = list(desk.reviews.approvals())[-1]
    desk.send(f"/review/approved/{last.approval.id}/withdraw")
    assert outcomes(desk.reviews, desk.assistant) == ((), 0)
