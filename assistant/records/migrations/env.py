"""Run by Alembic, on the connection and in the transaction that `assistant/records/opening.py` hands it."""

from __future__ import annotations

from alembic import context

from assistant.records import review_tables

context.configure(connection=context.config.attributes["connection"], target_metadata=review_tables.approvals.metadata)
context.run_migrations()
