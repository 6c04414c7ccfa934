"""Open the database of records: take the migrations that are missing, refuse what a newer Rolewise has written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from pydantic import SecretStr
from sqlalchemy import Connection

from assistant.records.database import Database, postgresql_database, sqlite_database, wait_in_line
from assistant.records.kept import RECORDS_FILE, RecordsError

_OPENING_SECONDS = 60  # a migration of a million rows takes less


def open_database(data: Path, url: SecretStr | None) -> Database:
    """Open the database at `url`, or without one the file in the data folder, and bring its tables up to date.

    Several processes may do this at the same time. Raise RecordsError when it cannot be opened or is too new.
    """
    if url is not None:
        database = postgresql_database(url)
        _bring_up_to_date(database)
        return database
    path = data / RECORDS_FILE
    database = sqlite_database(path)
    with opening_alone(path):
        with database.alone() as connection:  # two connections that switch at once would fail each other
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        _bring_up_to_date(database)
    return database


@contextmanager
def opening_alone(path: Path) -> Iterator[None]:
    """Let nobody else open the database in a file meanwhile; raise RecordsError when somebody does for long."""
    lock = FileLock(path.with_suffix(".lock"), timeout=_OPENING_SECONDS)
    try:
        lock.acquire()
    except Timeout as error:
        raise RecordsError(f"{path} is being opened by another process. Try again when that has ended.") from error
    except OSError as error:
        raise RecordsError(f"{path} cannot be locked ({error.strerror}). Check its folder's permissions.") from error
    try:
        yield
    finally:
        lock.release()


def schema_version(database: Database) -> str:
    """Return the number of the last migration that was taken."""
    with database.reading() as connection:
        return _version(connection)


def known_versions() -> frozenset[str]:
    """Return the numbers of all migrations that this Rolewise knows."""
    return frozenset(script.revision for script in _scripts(Config()).walk_revisions())


def _bring_up_to_date(database: Database) -> None:
    with database.writing() as connection:
        wait_in_line(connection)
        config = Config()
        scripts = _scripts(config)
        version = _version(connection)
        if version and version not in known_versions():
            raise RecordsError(
                f"{database.where} was written by a newer Rolewise (tables {version}, this one knows "
                f"{scripts.get_current_head()}). Install that one, or give this one another database."
            )
        if version != scripts.get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _scripts(config: Config) -> ScriptDirectory:
    config.set_main_option("script_location", "assistant.records:migrations")
    return ScriptDirectory.from_config(config)


def _version(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""
