"""The same tests for SQLite and for a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.records.database import Database
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from tests.postgresql import PostgreSQL, running_postgresql

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Place:
    """Where a database is: the arguments of `open_database`."""

    data: Path
    url: SecretStr | None

    def open(self) -> Database:
        return open_database(self.data, self.url)


def answer_object(answer_id: str, question: str = "Who has the bigger budget?", **other: Any) -> dict[str, Any]:
    """Return an answer object of the contract with one claim on one sentence."""
    quote = other.pop("quote", "The Head Chef writes the menu.")
    article = other.pop("article", "head-chef-vs-sous-chef")
    citation = {
        "number": 1, "article_id": article, "article_title": "Head Chef vs Sous Chef", "heading": "Menu",
        "roles": ["Head Chef"], "quote": quote, "start": 10, "end": 40, "url": f"/articles/{article}#s1",
    }  # fmt: skip
    claim = {"text": quote, "roles": ["Head Chef"], "topic": None, "verdict": "supported", "citations": [1]}
    return {
        "schema": "rolewise.answer/1", "id": answer_id, "question": question, "standalone_question": question,
        "outcome": "answered", "reason": None, "markdown": f"**Head Chef:** {quote} [1]", "claims": [claim],
        "citations": [citation], "conflicts": [], "suggestions": [], "confidence": 0.75, "elapsed_ms": 12, **other,
    }  # fmt: skip


def refusal(answer_id: str, question: str, reason: str = "topic_not_covered") -> dict[str, Any]:
    """Return an answer object that refuses."""
    empty: dict[str, Any] = {"claims": [], "citations": [], "outcome": "not_covered", "reason": reason}
    return answer_object(answer_id, question, **empty, confidence=0.1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return Place(tmp_path, None)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return Place(tmp_path, server.new_database())


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    database = place.open()
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(database: Database, clock: Clock) -> StoredRecords:
    return StoredRecords(database, clock)


@pytest.fixture
def reviews(database: Database, clock: Clock) -> StoredReviews:
    return StoredReviews(database, clock)
