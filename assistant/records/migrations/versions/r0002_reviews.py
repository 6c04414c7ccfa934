"""Verdicts, approvals with what became of them, and when articles were first seen."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _verdicts()
    _approvals()
    _approval_steps()
    op.create_table(
        "articles_seen",
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
    )


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        *_counted(),
        _text("answer_id"),
        sa.Column("claim", sa.Integer, nullable=False),
        sa.Column("judgement", sa.String(40), nullable=False),
        *_by_whom(),
        sa.Column("seconds", sa.Float, nullable=False),
        *[_text(name) for name in ("reason", "note", "question", "judged")],
        sa.UniqueConstraint("id", name="uq_verdicts_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_verdicts_answer_id_claim", "verdicts", ["answer_id", "claim"])


def _approvals() -> None:
    op.create_table(
        "approvals",
        *_counted(),
        *[_text(name) for name in ("form", "question")],
        *_by_whom(),
        *[_text(name) for name in ("note", "sources", "answer")],
        sa.UniqueConstraint("id", name="uq_approvals_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_approvals_form", "approvals", ["form"])


def _approval_steps() -> None:
    op.create_table(
        "approval_steps",
        *_counted(),
        sa.Column("approval_id", sa.Text, sa.ForeignKey("approvals.id"), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        *_by_whom(),
        _text("note"),
        sa.UniqueConstraint("id", name="uq_approval_steps_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_approval_steps_approval_id", "approval_steps", ["approval_id"])
    op.create_table(
        "approval_sources",
        sa.Column("approval_id", sa.Text, sa.ForeignKey("approvals.id"), primary_key=True),
        sa.Column("article_id", sa.Text, primary_key=True),
        sa.Column("quote_hash", sa.String(64), primary_key=True),
    )


def _counted() -> list[sa.Column[Any]]:
    return [sa.Column("number", _NUMBER, primary_key=True, autoincrement=True), _text("id")]


def _by_whom() -> list[sa.Column[Any]]:
    return [_text("reviewer"), sa.Column("noted", sa.BigInteger, nullable=False)]


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)
