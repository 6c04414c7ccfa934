"""A copy of the SQLite database while it is in use. PostgreSQL has its own tool: pg_dump."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.records.database import Database
from assistant.records.errors import explaining
from assistant.records.kept import RecordsError
from corpus.durable import name_new, settle
from corpus.private import PrivateFolder

UNFINISHED = ".rolewise-records-"  # begins the name of the folder that a copy is made in, beside where it will be


def back_up(database: Database, target: Path) -> None:
    """Write a whole, checked copy to a new file. Raise RecordsError when that cannot be done; then there is no file."""
    if not database.is_sqlite:
        raise RecordsError("The records are on PostgreSQL. Back them up with pg_dump (README: Saving and restoring).")
    there = f"{target} is there already. Give the name of a new file."
    if target.exists():
        raise RecordsError(there)
    try:
        with closing(PrivateFolder(target.parent, UNFINISHED)) as folder:
            new = folder.path / target.name
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(database, new)
            settle(new)
            name_new(new, target)
        settle(target.parent)
    except FileExistsError as error:
        raise RecordsError(there) from error
    except OSError as error:
        raise RecordsError(f"{target} cannot be written ({error.strerror}). Give a place you may write.") from error


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
