"""Verdicts and approvals in a database: the writing half of `assistant/reviews/desk.py`'s protocol, and the export."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select

from assistant.records.database import Database, wait_in_line
from assistant.records.figures import figures, seconds_per_claim
from assistant.records.kept import RecordsError
from assistant.records.queue import Queue
from assistant.records.review_tables import approval_sources, approval_steps, approvals, articles_seen, verdicts
from assistant.records.stored import inserting, now_in_utc
from assistant.records.tables import cited
from assistant.reviews.desk import PAGE, Figures, Flag, LibraryChange, Order
from assistant.reviews.desk import Page as QueuePage
from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, StandingApproval, Verdict
from assistant.reviews.objects import approval_of, step_of, verdict_of

_AT_ONCE = 500  # rows read in one transaction while exporting
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # when the articles came that were there from the start


class StoredReviews:
    """Stores verdicts and approvals beside the answers. Threads share one; another process opens its own."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = now_in_utc) -> None:
        self._database = database
        self._clock = clock
        self._queue = Queue(database, clock)

    def judge(self, verdict: Verdict) -> bool:
        """Store a verdict."""
        with self._database.writing() as connection:
            if _added(connection, verdicts, asdict(verdict)):
                return True
            row = connection.execute(select(verdicts).where(verdicts.c.id == verdict.id)).one()
        return _same(replace(_verdict(row), seconds=verdict.seconds), verdict)

    def verdicts_on(self, answer_id: str) -> tuple[Verdict, ...]:
        """Return every verdict on an answer, of every reviewer, in the order in which they came."""
        wanted = select(verdicts).where(verdicts.c.answer_id == answer_id).order_by(verdicts.c.number)
        with self._database.reading() as connection:
            return tuple(_verdict(row) for row in connection.execute(wanted))

    def approve(self, approval: Approval) -> bool:
        """Store an approval; it stands from now on."""
        first = ApprovalStep(approval.id, approval.id, ApprovalState.APPROVED, approval.reviewer, approval.noted)
        with self._database.writing() as connection:
            if _added(connection, approvals, {**asdict(approval), "answer": dict(approval.answer)}):
                rests_on = sorted({(source.article_id, source.hash) for source in approval.sources})
                for article_id, quote_hash in rests_on:
                    rests = {"approval_id": approval.id, "article_id": article_id, "quote_hash": quote_hash}
                    connection.execute(approval_sources.insert().values(rests))
                return _added(connection, approval_steps, asdict(first))
            row = connection.execute(select(approvals).where(approvals.c.id == approval.id)).one()
        return _same(_approval(row), approval)

    def take_step(self, step: ApprovalStep) -> bool:
        """Withdraw an approval, or let it stand again; raise RecordsError when there is no such approval."""
        with self._database.writing() as connection:
            there = connection.execute(select(approvals.c.number).where(approvals.c.id == step.approval_id)).scalar()
            if there is None:
                raise RecordsError(f"There is no approval {step.approval_id!r}. Approve the answer first.")
            if _added(connection, approval_steps, asdict(step)):
                return True
            row = connection.execute(select(approval_steps).where(approval_steps.c.id == step.id)).one()
        return _same(_step(row), step)

    def approval_of(self, form: str) -> StandingApproval | None:
        """Return the last approval of a question's normal form, whatever became of it."""
        wanted = _standing().where(approvals.c.form == form).order_by(approvals.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _standing_approval(row)

    def approvals(self, state: ApprovalState | None = None) -> Iterator[StandingApproval]:
        """Yield approvals in the order in which they came, all or those in one state."""
        wanted = _standing()
        if state is not None:
            wanted = wanted.where(approval_steps.c.state == state)
        for row in self._all(wanted, approvals):
            yield _standing_approval(row)

    def every_verdict(self) -> Iterator[Verdict]:
        """Yield every verdict in the order in which they came, for export."""
        for row in self._all(select(verdicts), verdicts):
            yield _verdict(row)

    def every_step(self) -> Iterator[ApprovalStep]:
        """Yield what became of approvals, in the order in which it came, for export."""
        for row in self._all(select(approval_steps), approval_steps):
            yield _step(row)

    def queue(
        self,
        flags: Collection[Flag] = (),
        below: int | None = None,
        limit: int = PAGE,
        order: Order = Order.LATEST,
    ) -> QueuePage:
        """Return answers to which all the flags apply, from below a place on."""
        return self._queue.page(flags, below, limit, order)

    def waiting(self) -> Mapping[Flag, int]:
        """Return to how many answers each flag applies."""
        return self._queue.waiting()

    def figures(self, since: datetime, topics_of: Callable[[str], Collection[str]]) -> Figures:
        """Return the figures since a moment; `topics_of` finds the topics that a question names."""
        return figures(self._database, since, topics_of)

    def seconds_per_claim(self, since: datetime) -> float | None:
        """Return the median time that reviewers took for a verdict since a moment, None without one."""
        with self._database.reading() as connection:
            return seconds_per_claim(connection, since)

    def library_is(self, hashes: Mapping[str, Collection[str]]) -> LibraryChange:
        """Take note of the articles in use: the hashes of every sentence by article id. Approvals may expire by it."""
        held = {article_id: frozenset(of_it) for article_id, of_it in hashes.items()}
        with self._database.writing() as connection:
            wait_in_line(connection)  # several servers notice a change at the same time
            new = self._note_articles(connection, held)
            gone, back = _mark_sentences(connection, held)
            expired = self._expire(connection, held)
        return LibraryChange(gone, back, expired, new)

    def _note_articles(self, connection: Connection, held: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
        seen = set(connection.execute(select(articles_seen.c.article_id)).scalars())
        new = tuple(sorted(held.keys() - seen))
        since = self._clock() if seen else _ALWAYS
        if new:
            connection.execute(articles_seen.insert(), [{"article_id": name, "first_seen": since} for name in new])
        return new if seen else ()

    def _expire(self, connection: Connection, held: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
        standing = _standing().where(approval_steps.c.state == ApprovalState.APPROVED).order_by(approvals.c.number)
        names = {row.id for row in connection.execute(standing)}
        rests_on = connection.execute(select(approval_sources)).all()
        fallen = {row.approval_id for row in rests_on if row.quote_hash not in held.get(row.article_id, ())} & names
        for name in sorted(fallen):
            step = ApprovalStep(secrets.token_hex(16), name, ApprovalState.EXPIRED, "", self._clock())
            _added(connection, approval_steps, asdict(step))
        return tuple(sorted(fallen))

    def _all(self, wanted: Select[Any], table: Table) -> Iterator[Row[Any]]:
        last = 0
        while True:
            some = wanted.where(table.c.number > last).order_by(table.c.number).limit(_AT_ONCE)
            with self._database.reading() as connection:
                rows = connection.execute(some).all()
            yield from rows
            if not rows:
                return
            last = rows[-1].number


def _added(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    insert = inserting(connection, table).values(row).on_conflict_do_nothing(index_elements=["id"])
    return connection.execute(insert.returning(table.c.number)).scalar() is not None


def _same(stored: Verdict | Approval | ApprovalStep, given: Verdict | Approval | ApprovalStep) -> bool:
    """Return False, as nothing was added; raise RecordsError when the id stands for something else."""
    if replace(stored, noted=given.noted) != given:  # a click that is sent again comes a moment later
        raise RecordsError(f"The id {given.id!r} was used for another {type(given).__name__}. Make a new one.")
    return False


def _standing() -> Select[Any]:
    last = select(func.max(approval_steps.c.number)).group_by(approval_steps.c.approval_id)
    step = approval_steps.c
    wanted = select(approvals, step.state, step.noted.label("since")).join_from(approvals, approval_steps)
    return wanted.where(step.number.in_(last))


def _mark_sentences(connection: Connection, held: Mapping[str, frozenset[str]]) -> tuple[int, int]:
    pair = (cited.c.article_id, cited.c.quote_hash, cited.c.stands)
    gone = back = 0
    for article_id, quote_hash, stands in connection.execute(select(*pair).distinct()).all():
        now = quote_hash in held.get(article_id, ())
        if now != stands:
            same = (cited.c.article_id == article_id) & (cited.c.quote_hash == quote_hash)
            connection.execute(cited.update().where(same).values(stands=now))
            gone, back = gone + (not now), back + now
    return gone, back


def _verdict(row: Row[Any]) -> Verdict:
    return verdict_of(_fields(row, verdicts))


def _approval(row: Row[Any]) -> Approval:
    return approval_of(_fields(row, approvals))


def _standing_approval(row: Row[Any]) -> StandingApproval:
    return StandingApproval(_approval(row), ApprovalState(row.state), row.since)


def _step(row: Row[Any]) -> ApprovalStep:
    return step_of(_fields(row, approval_steps))


def _fields(row: Row[Any], table: Table) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table.c if column.name != "number"}
