"""Connections to the one database of records: SQLite in the data folder, or PostgreSQL."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from assistant.records.errors import explaining
from assistant.records.kept import RecordsError

BUSY_SECONDS = 5  # how long a writer waits for another one: a thousand writes take less
CONNECT_SECONDS = 3  # a PostgreSQL on the same network answers in milliseconds
STATEMENT_MS = 10_000  # no statement of ours takes a second; what takes longer waits for something that is stuck
CONNECTIONS = 20  # as many answers are written at once at most (assistant/web)
_LOOK_SECONDS = 0.002  # a write takes a few milliseconds
_BEGIN = "rolewise_begin"
_WRITE = "BEGIN IMMEDIATE"

_POSTGRESQL = "postgresql+psycopg"
_TAKEN = ("postgresql", "postgres", _POSTGRESQL)


class Database:
    """One database. Threads share it; another process opens its own. Every error is a RecordsError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.where = where
        self._engine = engine
        # A transaction that reads first and writes later may fail in the middle; a writer says so at once.
        self._writing = engine.execution_options(**{_BEGIN: _WRITE})
        self._alone = engine.execution_options(**{_BEGIN: ""})
        self._lock = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the file in the data folder."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hand out a connection in a transaction that sees one state of the database."""
        with explaining(self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hand out a connection in a transaction; when the context ends well, all of it is on disk, else nothing."""
        with explaining(self.where), self._one_at_a_time(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Hand out a connection to SQLite without a transaction: a checkpoint and a backup begin their own."""
        with explaining(self.where), self._one_at_a_time(), self._alone.connect() as connection:
            yield connection

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """Let the threads of this process queue: SQLite takes one writer, and makes the others look again and again."""
        if not self.is_sqlite:
            yield
            return
        if not self._lock.acquire(timeout=BUSY_SECONDS):
            raise RecordsError(f"{self.where} is busy: others have been writing for {BUSY_SECONDS} s. Try again.")
        try:
            yield
        finally:
            self._lock.release()

    def erase(self) -> None:
        """See to it that what was deleted is no longer in the files. PostgreSQL does so itself, in its own time."""
        if not self.is_sqlite:
            return
        # secure_delete has overwritten it with zeros; the log beside the file (-wal) still holds how it was.
        with self.alone() as connection:
            held, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if held:
            raise RecordsError(
                f"Deleted, but another program reads {self.where}, so the words may still stand in the file beside it "
                "(-wal). Delete again when that has ended: rolewise records forget --older-than 36500"
            )

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()


def sqlite_database(path: Path) -> Database:
    """Return the database in a file, made empty and readable by its owner alone when it is missing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({error.strerror}). Set ROLEWISE_DATA to a folder you may write."
        ) from error
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}, pool_size=CONNECTIONS, max_overflow=0
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path))


def postgresql_database(url: SecretStr) -> Database:
    """Return the database at an address such as postgresql://user:password@host/name."""
    try:
        parts = make_url(url.get_secret_value())
    except (ArgumentError, ValueError):  # the port is no number
        parts = URL.create("")
    if parts.drivername not in _TAKEN:
        raise RecordsError(
            "ROLEWISE_DATABASE_URL is no address of a PostgreSQL database. Write postgresql://user:password@host/name."
        )
    try:
        engine = create_engine(
            parts.set(drivername=_POSTGRESQL),
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": STATEMENT_MS},
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            pool_pre_ping=True,  # a connection that the server has dropped is replaced, not handed out
        )
    except ImportError:
        raise RecordsError(
            "PostgreSQL needs the library psycopg. Get it: python -m pip install 'rolewise[postgresql]'"
        ) from None
    event.listen(engine, "connect", _prepare_postgresql)
    return Database(engine, "The PostgreSQL database")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, in words
    for setting in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get(_BEGIN, "BEGIN")
    if statement == _WRITE:
        _begin_writing(connection)
    elif statement:
        connection.exec_driver_sql(statement)


def _begin_writing(connection: Connection) -> None:
    # SQLite itself waits longer and longer between two looks, up to 100 ms: one of two busy programs never got its
    # turn within 5 s when that was measured.
    until = time.monotonic() + BUSY_SECONDS
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.exec_driver_sql(_WRITE)
            except OperationalError as error:
                busy = str(getattr(error.orig, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(_LOOK_SECONDS)
            else:
                return
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    connection.execute("SET synchronous_commit = on")
    connection.execute(f"SET statement_timeout = {STATEMENT_MS}")
    connection.execute(f"SET lock_timeout = {BUSY_SECONDS * 1000}")
    connection.commit()


def wait_in_line(connection: Connection) -> None:
    """Let one transaction at a time go on from here until it ends (on SQLite every writer already does)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '120s'"))
        connection.execute(text("SET LOCAL statement_timeout = '600s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(7065747201)"))  # any number, the same everywhere
