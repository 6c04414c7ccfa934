"""The queue finds what to look at, the riskiest first, and the figures are counted, on SQLite and PostgreSQL."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.records.database import Database
from assistant.records.reviewing import StoredReviews
from assistant.records.sources import quote_hash
from assistant.records.stored import StoredRecords
from assistant.records.tables import answers, cited, thumbs
from assistant.reviews.desk import Day, Flag, Order
from assistant.reviews.nouns import (
    Judgement,
)
from tests.assistant.records.conftest import NOON, Clock, answer_object, refusal
from tests.assistant.records.judging import ARTICLE, MENU, QUESTION, numbers, verdict
from tests.figures import Note


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
    assert numbers(reviews.queue([Flag.UNREVIEWED])) == ["refused", "disliked", "fresh", "unsure"]
    assert numbers(reviews.queue([Flag.THUMBS_DOWN])) == ["disliked"]
    assert numbers(reviews.queue([Flag.LOW_CONFIDENCE])) == ["disliked", "unsure"]
    assert numbers(reviews.queue([Flag.NEW_ARTICLE])) == ["fresh"]
    assert numbers(reviews.queue([Flag.LOW_CONFIDENCE, Flag.THUMBS_DOWN])) == ["disliked"]
    assert reviews.waiting() == {
        Flag.UNREVIEWED: 4, Flag.THUMBS_DOWN: 1, Flag.LOW_CONFIDENCE: 2, Flag.NEW_ARTICLE: 1, Flag.CHANGED_SOURCE: 0,
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
    assert reviews.figures(NOON, lambda _: ()).days == ()
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
    assert found.refusals == (("topic_not_covered", 4), ("unknown_role", 1))
    assert found.uncovered_topics == (("pay", 3), ("chefs", 1), ("clothes", 1))
    assert found.verdicts == (("supported", 1), ("wrong_role", 1)), "the last of Ada's, and Grace's"
    assert found.seconds_per_claim == 6.0
    assert reviews.figures(clock.now, lambda _: ()).days == (Day(date(2026, 3, 2), 6, 1),)


@pytest.mark.slow
@pytest.mark.alone
def test_ten_thousand_answers_open_in_well_under_a_second(
    reviews: StoredReviews, database: Database, figure: Note
) -> None:
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
    figure("slowest view of 10,000 answers, s", round(max(slowest.values()), 2), "less than 1")
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
        (Flag.UNREVIEWED, Flag.THUMBS_DOWN), (Flag.UNREVIEWED, Flag.LOW_CONFIDENCE),
        (Flag.UNREVIEWED, Flag.REFUSED),
    ]  # fmt: skip
    first = reviews.queue(limit=2, order=Order.RISK)
    assert numbers(reviews.queue(below=first.below, order=Order.RISK)) == ["refused", "judged", "sure"]
    assert numbers(reviews.queue([Flag.REFUSED])) == ["refused"]
    assert reviews.seconds_per_claim(NOON - timedelta(days=1)) == 4.5
    assert reviews.seconds_per_claim(NOON + timedelta(days=1)) is None


def test_what_was_undone_is_not_judged_and_not_counted(records: StoredRecords, reviews: StoredReviews) -> None:
    records.keep([QUESTION], answer_object("a1"))
    records.keep([QUESTION], refusal("a2", QUESTION))
    given = [verdict("v1"), verdict("v2", "a2", judgement=Judgement.SHOULD_ANSWER, seconds=60.0)]
    for each in given:
        reviews.judge(each)
    assert numbers(reviews.queue([Flag.UNREVIEWED])) == []
    assert [item.judged for item in reviews.queue().items] == [1, 1]
    assert reviews.figures(NOON, lambda _: ()).verdicts == (("should_have_answered", 1), ("supported", 1))
    for each in given:
        back = replace(each, id=f"undo {each.id}", judgement=Judgement.UNDONE, undoes=each.id, seconds=0.0)
        assert [reviews.judge(back), reviews.judge(back)] == [True, False]
    assert numbers(reviews.queue([Flag.UNREVIEWED])) == ["a2", "a1"]
    found = reviews.figures(NOON, lambda _: ())
    assert (found.verdicts, found.seconds_per_claim) == ((), 4.5)
    reviews.judge(verdict("v3"))
    assert numbers(reviews.queue([Flag.UNREVIEWED])) == ["a2"]
