"""Records in a database: what the protocol in `kept.py` promises, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.records.backup import back_up
from assistant.records.database import Database
from assistant.records.kept import KeptAnswer, Thumb
from assistant.records.opening import schema_version
from assistant.records.review_tables import verdicts
from assistant.records.sources import quote_hash
from assistant.records.tables import answers, cited, thumbs

_AT_ONCE = 500  # answers deleted in one transaction: others can write in between


@dataclass(frozen=True, slots=True)
class Standing:
    """How the record stands, without a word of what was asked."""

    where: str
    tables: str
    answers: int
    thumbs: int
    oldest: datetime | None


def now_in_utc() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


class StoredRecords:
    """Keeps answers and thumbs in a database. Threads share one; another process opens its own."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = now_in_utc) -> None:
        self._database = database
        self._clock = clock

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        """Keep an answer under its id with the sentences it cites; the same one twice is kept once."""
        row = {
            "id": answer["id"],
            "asked": self._clock(),
            "outcome": answer["outcome"],
            "reason": answer["reason"],
            "confidence": answer["confidence"],
            "claims": len(answer["claims"]),
            "understood": answer["standalone_question"],
            "turns": list(turns),
            "answer": dict(answer),
        }
        with self._database.writing() as connection:
            insert = inserting(connection, answers).values(row).on_conflict_do_nothing()
            number = connection.execute(insert.returning(answers.c.number)).scalar()
            if number is not None and answer["citations"]:
                connection.execute(cited.insert(), [_cited(number, citation) for citation in answer["citations"]])

    def answer(self, answer_id: str) -> KeptAnswer | None:
        """Return what was kept under an id, or None when nothing is, or no longer."""
        wanted = select(answers.c.id, answers.c.asked, answers.c.turns, answers.c.answer)
        with self._database.reading() as connection:
            row = connection.execute(wanted.where(answers.c.id == answer_id)).one_or_none()
        return None if row is None else KeptAnswer(row.id, row.asked, tuple(row.turns), row.answer)

    def thumb(self, answer_id: str, *, up: bool, reason: str = "") -> bool:
        """Note what a reader thought, the last word counts; return False when no such answer is kept."""
        word = {"up": up, "reason": reason, "noted": self._clock()}
        with self._database.writing() as connection:
            number = connection.execute(_number_of(answer_id).with_for_update(key_share=True)).scalar()
            if number is not None:
                insert = inserting(connection, thumbs).values(answer_number=number, **word)
                connection.execute(insert.on_conflict_do_update(index_elements=["answer_number"], set_=word))
        return number is not None

    def thumb_of(self, answer_id: str) -> Thumb | None:
        """Return the last word on an answer."""
        wanted = select(thumbs).join(answers).where(answers.c.id == answer_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else Thumb(answer_id, row.up, row.reason, row.noted)

    def forget_before(self, moment: datetime) -> int:
        """Delete the answers asked before a moment, their thumbs and citations; return how many.

        Verdicts stay: they hold the claim and its sentences, and a question only where a reviewer keeps it as a test.
        """
        gone = 0
        some = select(answers.c.number).where(answers.c.asked < moment).order_by(answers.c.number).limit(_AT_ONCE)
        while True:
            with self._database.writing() as connection:
                count = connection.execute(delete(answers).where(answers.c.number.in_(some))).rowcount
            gone += count
            if count == 0:
                break
        if gone:
            self._database.erase()
        return gone

    def forget(self, answer_id: str) -> bool:
        """Delete one answer and the verdicts on it, also when only these are left; return False when nothing is."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(answers).where(answers.c.id == answer_id)).rowcount
            gone += connection.execute(delete(verdicts).where(verdicts.c.answer_id == answer_id)).rowcount
        if gone:
            self._database.erase()
        return bool(gone)

    def forget_all(self) -> int:
        """Delete every answer and verdict; return how many answers. Approvals stay: their words are the reviewers'."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(answers)).rowcount
            connection.execute(delete(verdicts))
        self._database.erase()
        return gone

    def standing(self) -> Standing:
        """Return how much is kept, where and since when."""
        with self._database.reading() as connection:
            kept, oldest = connection.execute(
                select(func.count(), func.min(answers.c.asked)).select_from(answers)
            ).one()
            noted = connection.execute(select(func.count()).select_from(thumbs)).scalar_one()
        return Standing(self._database.where, schema_version(self._database), kept, noted, oldest)

    def back_up(self, target: Path) -> None:
        """Write a checked copy to a new file; raise RecordsError when that cannot be done."""
        back_up(self._database, target)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()


def inserting(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that may say what happens when the row is there already: both databases can, each its way."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _number_of(answer_id: str) -> Any:
    return select(answers.c.number).where(answers.c.id == answer_id)


def _cited(number: int, citation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "answer_number": number,
        "citation": citation["number"],
        "article_id": citation["article_id"],
        "quote_hash": quote_hash(citation["quote"]),
        "stands": True,
    }
