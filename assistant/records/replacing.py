"""A file of records that another one is put in the place of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.records.kept import RECORDS_FILE, RecordsError
from assistant.records.opening import known_versions, opening_alone


@contextmanager
def unused(data: Path) -> Iterator[None]:
    """See to it that nobody has the records of this data folder open, or opens them while the context lasts.

    Raise RecordsError when somebody has: what they write would go to a file that is no longer there.
    """
    path = data / RECORDS_FILE
    with opening_alone(path):
        if path.is_file():
            _let_go(path)
        yield


def check_copy(path: Path) -> None:
    """Raise RecordsError unless a file is whole, and of this version of Rolewise or an older one."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
            (version,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:  # TypeError: there is no version
        raise RecordsError(f"holds no whole {path.name}") from error
    if found != "ok" or version not in known_versions():
        raise RecordsError(f"holds a {path.name} that is damaged, or of a newer Rolewise (tables {version})")


def _let_go(path: Path) -> None:
    """Fold the log beside the file into it, which SQLite refuses while anybody else has it open."""
    try:
        with closing(sqlite3.connect(path, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise RecordsError(
                f"{path} is in use. Stop the server first: what it keeps from now on would be lost."
            ) from error
        raise RecordsError(f"{path} cannot be replaced ({error}). Check the permissions of its folder.") from error
    except sqlite3.DatabaseError:
        return  # damaged, which may be why another is put there
