"""Verdicts and approvals are stored once, in order, on SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.records.kept import RecordsError
from assistant.records.reviewing import StoredReviews
from assistant.records.sources import quote_hash
from assistant.records.stored import StoredRecords
from assistant.reviews.desk import Flag, LibraryChange
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import (
    ApprovalState,
    ApprovalStep,
    Judgement,
)
from tests.assistant.records.conftest import NOON, Clock, answer_object
from tests.assistant.records.judging import ARTICLE, MENU, QUESTION, approval, numbers, verdict


def test_a_verdict_comes_back_with_the_claim_it_is_on(reviews: StoredReviews) -> None:
    given = verdict("v1", reason="r\x00", note="n \ud800 é", question="kept as a test", judgement=Judgement.OUTDATED)
    assert reviews.judge(given)
    assert reviews.verdicts_on("a1") == (given,)
    assert given.judged.sources[0].quote == MENU
    assert reviews.verdicts_on("a2") == ()


def test_a_verdict_sent_twice_is_stored_once_and_an_id_used_for_another_is_refused(reviews: StoredReviews) -> None:
    assert [reviews.judge(verdict("v1")), reviews.judge(verdict("v1"))] == [True, False]
    with pytest.raises(RecordsError, match="The id 'v1' was used for another Verdict"):
        reviews.judge(verdict("v1", judgement=Judgement.WRONG_ROLE))
    assert reviews.verdicts_on("a1") == (verdict("v1"),)
    later = NOON + timedelta(seconds=2)
    assert not reviews.judge(verdict("v1", noted=later, seconds=6.5)), "the same press, sent again"
    assert reviews.verdicts_on("a1")[0].noted == NOON


def test_a_verdict_takes_back_another_or_none_and_says_so() -> None:
    for fields in ({"judgement": Judgement.UNDONE}, {"undoes": "v1"}):
        with pytest.raises(ValueError, match="do not go together"):
            verdict("v2", **fields)


def test_corrections_and_second_reviewers_are_further_verdicts(reviews: StoredReviews) -> None:
    given = (verdict("v1"), verdict("v2", judgement=Judgement.NOT_SUPPORTED), verdict("v3", reviewer="Grace"))
    for each in given:
        reviews.judge(each)
    assert reviews.verdicts_on("a1") == given


def test_two_reviewers_at_once_are_both_kept_and_a_double_click_is_one(reviews: StoredReviews) -> None:
    stored: list[bool] = []

    def work(reviewer: str, verdict_id: str) -> None:
        stored.append(reviews.judge(verdict(verdict_id, reviewer=reviewer)))

    clicks = [("Ada", "v1"), ("Ada", "v1"), ("Grace", "v2"), ("Grace", "v2")] * 3
    threads = [threading.Thread(target=work, args=click) for click in clicks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(stored) == {True: 2, False: 10}
    assert {each.reviewer for each in reviews.verdicts_on("a1")} == {"Ada", "Grace"}


def test_an_approval_stands_until_it_is_withdrawn_and_may_stand_again(reviews: StoredReviews) -> None:
    given = approval("p1")
    assert [reviews.approve(given), reviews.approve(given)] == [True, False]
    form = normal_form("  who has the BIGGER budget")
    steps = [
        ApprovalStep("s1", "p1", ApprovalState.WITHDRAWN, "Grace", NOON + timedelta(hours=1), "wrong"),
        ApprovalStep("s2", "p1", ApprovalState.APPROVED, "Ada", NOON + timedelta(hours=2)),
    ]
    seen = []
    for step in (None, *steps):
        assert step is None or [reviews.take_step(step), reviews.take_step(step)] == [True, False]
        standing = reviews.approval_of(form)
        assert standing is not None
        assert standing.approval == given
        seen.append((standing.state, standing.since))
    assert seen == [
        (ApprovalState.APPROVED, NOON),
        (ApprovalState.WITHDRAWN, NOON + timedelta(hours=1)),
        (ApprovalState.APPROVED, NOON + timedelta(hours=2)),
    ]
    assert [step.id for step in reviews.every_step()] == ["p1", "s1", "s2"]
    assert reviews.approval_of("another question") is None
    with pytest.raises(RecordsError, match="no approval 'p9'"):
        reviews.take_step(ApprovalStep("s3", "p9", ApprovalState.WITHDRAWN, "Ada", NOON))
    with pytest.raises(RecordsError, match="used for another Approval"):
        reviews.approve(replace(given, note="other"))


def test_the_last_approval_of_a_question_counts(reviews: StoredReviews) -> None:
    for name in ("p1", "p2"):
        reviews.approve(approval(name))
    reviews.take_step(ApprovalStep("s1", "p2", ApprovalState.WITHDRAWN, "Ada", NOON))
    standing = reviews.approval_of(normal_form(QUESTION))
    assert standing is not None
    assert (standing.approval.id, standing.state) == ("p2", ApprovalState.WITHDRAWN)
    assert [each.approval.id for each in reviews.approvals()] == ["p1", "p2"]
    assert [each.approval.id for each in reviews.approvals(ApprovalState.APPROVED)] == ["p1"]


def test_a_changed_sentence_expires_approvals_and_flags_answers(
    reviews: StoredReviews, records: StoredRecords, clock: Clock
) -> None:
    records.keep(["q"], answer_object("a1"))
    records.keep(["q"], answer_object("a2", quote="Another sentence.", article="other"))
    reviews.approve(approval("p1"))
    reviews.approve(approval("p2", "Another?", quote="Another sentence.", article="other"))
    held = {ARTICLE: [quote_hash(MENU)], "other": [quote_hash("Another sentence.")]}
    assert reviews.library_is(held) == LibraryChange(0, 0, (), ())
    clock.now += timedelta(days=1)
    changed = {**held, ARTICLE: [quote_hash("The Head Chef writes the menu!")], "new": [quote_hash(MENU)]}
    assert reviews.library_is(changed) == LibraryChange(1, 0, ("p1",), ("new",))
    assert reviews.library_is(changed) == LibraryChange(0, 0, (), ())
    assert numbers(reviews.queue([Flag.CHANGED_SOURCE])) == ["a1"]
    assert {each.approval.id: (each.state, each.since) for each in reviews.approvals()} == {
        "p1": (ApprovalState.EXPIRED, clock.now),
        "p2": (ApprovalState.APPROVED, NOON),
    }
    assert reviews.library_is(held) == LibraryChange(0, 1, (), ())
    assert numbers(reviews.queue([Flag.CHANGED_SOURCE])) == []
    standing = reviews.approval_of(normal_form(QUESTION))
    assert standing is not None
    assert standing.state is ApprovalState.EXPIRED, "a person looks at it again"


def test_what_is_exported_is_what_was_given_and_read_in_again_changes_nothing(reviews: StoredReviews) -> None:
    given = [verdict(f"v{number}", f"a{number % 3}", note=f"note {number}") for number in range(7)]
    for each in given:
        reviews.judge(each)
    assert list(reviews.every_verdict()) == given
    assert [reviews.judge(each) for each in reviews.every_verdict()] == [False] * 7


def test_verdicts_outlive_their_answer_unless_that_is_deleted_by_hand(
    reviews: StoredReviews, records: StoredRecords, clock: Clock
) -> None:
    for name in ("a1", "a2", "a3"):
        records.keep(["q"], answer_object(name))
        reviews.judge(verdict(f"on {name}", name))
    reviews.approve(approval("p1"))
    assert records.forget("a2")
    assert reviews.verdicts_on("a2") == ()
    records.forget_before(clock.now + timedelta(days=1))
    assert len(list(reviews.every_verdict())) == 2
    assert records.forget("a1"), "the verdict was left"
    records.forget_all()
    assert list(reviews.every_verdict()) == []
    assert [each.approval.id for each in reviews.approvals()] == ["p1"]
