"""Answers, the thumbs on them, and the sentences they cite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "answers",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("asked", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("understood", sa.Text, nullable=False),
        sa.Column("turns", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_answers_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_asked", "answers", ["asked"])
    op.create_table(
        "thumbs",
        _of_answer(),
        sa.Column("up", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("noted", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "cited",
        _of_answer(),
        sa.Column("citation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article_id", sa.Text, nullable=False),
        sa.Column("quote_hash", sa.String(64), nullable=False),
        sa.Column("stands", sa.Boolean, nullable=False),
    )
    op.create_index("ix_cited_article_id_quote_hash", "cited", ["article_id", "quote_hash"])


def _of_answer() -> sa.Column[int]:
    return sa.Column("answer_number", _NUMBER, sa.ForeignKey("answers.number", ondelete="CASCADE"), primary_key=True)
