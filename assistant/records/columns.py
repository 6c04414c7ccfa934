"""What stands in a column: any text that Python can hold, JSON, and moments; the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def written(value: Any) -> str:
    """Return a value as JSON that every database takes: PostgreSQL holds no NUL, and UTF-8 no half of a pair."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # "\ud800" is how JSON writes a half, too


class JsonText(TypeDecorator[Any]):
    """Text, numbers, lists and objects, kept as JSON. Equal values are equal in the database, too."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value."""
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back; a mapping comes back with its keys in the order they were written in."""
        return None if value is None else json.loads(value)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, kept as microseconds since 1970 in UTC, so that it sorts and divides into days."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Write a moment; one without a time zone is refused, as it may be any of forty hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A moment needs a time zone: {value.isoformat()}.")
        return (value - _EPOCH) // _TICK

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Read it back in UTC."""
        return None if value is None else _EPOCH + value * _TICK
