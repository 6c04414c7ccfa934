"""A copy of the SQLite database while it is in use. PostgreSQL has its own tool: pg_dump."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.records.database import Database
from assistant.records.errors import explaining
from assistant.records.kept import RecordsError


def back_up(database: Database, target: Path) -> None:
    """Write a whole, checked copy to a new file. Raise RecordsError when that cannot be done; then there is no file."""
    if not database.is_sqlite:
        raise RecordsError("The records are on PostgreSQL. Back them up with pg_dump (README: Saving and restoring).")
    if target.exists():
        raise RecordsError(f"{target} is there already. Give the name of a new file.")
    new = target.with_name(f".{target.name}.new")
    try:
        os.close(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        _copy(database, new)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.rename(target)
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise RecordsError(f"{target} cannot be written ({error.strerror}). Give a place you may write.") from error
    finally:
        new.unlink(missing_ok=True)


def _copy(database: Database, new: Path) -> None:
    with database.alone() as connection, explaining(str(new)), closing(sqlite3.connect(new)) as copy:
        source = connection.connection.driver_connection
        if not isinstance(source, sqlite3.Connection):
            raise TypeError(f"SQLite should be behind {database.where}, not {type(source).__name__}.")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        (found,) = copy.execute("PRAGMA integrity_check").fetchone()
        if found != "ok":
            raise RecordsError(
                f"{database.where} is damaged: its copy fails the check. Put an older backup in its place."
            )
