"""Figures at a glance, counted by the database; only the topics of refused questions are counted here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, case, func, select, type_coerce

from assistant.answer import Reason
from assistant.records.database import Database
from assistant.records.review_tables import standing, verdicts
from assistant.records.tables import answers
from assistant.reviews.desk import Day, Figures
from assistant.reviews.nouns import ON_CLAIMS

_DAY = timedelta(days=1) // timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).date()
# Different refused questions that topics are found in, the most frequent first, of those the latest: that takes 0.7 ms
# for each with the shipped articles, and the page opens in under a second.
_REFUSED_READ = 1_000


def figures(database: Database, since: datetime, topics_of: Callable[[str], Collection[str]]) -> Figures:
    """Return the figures since a moment."""
    lately = answers.c.asked >= since
    with database.reading() as connection:
        days = _days(connection, since)
        reasons = _counted(connection, select(answers.c.reason, func.count()).where(lately, answers.c.claims == 0))
        wanted = select(answers.c.understood, func.count().label("times")).group_by(answers.c.understood)
        uncovered = wanted.where(lately, answers.c.reason == Reason.TOPIC_NOT_COVERED)
        first = uncovered.order_by(func.count().desc(), func.max(answers.c.number).desc())
        refused = connection.execute(first.limit(_REFUSED_READ)).all()
        one_of = (verdicts.c.answer_id, verdicts.c.claim, verdicts.c.reviewer)
        last = select(func.max(verdicts.c.number)).where(standing()).group_by(*one_of)
        counting = verdicts.c.number.in_(last) & (verdicts.c.noted >= since)
        found = _counted(connection, select(verdicts.c.judgement, func.count()).where(counting))
        seconds = seconds_per_claim(connection, since)
    topics: Counter[str] = Counter()
    for question, times in refused:
        topics.update(dict.fromkeys(topics_of(question), times))
    return Figures(days, reasons, _ordered(topics.items()), found, seconds)


def seconds_per_claim(connection: Connection, since: datetime) -> float | None:
    """Return the median time that reviewers took for a verdict on a claim, None without one."""
    wanted = select(verdicts.c.seconds).where(verdicts.c.noted >= since, verdicts.c.judgement.in_(ON_CLAIMS))
    seconds = connection.execute(wanted).scalars().all()
    return median(seconds) if seconds else None


def _days(connection: Connection, since: datetime) -> tuple[Day, ...]:
    day = (type_coerce(answers.c.asked, BigInteger) // _DAY).label("day")
    answered = func.sum(case((answers.c.claims > 0, 1), else_=0))
    wanted = select(day, func.count(), answered).where(answers.c.asked >= since).group_by(day).order_by(day)
    rows = connection.execute(wanted)
    return tuple(Day(_EPOCH + timedelta(days=number), asked, answered) for number, asked, answered in rows)


def _counted(connection: Connection, wanted: Select[Any]) -> tuple[tuple[str, int], ...]:
    column = wanted.selected_columns[0]
    rows = connection.execute(wanted.where(column.is_not(None)).group_by(column))
    return _ordered((name, count) for name, count in rows)


def _ordered(counts: Any) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))
