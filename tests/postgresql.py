"""A real PostgreSQL server for tests: made in a folder of its own, stopped and killed by its own process id."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from assistant.records.opening import known_versions
from assistant.records.review_tables import approvals

CURE = "No PostgreSQL found. Get one with `apt-get install postgresql`."
PASSWORD = "Tr0ub4dor-is-never-shown"
_DEBIAN = Path("/usr/lib/postgresql")
_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root


def _program(name: str) -> str | None:
    return shutil.which(name) or next((str(path) for path in sorted(_DEBIAN.glob(f"*/bin/{name}"))[::-1]), None)


class PostgreSQL:
    """One server with one database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        self._as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, _UNPRIVILEGED)
            self._as_user = {"user": _UNPRIVILEGED, "extra_groups": []}
        words = [
            "--username=rolewise",
            "--auth=scram-sha-256",
            f"--pwfile={folder / 'password'}",
            "--encoding=UTF8",
            "--no-sync",
        ]
        self._run("initdb", *words, "--locale=C", f"--pgdata={self._data}")
        self.start()

    def _run(self, name: str, *arguments: str) -> None:
        program = _program(name) or name
        subprocess.run([program, *arguments], check=True, capture_output=True, cwd=self._folder, **self._as_user)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [
            f"-p{self.port}",
            "-cunix_socket_directories=",
            "-clisten_addresses=127.0.0.1",
            "-cmax_connections=120",
            "-cfsync=off",  # processes are killed here, never the machine: what the kernel was given stays
        ]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres") or "postgres", f"-D{self._data}", *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
                **self._as_user,
            )
        for _ in range(300):
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres").get_secret_value(), connect_timeout=3).close()
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8")[-2000:])

    def stop(self, with_signal: signal.Signals = signal.SIGINT) -> None:
        """Shut the server down; with SIGKILL it and all that it started die on the spot."""
        if self._process is None:
            return
        if with_signal is signal.SIGKILL:
            os.killpg(self._process.pid, signal.SIGKILL)  # its own session, so nobody else is in that group
        else:
            self._process.send_signal(with_signal)
        self._process.wait(timeout=30)
        self._process = None

    def url(self, name: str) -> SecretStr:
        """Return the address of a database."""
        return SecretStr(f"postgresql://rolewise:{PASSWORD}@127.0.0.1:{self.port}/{name}")

    def new_database(self) -> SecretStr:
        """Return the address of an empty database. It is the same one each time: emptying is quicker than making.

        Tables that an earlier test made are kept, without their rows, if they are as the migrations make them.
        """
        with psycopg.connect(self.url("postgres").get_secret_value(), autocommit=True) as connection:
            if self._made_by_migrations(connection):
                connection.execute(f"TRUNCATE {', '.join(approvals.metadata.tables)} RESTART IDENTITY")
            else:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
        return self.url("postgres")

    @staticmethod
    def _made_by_migrations(connection: psycopg.Connection[Any]) -> bool:
        there = {name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        if there != {*approvals.metadata.tables, "alembic_version"}:
            return False
        return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(max(known_versions()),)]


@contextlib.contextmanager
def running_postgresql(below: Path | None = None) -> Iterator[PostgreSQL]:
    """Run a server as long as the context lasts, in a folder below another; skip the test where there is none."""
    if _program("initdb") is None or _program("postgres") is None:
        pytest.skip(CURE)
    with tempfile.TemporaryDirectory(prefix="rolewise-postgresql-", dir=below, ignore_cleanup_errors=True) as folder:
        server = PostgreSQL(Path(folder))
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)  # at once: nothing of it is needed any more


def postgresql_tool(name: str, url: SecretStr, *arguments: str) -> None:
    """Run pg_dump or pg_restore on a database."""
    program = _program(name) or name
    subprocess.run([program, f"--dbname={url.get_secret_value()}", *arguments], check=True, capture_output=True)
