"""The tables of reviews. Rows are added and never changed; `number` is the order in which they came."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Float, ForeignKey, Index, Integer, Table, select

from assistant.records.columns import JsonText, Moment
from assistant.records.tables import HASH, WORD, counted, metadata


def _by_whom() -> tuple[Column[Any], ...]:
    return Column("reviewer", JsonText, nullable=False), Column("noted", Moment, nullable=False)


def _text(name: str) -> Column[Any]:
    return Column(name, JsonText, nullable=False)


# They outlive the answer, so they point to no row of it.
verdicts = Table(
    "verdicts",
    metadata,
    *counted(),
    _text("answer_id"),
    Column("claim", Integer, nullable=False),
    Column("judgement", WORD, nullable=False),
    *_by_whom(),
    Column("seconds", Float, nullable=False),
    *(_text(name) for name in ("reason", "note", "question", "judged")),
    Column("undoes", JsonText),
    Index(None, "answer_id", "claim"),
    sqlite_autoincrement=True,
)

approvals = Table(
    "approvals",
    metadata,
    *counted(),
    Column("form", JsonText, nullable=False, index=True),
    _text("question"),
    *_by_whom(),
    *(_text(name) for name in ("note", "sources", "answer")),
    sqlite_autoincrement=True,
)

approval_steps = Table(
    "approval_steps",
    metadata,
    *counted(),
    Column("approval_id", JsonText, ForeignKey("approvals.id"), nullable=False, index=True),
    Column("state", WORD, nullable=False),
    *_by_whom(),
    _text("note"),
    sqlite_autoincrement=True,
)

approval_sources = Table(
    "approval_sources",
    metadata,
    Column("approval_id", JsonText, ForeignKey("approvals.id"), primary_key=True),
    Column("article_id", JsonText, primary_key=True),
    Column("quote_hash", HASH, primary_key=True),
)

articles_seen = Table(
    "articles_seen",
    metadata,
    Column("article_id", JsonText, primary_key=True),
    Column("first_seen", Moment, nullable=False),
)


def standing() -> ColumnElement[bool]:
    """Return the condition on `verdicts` that a row was not undone and does not only undo another."""
    undone = select(verdicts.c.undoes).where(verdicts.c.undoes.is_not(None))
    return verdicts.c.undoes.is_(None) & verdicts.c.id.not_in(undone)
