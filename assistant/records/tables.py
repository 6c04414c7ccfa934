"""The tables of answers. What the migrations build must be what stands here; a test compares the two.

Rows are ordered by `number`, in which they came in: clocks may jump. Long columns stand last, so that looking through
the short ones reads little.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table

from assistant.records.columns import JsonText, Moment

NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in a column of this very type
HASH = String(64)  # hexadecimal SHA-256
WORD = String(40)  # one of our own short words: an outcome, a reason, a verdict

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                       "fk": "fk_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)  # fmt: skip


def counted() -> tuple[Column[Any], ...]:
    """Return the first columns of a table whose rows have an order and an id of their own."""
    number = Column("number", NUMBER, primary_key=True, autoincrement=True)
    return number, Column("id", JsonText, nullable=False, unique=True)


answers = Table(
    "answers",
    metadata,
    *counted(),
    Column("asked", Moment, nullable=False, index=True),
    Column("outcome", WORD, nullable=False),
    Column("reason", WORD),
    Column("confidence", Float, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("understood", JsonText, nullable=False),
    Column("turns", JsonText, nullable=False),
    Column("answer", JsonText, nullable=False),
    sqlite_autoincrement=True,
)

thumbs = Table(
    "thumbs",
    metadata,
    Column("answer_number", NUMBER, ForeignKey("answers.number", ondelete="CASCADE"), primary_key=True),
    Column("up", Boolean, nullable=False),
    Column("reason", JsonText, nullable=False),
    Column("noted", Moment, nullable=False),
)

# A sentence that an answer cites. `stands` becomes false when the articles in use no longer hold it.
cited = Table(
    "cited",
    metadata,
    Column("answer_number", NUMBER, ForeignKey("answers.number", ondelete="CASCADE"), primary_key=True),
    Column("citation", Integer, primary_key=True, autoincrement=False),
    Column("article_id", JsonText, nullable=False),
    Column("quote_hash", HASH, nullable=False),
    Column("stands", Boolean, nullable=False),
    Index(None, "article_id", "quote_hash"),
)
