"""The tables of reviews. Rows are added and never changed; `number` is the order in which they came."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Table

from assistant.records.columns import JsonText, Moment
from assistant.records.tables import HASH, NUMBER, WORD, metadata

# They outlive the answer, so they point to no row of it.
verdicts = Table(
    "verdicts",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", JsonText, nullable=False, unique=True),
    Column("answer_id", JsonText, nullable=False),
    Column("claim", Integer, nullable=False),
    Column("judgement", WORD, nullable=False),
    Column("reviewer", JsonText, nullable=False),
    Column("noted", Moment, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("reason", JsonText, nullable=False),
    Column("note", JsonText, nullable=False),
    Column("question", JsonText, nullable=False),
    Column("judged", JsonText, nullable=False),
    Index(None, "answer_id", "claim"),
    sqlite_autoincrement=True,
)

approvals = Table(
    "approvals",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", JsonText, nullable=False, unique=True),
    Column("form", JsonText, nullable=False, index=True),
    Column("question", JsonText, nullable=False),
    Column("reviewer", JsonText, nullable=False),
    Column("noted", Moment, nullable=False),
    Column("note", JsonText, nullable=False),
    Column("sources", JsonText, nullable=False),
    Column("answer", JsonText, nullable=False),
    sqlite_autoincrement=True,
)

approval_steps = Table(
    "approval_steps",
    metadata,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("id", JsonText, nullable=False, unique=True),
    Column("approval_id", JsonText, ForeignKey("approvals.id"), nullable=False, index=True),
    Column("state", WORD, nullable=False),
    Column("reviewer", JsonText, nullable=False),
    Column("noted", Moment, nullable=False),
    Column("note", JsonText, nullable=False),
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
