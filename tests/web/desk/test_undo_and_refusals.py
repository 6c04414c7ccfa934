"""A verdict is taken back by a further row, and a refusal is judged as a whole; both count everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.evaluation.reviewed import outcomes, report
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.render import to_object
from assistant.reviews.agreement import agreement
from assistant.reviews.desk import Flag
from assistant.reviews.exchange import csv_lines, json_lines, take_in
from assistant.reviews.nouns import Judgement
from tests.web.desk.conftest import BUDGET, Desk
from tests.web.desk.test_articles import words_of

PATH = "/review/answers/" + "a" * 32
GRAVITY = "What about quantum gravity?"


def judge(desk: Desk, judgement: str, claim: int = 0, **form: str) -> Any:
    answer = desk.send(f"{PATH}/claims/{claim}", script=True, judgement=judgement, keep="1", **form)
    assert answer.status_code == 200, answer.text
    return answer.json()


def undo(desk: Desk, told: dict[str, Any]) -> Any:
    return desk.send(f"{PATH}/undo", script=True, undoes=told["undo"]["id"]).json()


def test_the_last_verdict_is_undone_first_and_the_one_before_counts_again(desk: Desk) -> None:
    desk.asked()
    judge(desk, "supported")
    judge(desk, "outdated")
    told = judge(desk, "wrong_role", claim=1)
    assert (told["undo"]["said"], told["undone"]) == ("Claim 2, Wrong role", "")
    told = undo(desk, told)
    assert (told["claim"], told["mine"], told["undone"]) == (1, None, "Undone: Claim 2, Wrong role.")
    assert "Undone: Claim 2, Wrong role." in desk.page(PATH)
    told = undo(desk, told)
    assert (told["claim"], told["mine"]["label"], told["undone"]) == (0, "Supported", "Undone: Claim 1, Outdated.")
    told = undo(desk, told)
    assert (told["mine"], told["undo"]) == (None, None)
    assert [one.judgement.value for one in desk.reviews.verdicts_on("a" * 32)] == [
        "supported", "outdated", "wrong_role", "undone", "undone", "undone",
    ]  # fmt: skip
    assert "You:" not in desk.page(PATH)
    judge(desk, "supported")
    assert "Undone" not in words_of(desk.page(PATH))


def test_an_undo_that_is_sent_twice_takes_back_one_verdict(desk: Desk) -> None:
    desk.asked()
    judge(desk, "supported")
    told = judge(desk, "outdated", id="c" * 32)
    for _ in range(2):
        assert undo(desk, told)["mine"]["label"] == "Supported"
    assert judge(desk, "outdated", id="c" * 32)["mine"]["label"] == "Outdated", "the old page, and pressed again"
    assert len(desk.reviews.verdicts_on("a" * 32)) == 4


def test_nobody_undoes_the_verdict_of_another(desk: Desk) -> None:
    desk.asked()
    told = judge(desk, "supported")
    bert = desk.another("Bert")
    assert bert.send(f"{PATH}/undo", undoes=told["undo"]["id"]).status_code == 404
    assert bert.send(f"{PATH}/undo").status_code == 404
    assert len(desk.reviews.verdicts_on("a" * 32)) == 1


def test_what_was_undone_counts_nowhere(desk: Desk) -> None:
    desk.asked()
    bert = desk.another("Bert")
    judge(bert, "supported")
    undo(desk, judge(desk, "outdated", seconds="99"))
    assert agreement(desk.reviews.every_verdict()) == ()
    assert "outdated" not in desk.send(f"{PATH}/approve").text
    assert [item.judged for item in desk.reviews.queue().items] == [1]
    page = words_of(desk.page("/review/figures"))
    assert "Supported 1 Wrong role 0 Not supported 0 Outdated 0" in page
    assert outcomes(desk.reviews, desk.assistant)[1] == 0
    undo(bert, judge(bert, "wrong_role"))
    assert [item.judged for item in desk.reviews.queue([Flag.UNREVIEWED]).items] == [1]


def test_a_refusal_is_judged_with_a_reason_and_leaves_the_queue(desk: Desk) -> None:
    desk.asked(GRAVITY)
    page = words_of(desk.page(PATH))
    assert "1 Refused rightly 2 Should have answered" in page
    assert "Approve the whole answer" not in page
    assert desk.reviews.waiting()[Flag.UNREVIEWED] == 1
    told = judge(desk, "should_have_answered", reason="an article answers it", note="see the physicist")
    assert told["undo"]["said"] == "The refusal, Should have answered"
    (verdict,) = desk.reviews.verdicts_on("a" * 32)
    assert (verdict.judgement, verdict.claim, verdict.question) == (Judgement.SHOULD_ANSWER, 0, GRAVITY)
    assert verdict.judged.text == "The articles do not answer this."
    assert (verdict.reason, verdict.note) == ("an article answers it", "see the physicist")
    assert desk.reviews.waiting()[Flag.UNREVIEWED] == 0
    assert "You: Should have answered , an article answers it" in words_of(desk.page(PATH))
    assert "Should have answered 1" in words_of(desk.page("/review/figures"))
    assert "judged" in words_of(desk.page("/review"))
    assert desk.reviews.seconds_per_claim(verdict.noted) is None, "it is no claim"
    assert undo(desk, told)["undone"] == "Undone: The refusal, Should have answered."
    for judgement, status in (("supported", 422), ("refused_rightly", 303)):
        assert desk.send(f"{PATH}/claims/0", judgement=judgement).status_code == status
    assert desk.send(f"{PATH}/claims/1", judgement="refused_rightly").status_code == 404


def test_reviewers_agree_about_refusals_apart_from_claims(desk: Desk) -> None:
    desk.asked(GRAVITY)
    judge(desk, "refused_rightly")
    judge(desk.another("Bert"), "should_have_answered")
    (pair,) = agreement(desk.reviews.every_verdict())
    assert (pair.reviewers, pair.on_refusals, pair.count, pair.equal) == (("Anna", "Bert"), True, 1, 0.0)
    assert "Anna and Bert 1 refusal 0 %" in words_of(desk.page("/review/figures"))


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_both_are_taken_away_and_brought_back(desk: Desk, tmp_path: Path, kind: str) -> None:
    desk.asked(GRAVITY)
    undo(desk, judge(desk, "refused_rightly"))
    judge(desk, "should_have_answered")
    lines = csv_lines if kind == "csv" else json_lines
    text = "".join(lines(desk.reviews))
    other = open_database(tmp_path / "other", None)
    assert take_in(StoredReviews(other), text) == (3, 0)
    assert "".join(lines(StoredReviews(other))) == text
    assert list(StoredReviews(other).every_verdict()) == list(desk.reviews.every_verdict())
    other.close()


@pytest.mark.parametrize(
    ("judgement", "answering", "met", "line"),
    [
        ("refused_rightly", False, True, "right refusals refused again: 1.000"),
        ("refused_rightly", True, False, f"FAILED {GRAVITY!r}: now answered, though refused_rightly"),
        ("should_have_answered", False, False, f"FAILED {GRAVITY!r}: still refused, though should_have_answered"),
        ("should_have_answered", True, True, "wrong refusals answered now: 1.000"),
    ],
)
def test_judged_refusals_are_tests_of_the_assistant(
    desk: Desk, judgement: str, answering: bool, met: bool, line: str
) -> None:
    desk.asked(GRAVITY)
    judge(desk, judgement)

    class Learned:
        def answer(self, turns: list[str]) -> Answer:
            return desk.assistant.answer([BUDGET] if answering else turns)

    found, disputed = outcomes(desk.reviews, Learned())  # type: ignore[arg-type]
    assert [one.met for one in found] == [met]
    assert any(said.startswith(line) for said in report(found, disputed, desk.reviews))


def test_a_refusal_that_reviewers_disagree_about_is_left_out(desk: Desk) -> None:
    desk.asked(GRAVITY)
    judge(desk, "refused_rightly")
    judge(desk.another("Bert"), "should_have_answered")
    assert outcomes(desk.reviews, desk.assistant) == ((), 1)
    undo(desk, judge(desk, "refused_rightly"))
    given = to_object(desk.assistant.answer([BUDGET]))
    later = {**given, "id": "b" * 32, "standalone_question": GRAVITY}
    desk.records.keep([GRAVITY], later)
    desk.send("/review/answers/" + "b" * 32 + "/claims/0", judgement="supported", keep="1")
    found, disputed = outcomes(desk.reviews, desk.assistant)
    assert disputed == 1, "Anna first found it refused rightly, then an article came and an answer was right"
    assert {one.expected.cited is None for one in found} == {False}
