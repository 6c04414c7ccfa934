"""What a database says, in words for whoever runs Rolewise: no statement, no value, no address, no password."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from assistant.records.kept import RecordsError

# By the beginning of what SQLite calls the error (sqlite3.Error.sqlite_errorname).
_SQLITE = {
    "SQLITE_BUSY": "is held by another program. Try again; if it stays, see which program has it open.",
    "SQLITE_FULL": "has no room: the disk is full. Free some space, then try again.",
    "SQLITE_READONLY": "cannot be written. Check the permissions of the file and its folder, or set ROLEWISE_DATA.",
    "SQLITE_CANTOPEN": "cannot be opened. Check the permissions of the file and its folder, or set ROLEWISE_DATA.",
    "SQLITE_NOTADB": "is no database of Rolewise. Move the file away, or put a backup in its place.",
    "SQLITE_CORRUPT": "is damaged. Stop Rolewise and put a backup in its place (README: Saving and restoring).",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error or is full. Look at the disk.",
}
# By the beginning of the SQLSTATE that PostgreSQL gives (Appendix A of its manual).
_POSTGRESQL = {
    "28": "refused the sign-in. Check user and password in ROLEWISE_DATABASE_URL.",
    "3D": "has no database of that name. Create it (createdb), or mend ROLEWISE_DATABASE_URL.",
    "42501": "does not allow that to this user. Grant it the schema: GRANT ALL ON SCHEMA public TO ...",
    "53100": "has no room: its disk is full. Free some space, then try again.",
    "53": "is overloaded (connections or memory). Raise max_connections, or run fewer servers.",
    "55": "is busy with a change that others wait for. Try again.",
    "57014": "took too long. Try again; if it stays, see what keeps it busy (pg_stat_activity).",
    "57": "is going down or starting up. Start it again, then try again.",
    "25006": "is read-only. Point ROLEWISE_DATABASE_URL to the primary server.",
}
# While connecting PostgreSQL gives no SQLSTATE, only words; these are what it says in English.
_WORDS = {"authentication failed": "28", "does not exist": "3D", "starting up": "57", "shutting down": "57",
          "too many": "53", "remaining connection slots": "53"}  # fmt: skip
_UNREACHABLE = "cannot be reached. See that it runs and that ROLEWISE_DATABASE_URL names it."
_ALL_TAKEN = "answers too slowly: every connection is taken. Try again in a moment."


@contextmanager
def explaining(where: str) -> Iterator[None]:
    """Turn what a database raises inside the context into a RecordsError about `where`."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        # "from None": the error below quotes the statement, and with it may quote a question.
        raise RecordsError(f"{where} {_said(error)}") from None


def _said(error: SQLAlchemyError | sqlite3.Error) -> str:
    if isinstance(error, PoolTimeoutError):
        return _ALL_TAKEN
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, SQLAlchemyError):
        return f"cannot be used ({type(error).__name__}). Please report this."
    name = getattr(origin, "sqlite_errorname", "")
    state = getattr(origin, "sqlstate", "") or next(
        (code for words, code in _WORDS.items() if words in str(origin)), ""
    )
    for table, code in ((_SQLITE, name), (_POSTGRESQL, state)):
        fitting = [words for start, words in table.items() if code and code.startswith(start)]
        if fitting:
            return fitting[0]
    if not name and (not state or state.startswith("08")):
        return _UNREACHABLE
    return f"refuses ({name or state}). Please report this."
