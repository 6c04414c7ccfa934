"""What is kept comes back as it was, on SQLite and on PostgreSQL; what is forgotten is gone, and what hung on it."""

from __future__ import annotations

import threading
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from assistant.records.database import Database
from assistant.records.kept import KeptAnswer, Thumb
from assistant.records.stored import StoredRecords
from assistant.records.tables import answers, cited, thumbs
from tests.assistant.records.conftest import NOON, Clock, Place, answer_object

NAUGHTY = [
    "\x00", "a\x00b", "\\u0000", "\\x00", "\ud800 half a pair", "\ufeffmark", "\u202eright to left", "\U000e0041 tag",
    "'; DROP TABLE answers; --", "%s %(x)s :name ?1 {0}", "\r\n\t\v\f\x1b[31m", "😀👩‍🚀", "ﷺ", "Z\u0351A\u0334", "NULL",
    '"quoted" \\ back', "", " ", "\x7f\x80\x9f", "\uffff\ufffe",
]  # fmt: skip


def kept_in(records: StoredRecords, answer_id: str) -> KeptAnswer:
    kept = records.answer(answer_id)
    assert kept is not None
    return kept


def test_an_answer_comes_back_as_it_was_given(records: StoredRecords) -> None:
    answer = answer_object("a1")
    records.keep(["And before?", "Who has the bigger budget?"], answer)
    assert records.answer("a1") == KeptAnswer("a1", NOON, ("And before?", "Who has the bigger budget?"), answer)
    assert records.answer("a2") is None
    assert list(kept_in(records, "a1").answer) == list(answer), "the order of the contract"


def test_the_same_answer_twice_is_kept_once(records: StoredRecords) -> None:
    records.keep(["first"], answer_object("a1"))
    records.keep(["second"], answer_object("a1", confidence=0.1))
    assert kept_in(records, "a1").turns == ("first",)
    assert records.standing().answers == 1


def test_the_last_thumb_counts_and_needs_an_answer(records: StoredRecords, clock: Clock) -> None:
    records.keep(["q"], answer_object("a1"))
    assert records.thumb_of("a1") is None
    assert records.thumb("a1", up=True)
    clock.now += timedelta(minutes=1)
    assert records.thumb("a1", up=False, reason="wrong role")
    assert records.thumb_of("a1") == Thumb("a1", False, "wrong role", clock.now)
    assert not records.thumb("a2", up=True)
    assert records.standing().thumbs == 1


def test_the_record_is_there_for_whoever_opens_it_next(place: Place) -> None:
    first, second = place.open(), place.open()
    StoredRecords(first).keep(["q"], answer_object("a1"))
    assert StoredRecords(second).answer("a1")
    first.close()
    second.close()


def test_naughty_strings_come_back_as_they_were(records: StoredRecords) -> None:
    for text in NAUGHTY:
        answer = answer_object(f"id {text}", question=text, quote=text, article=text)
        records.keep([text, text], answer)
        assert records.thumb(f"id {text}", up=True, reason=text)
        kept, thumb = records.answer(f"id {text}"), records.thumb_of(f"id {text}")
        assert (kept and kept.turns, kept and kept.answer, thumb and thumb.reason) == ((text, text), answer, text)
    assert records.standing().answers == len(NAUGHTY)


@given(texts=st.lists(st.text(st.characters(codec=None), max_size=20), min_size=1, max_size=3))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_text_comes_back_as_it_was(database: Database, texts: list[str]) -> None:
    records = StoredRecords(database)
    records.forget("any")
    records.keep(texts, answer_object("any", question=texts[-1]))
    assert kept_in(records, "any").turns == tuple(texts)


def test_old_answers_are_forgotten_with_all_that_hangs_on_them(
    records: StoredRecords, database: Database, clock: Clock
) -> None:
    for day in range(4):
        clock.now = NOON + timedelta(days=day)
        records.keep(["q"], answer_object(f"day {day}"))
        records.thumb(f"day {day}", up=True)
    assert records.forget_before(NOON + timedelta(days=2)) == 2
    assert [bool(records.answer(f"day {day}")) for day in range(4)] == [False, False, True, True]
    assert records.thumb_of("day 0") is None
    with database.reading() as connection:
        left = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (thumbs, cited)]
    assert left == [2, 2]
    assert records.standing().oldest == NOON + timedelta(days=2)
    assert records.forget_before(NOON) == 0


def test_one_answer_or_all_can_be_forgotten(records: StoredRecords) -> None:
    for name in ("a1", "a2", "a3"):
        records.keep(["q"], answer_object(name))
    assert records.forget("a2")
    assert not records.forget("a2")
    assert records.forget_all() == 2
    assert records.standing().answers == 0


def test_more_old_answers_than_fit_into_one_transaction_are_forgotten(
    records: StoredRecords, database: Database, clock: Clock
) -> None:
    row = {"asked": NOON, "outcome": "answered", "confidence": 0.5, "claims": 0, "understood": "q", "turns": ["q"]}
    with database.writing() as connection:
        connection.execute(answers.insert(), [{"id": str(number), "answer": {}, **row} for number in range(503)])
    assert records.standing().answers == 503
    assert records.forget_before(clock.now + timedelta(seconds=1)) == 503
    assert records.standing().answers == 0


def test_threads_that_write_and_read_at_once_lose_nothing(records: StoredRecords) -> None:
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            for row in range(6):
                records.keep(["q"], answer_object(f"{number} {row}"))
                records.thumb(f"{number} {row}", up=row % 2 == 0)
                assert records.answer(f"{number} {row}")
                assert records.answer(f"{number - 1} {row}") or True
        except Exception as error:  # noqa: BLE001 - shown below
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (records.standing().answers, records.standing().thumbs) == (48, 48)
