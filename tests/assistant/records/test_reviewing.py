"""Verdicts and approvals are stored once, in order, on SQLite and PostgreSQL; the queue and the figures find them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assistant.records.database import Database
from assistant.records.kept import RecordsError
from assistant.records.reviewing import StoredReviews
from assistant.records.sources import quote_hash
from assistant.records.stored import StoredRecords
from assistant.records.tables import answers, cited, thumbs
from assistant.reviews.desk import Day, Flag, LibraryChange, Order, Page
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import (
    Approval,
    ApprovalState,
    ApprovalStep,
    Judgement,
    Verdict,
    judged_claim,
    sources_of,
)
from tests.assistant.records.conftest import NOON, Clock, answer_object, refusal

QUESTION = "Who has the bigger budget?"
MENU = "The Head Chef writes the menu."
ARTICLE = "head-chef-vs-sous-chef"


@pytest.fixture
def reviews(database: Database, clock: Clock) -> StoredReviews:
    return StoredReviews(database, clock)


def verdict(verdict_id: str, answer_id: str = "a1", **other: Any) -> Verdict:
    fields = {"judgement": Judgement.SUPPORTED, "reviewer": "Ada", "noted": NOON, "seconds": 4.5, **other}
    return Verdict(verdict_id, answer_id, 0, judged=judged_claim(answer_object(answer_id), 0), **fields)


def approval(approval_id: str, question: str = QUESTION, **other: Any) -> Approval:
    answer = answer_object("a1", question, **other)
    return Approval(approval_id, question, normal_form(question), answer, sources_of(answer), "Ada", NOON, "fine")


def numbers(page: Page) -> list[str]:
    return [item.answer_id for item in page.items]


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


def test_the_queue_finds_answers_by_each_flag_and_by_several(
    reviews: StoredReviews, records: StoredRecords, clock: Clock
) -> None:
    reviews.library_is({ARTICLE: [quote_hash(MENU)]})
    clock.now += timedelta(days=40)
    reviews.library_is({ARTICLE: [quote_hash(MENU)], "new": [quote_hash(MENU)]})
    records.keep(["q"], answer_object("plain"))
    records.keep(["q"], answer_object("unsure", confidence=0.2))
    records.keep(["q"], answer_object("fresh", article="new"))
    records.keep(["earlier", "disliked?"], answer_object("disliked", confidence=0.3))
    records.keep(["q"], refusal("refused", QUESTION))
    records.thumb("disliked", up=False, reason="wrong")
    records.thumb("plain", up=True)
    reviews.judge(verdict("v1", "plain"))
    assert numbers(reviews.queue()) == ["refused", "disliked", "fresh", "unsure", "plain"]
    assert numbers(reviews.queue([Flag.UNREVIEWED])) == ["disliked", "fresh", "unsure"]
    assert numbers(reviews.queue([Flag.THUMBS_DOWN])) == ["disliked"]
    assert numbers(reviews.queue([Flag.LOW_CONFIDENCE])) == ["disliked", "unsure"]
    assert numbers(reviews.queue([Flag.NEW_ARTICLE])) == ["fresh"]
    assert numbers(reviews.queue([Flag.LOW_CONFIDENCE, Flag.THUMBS_DOWN])) == ["disliked"]
    assert reviews.waiting() == {
        Flag.UNREVIEWED: 3, Flag.THUMBS_DOWN: 1, Flag.LOW_CONFIDENCE: 2, Flag.NEW_ARTICLE: 1, Flag.CHANGED_SOURCE: 0,
        Flag.REFUSED: 1,
    }  # fmt: skip
    (item,) = reviews.queue([Flag.THUMBS_DOWN]).items
    assert (item.question, item.thumb, item.thumb_reason, item.claims, item.judged) == (
        "disliked?",
        False,
        "wrong",
        1,
        0,
    )
    clock.now += timedelta(days=31)
    assert numbers(reviews.queue([Flag.NEW_ARTICLE])) == []


def test_pages_follow_each_other_though_answers_come_in_between(reviews: StoredReviews, records: StoredRecords) -> None:
    for number in range(5):
        records.keep(["q"], answer_object(str(number)))
    first = reviews.queue(limit=2)
    records.keep(["q"], answer_object("later"))
    second = reviews.queue(limit=2, below=first.below)
    third = reviews.queue(limit=2, below=second.below)
    assert [numbers(page) for page in (first, second, third)] == [["4", "3"], ["2", "1"], ["0"]]
    assert third.below is None


def test_figures_are_counted(reviews: StoredReviews, records: StoredRecords, clock: Clock) -> None:
    assert reviews.figures(NOON, lambda _: ()).share_answered is None
    records.keep(["q"], answer_object("a1"))
    clock.now += timedelta(hours=13)  # the next day
    records.keep(["q"], answer_object("a2"))
    for number in range(3):
        records.keep(["q"], refusal(f"pay {number}", "What does a chef earn?"))
    records.keep(["q"], refusal("dress", "What does a chef wear?"))
    records.keep(["q"], refusal("role", "What does a wizard earn?", "unknown_role"))
    for given in (
        verdict("v1"),
        verdict("v2", judgement=Judgement.WRONG_ROLE, seconds=8.5),
        verdict("v3", reviewer="Grace", seconds=6.0),
    ):
        reviews.judge(given)
    found = reviews.figures(NOON, lambda question: ["pay"] if "earn" in question else ["clothes", "chefs"])
    assert found.days == (Day(date(2026, 3, 1), 1, 1), Day(date(2026, 3, 2), 6, 1))
    assert found.share_answered == pytest.approx(2 / 7)
    assert found.refusals == (("topic_not_covered", 4), ("unknown_role", 1))
    assert found.uncovered_topics == (("pay", 3), ("chefs", 1), ("clothes", 1))
    assert found.verdicts == (("supported", 1), ("wrong_role", 1)), "the last of Ada's, and Grace's"
    assert found.seconds_per_claim == 6.0
    assert reviews.figures(clock.now, lambda _: ()).days == (Day(date(2026, 3, 2), 6, 1),)


def test_what_is_exported_and_read_in_elsewhere_is_the_same(
    reviews: StoredReviews, database: Database, clock: Clock
) -> None:
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


@pytest.mark.slow
def test_ten_thousand_answers_open_in_well_under_a_second(reviews: StoredReviews, database: Database) -> None:
    fill(database, 10_000)
    held = {f"article {number}": [quote_hash(f"quote {number}")] for number in range(0, 200, 2)}
    reviews.library_is({name: hashes for name, hashes in held.items() if name != "article 10"})
    reviews.library_is(held)
    for number in range(0, 10_000, 50):
        reviews.judge(verdict(f"v{number}", f"a{number}"))
    slowest: dict[str, float] = {}
    for flags in [(), *((flag,) for flag in Flag), (Flag.UNREVIEWED, Flag.THUMBS_DOWN)]:
        began = time.perf_counter()
        page = reviews.queue(flags)
        last = reviews.queue(flags, below=60)
        slowest[" ".join(flags) or "all"] = time.perf_counter() - began
        assert len(page.items) > 0
        assert len(last.items) < 60
    began = time.perf_counter()
    waiting = reviews.waiting()
    slowest["counts of all flags"] = time.perf_counter() - began
    began = time.perf_counter()
    reviews.figures(datetime(2020, 1, 1, tzinfo=UTC), lambda question: [question])
    slowest["figures"] = time.perf_counter() - began
    print(database.where, {name: f"{1000 * seconds:.0f} ms" for name, seconds in slowest.items()}, waiting)  # noqa: T201
    assert max(slowest.values()) < 1.0


def fill(database: Database, count: int) -> None:
    """Write answers as large as real ones, straight into the tables."""
    body = answer_object("x", markdown="word " * 400)
    rows = [
        {"number": number, "id": f"a{number}", "asked": NOON + timedelta(minutes=number),
         "understood": f"{number % 700}?",
         "outcome": "answered", "reason": "topic_not_covered" if number % 4 == 0 else None, "claims": number % 4,
         "confidence": number % 10 / 10, "turns": ["q"], "answer": body}
        for number in range(1, count + 1)
    ]  # fmt: skip
    sentences = [
        {"answer_number": number, "citation": 1, "article_id": f"article {number % 200}", "stands": True,
         "quote_hash": quote_hash(f"quote {number % 200}")}
        for number in range(1, count + 1)
    ]  # fmt: skip
    liked = [{"answer_number": n, "up": n % 90 != 0, "reason": "", "noted": NOON} for n in range(3, count + 1, 3)]
    with database.writing() as connection:
        for table, some in ((answers, rows), (cited, sentences), (thumbs, liked)):
            connection.execute(table.insert(), some)


def test_the_riskiest_comes_first_and_what_is_judged_goes_back(records: StoredRecords, reviews: StoredReviews) -> None:
    for name, confidence in (("sure", 0.9), ("unsure", 0.2), ("disliked", 0.9), ("judged", 0.1)):
        records.keep([QUESTION], answer_object(name, confidence=confidence))
    records.keep([QUESTION], refusal("refused", QUESTION))
    records.thumb("disliked", up=False)
    reviews.judge(verdict("v1", "judged"))
    whole = reviews.queue(order=Order.RISK)
    assert numbers(whole) == ["disliked", "unsure", "refused", "judged", "sure"]
    assert [item.flags for item in whole.items][:3] == [
        (Flag.UNREVIEWED, Flag.THUMBS_DOWN), (Flag.UNREVIEWED, Flag.LOW_CONFIDENCE), (Flag.REFUSED,),
    ]  # fmt: skip
    first = reviews.queue(limit=2, order=Order.RISK)
    assert numbers(reviews.queue(below=first.below, order=Order.RISK)) == ["refused", "judged", "sure"]
    assert numbers(reviews.queue([Flag.REFUSED])) == ["refused"]
    assert reviews.seconds_per_claim(NOON - timedelta(days=1)) == 4.5
    assert reviews.seconds_per_claim(NOON + timedelta(days=1)) is None
