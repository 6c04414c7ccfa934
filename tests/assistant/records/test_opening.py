"""A database is made, brought up to date or refused in words; its address and its words are shown nowhere."""

from __future__ import annotations

import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from pydantic import SecretStr
from sqlalchemy import text

from assistant.records.database import Database
from assistant.records.kept import RECORDS_FILE, RecordsError
from assistant.records.opening import known_versions, open_database, schema_version
from assistant.records.review_tables import approvals
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from tests.assistant.records.conftest import Place, answer_object
from tests.assistant.records.judging import verdict
from tests.postgresql import PASSWORD, PostgreSQL


def test_the_migrations_build_the_tables_that_the_code_uses(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, approvals.metadata) == []
    assert schema_version(database) == max(known_versions())


def test_opening_again_changes_nothing(place: Place) -> None:
    first = place.open()
    StoredRecords(first).keep(["q"], answer_object("a1"))
    first.close()
    second = place.open()
    assert StoredRecords(second).answer("a1")
    second.close()


def test_a_database_of_a_newer_rolewise_is_refused_and_left_as_it_is(place: Place) -> None:
    database = place.open()
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError, match=r"written by a newer Rolewise \(tables 9999.*Install that one"):
        place.open()
    assert schema_version(database) == "9999"
    database.close()


OPEN = """
import sys
from pathlib import Path
from pydantic import SecretStr
from assistant.records.opening import open_database, schema_version
url = sys.stdin.readline().strip()
print(schema_version(open_database(Path(sys.argv[1]), SecretStr(url) if url else None)))
"""


@pytest.mark.slow
def test_servers_that_start_at_the_same_time_make_the_tables_once(place: Place) -> None:
    url = place.url.get_secret_value() if place.url else ""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(place.data)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in started:  # all have imported what they need and wait for the line
        assert process.stdin is not None
        process.stdin.write(url + "\n")
        process.stdin.close()
    ended = [(process.wait(60), process.stdout and process.stdout.read(), process.stderr) for process in started]
    assert [(status, said and said.strip()) for status, said, _ in ended] == [(0, max(known_versions()))] * 4
    for process in started:
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path / "new", None)
    StoredRecords(database).keep(["q"], answer_object("a1"))
    modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "new").glob("records.sqlite3*")}
    assert modes == {RECORDS_FILE: 0, f"{RECORDS_FILE}-wal": 0, f"{RECORDS_FILE}-shm": 0}
    with database.reading() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        values = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    assert values == ["wal", 2, 1, 1]
    database.close()


def said(data: Path, url: SecretStr | None = None) -> str:
    """Return the one line, and see that a traceback of it shows no more."""
    with pytest.raises(RecordsError) as raised:
        open_database(data, url)
    (line,) = str(raised.value).splitlines()
    shown = "".join(traceback.format_exception(raised.value))
    for secret in (PASSWORD, "hunter2", "db.intra"):
        assert secret not in shown
    return line


@pytest.mark.parametrize(
    "content", [b"this is no database at all, whatever its name says " * 40, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / RECORDS_FILE
    path.write_bytes(content)
    assert said(tmp_path).startswith(str(path))
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "Set ROLEWISE_DATA" in said(tmp_path / "file" / "data")
    (tmp_path / RECORDS_FILE).mkdir()
    assert "Set ROLEWISE_DATA" in said(tmp_path)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://root:hunter2@db.intra/x", "is no address of a PostgreSQL database"),
        ("sqlite:////etc/hunter2", "is no address of a PostgreSQL database"),
        ("hunter2", "is no address of a PostgreSQL database"),
        ("postgresql://a:hunter2@db.intra:no-number/x", "is no address of a PostgreSQL database"),
        ("", "is no address of a PostgreSQL database"),
        ("postgresql://a:hunter2@127.0.0.1:9/x", "cannot be reached"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_showing_it(tmp_path: Path, url: str, says: str) -> None:
    assert says in said(tmp_path, SecretStr(url))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (PASSWORD, "hunter2", "refused the sign-in"),
        ("/postgres", "/hunter2", "has no database of that name"),
        ("rolewise:", "nobody:", "refused the sign-in"),
    ],
)
def test_postgresql_that_refuses_is_explained(
    postgresql: PostgreSQL, tmp_path: Path, before: str, after: str, says: str
) -> None:
    url = postgresql.url("postgres").get_secret_value().replace(before, after)
    assert says in said(tmp_path, SecretStr(url))


def test_an_error_below_quotes_no_question(records: StoredRecords, database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("DROP TABLE cited"))
    question = " ".join(["my", "hunter2"])  # a traceback shows the lines of this file, too
    with pytest.raises(RecordsError) as raised:
        records.keep([question], answer_object("a1", question=question))
    assert question not in "".join(traceback.format_exception(raised.value))
    assert records.answer("a1") is None, "half of it was taken back"


def test_verdicts_of_the_tables_before_are_read_as_not_undone(place: Place) -> None:
    database = place.open()
    reviews = StoredReviews(database)
    reviews.judge(verdict("v1"))
    with database.writing() as connection:  # as the step before left it
        connection.execute(text("ALTER TABLE verdicts DROP COLUMN undoes"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    database.close()
    again = place.open()
    assert list(StoredReviews(again).every_verdict()) == [verdict("v1")]
    again.close()
