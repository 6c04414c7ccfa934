"""What was forgotten is in no file any more; what was saved can be put back; the command does both."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.records.kept import RECORDS_FILE, NothingKept, RecordsError
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.wiring import open_records, open_stored_records
from tests.assistant.conftest import Command
from tests.assistant.records.conftest import NOON, Clock, answer_object
from tests.postgresql import PostgreSQL, postgresql_tool
from tests.web.small_assistant import SmallAssistant, two_articles

MARK = "Zyxomma petiolatum"  # stands in no library's files


def marks_in(folder: Path) -> list[bytes]:
    """Return every rest of a marked question in any file of the folder."""
    content = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return re.findall(rb"Zyxomma petiolatum \d+|xomma petiolatu", content)


def marked(number: int) -> str:
    return f"{MARK} {number} " + "x" * (number * 97 % 1900)


def fill(records: StoredRecords, count: int) -> None:
    """Keep answers of many lengths, so that pages are split, merged and chained."""
    for number in range(count):
        question = marked(number)
        records.keep([question], answer_object(f"a{number}", question=question, markdown=question * (number % 7)))
        records.thumb(f"a{number}", up=False, reason=question[:60])


@pytest.mark.parametrize("way", ["before", "all", pytest.param("one by one", marks=pytest.mark.slow)])
def test_forgotten_words_are_gone_from_the_files(tmp_path: Path, way: str) -> None:
    database = open_database(tmp_path, None)
    records = StoredRecords(database)
    fill(records, 30 if way == "one by one" else 60)
    kept = answer_object("kept", question="Who has the bigger budget?")
    assert len(marks_in(tmp_path)) >= 60
    if way == "before":
        records.forget_before(datetime.now(UTC) + timedelta(seconds=1))
    elif way == "all":
        records.forget_all()
    else:
        for number in (*range(0, 30, 3), *range(1, 30, 3), *range(2, 30, 3)):
            records.forget(f"a{number}")
            other = "y" * (number * 61 % 1700)  # what is written in between moves what is there
            records.keep([other], answer_object(f"b{number}", question=other))
    assert marks_in(tmp_path) == []
    records.keep(["Who has the bigger budget?"], kept)
    assert marks_in(tmp_path) == []
    database.close()


@pytest.mark.slow
def test_a_reader_that_holds_the_old_state_is_named_and_nothing_is_claimed(tmp_path: Path) -> None:
    database = open_database(tmp_path, None)
    records = StoredRecords(database)
    fill(records, 3)
    reader = sqlite3.connect(tmp_path / RECORDS_FILE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM answers").fetchone()
    with pytest.raises(RecordsError, match="another program reads"):
        records.forget_all()
    reader.close()
    records.forget_all()
    assert marks_in(tmp_path) == []
    database.close()


def test_nothing_is_kept_when_nothing_is_to_be_kept_and_what_was_is_deleted(tmp_path: Path) -> None:
    assert isinstance(open_records(Settings(data=tmp_path, keep_questions_days=0)), NothingKept)
    assert list(tmp_path.iterdir()) == []
    open_records(Settings(data=tmp_path)).keep([MARK], answer_object("a1", question=MARK))
    records = open_records(Settings(data=tmp_path, keep_questions_days=0))
    records.keep([MARK], answer_object("a2", question=MARK))
    assert marks_in(tmp_path) == []
    assert open_stored_records(Settings(data=tmp_path)).standing().answers == 0


@pytest.mark.slow
def test_nobody_can_tell_from_the_record_who_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    settings = Settings(data=data)
    app = create_app(SmallAssistant(two_articles(tmp_path)), settings, open_records(settings))
    headers = {"user-agent": MARK, "cookie": f"session={MARK}", "x-forwarded-for": MARK, "authorization": MARK}
    with TestClient(app, base_url="http://127.0.0.1", client=(MARK, 1)) as client:
        assert client.post("/api/ask", json={"question": "Who has the bigger budget?"}, headers=headers).json()["id"]
    assert open_stored_records(settings).standing().answers == 1
    assert marks_in(data) == []


def test_a_backup_is_whole_while_others_write_and_can_be_put_back(tmp_path: Path) -> None:
    database = open_database(tmp_path / "data", None)
    records = StoredRecords(database)
    records.keep(["q"], answer_object("before"))
    records.back_up(tmp_path / "saved.sqlite3")
    records.keep(["q"], answer_object("after"))
    with pytest.raises(RecordsError, match="is there already"):
        records.back_up(tmp_path / "saved.sqlite3")
    with pytest.raises(RecordsError, match="Give a place you may write"):
        records.back_up(tmp_path / "nowhere" / "saved.sqlite3")
    assert (tmp_path / "saved.sqlite3").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "saved.sqlite3"]
    database.close()

    for path in (tmp_path / "data").glob("records.sqlite3*"):
        path.unlink()
    (tmp_path / "data" / RECORDS_FILE).write_bytes((tmp_path / "saved.sqlite3").read_bytes())
    restored = open_database(tmp_path / "data", None)
    assert StoredRecords(restored).answer("before") is not None
    assert StoredRecords(restored).answer("after") is None
    restored.close()


def test_a_damaged_database_gives_no_backup(tmp_path: Path) -> None:
    database = open_database(tmp_path, None)
    fill(StoredRecords(database), 20)
    database.erase()
    database.close()
    path = tmp_path / RECORDS_FILE
    content = bytearray(path.read_bytes())
    content[20_000:40_000] = b"\xff" * 20_000
    path.write_bytes(bytes(content))
    damaged = open_database(tmp_path, None)
    with pytest.raises(RecordsError, match="damaged"):
        StoredRecords(damaged).back_up(tmp_path / "saved.sqlite3")
    assert not (tmp_path / "saved.sqlite3").exists()
    damaged.close()


@pytest.mark.slow
def test_pg_dump_and_pg_restore_bring_everything_back(postgresql: PostgreSQL, tmp_path: Path, clock: Clock) -> None:
    url = postgresql.new_database()
    database = open_database(tmp_path, url)
    records = StoredRecords(database, clock)
    naughty = answer_object("a\x00", question="\x00 é 😀")
    records.keep(["\x00 é 😀"], naughty)
    with pytest.raises(RecordsError, match="pg_dump"):
        records.back_up(tmp_path / "saved")
    postgresql_tool("pg_dump", url, "--format=custom", f"--file={tmp_path / 'saved.dump'}")
    records.keep(["q"], answer_object("after"))
    postgresql_tool("pg_restore", url, "--clean", "--if-exists", str(tmp_path / "saved.dump"))
    kept = records.answer("a\x00")
    assert kept is not None
    assert (kept.answer, kept.asked) == (naughty, NOON)
    assert records.answer("after") is None
    records.keep(["q"], answer_object("later"))
    assert records.standing().answers == 2
    database.close()


def test_the_command_shows_no_question_and_deletes_what_it_is_told(rolewise: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    ran = rolewise("records", "status", data=data)
    assert (ran.status, "kept: 0 answers, 0 thumbs" in ran.out, "oldest: none" in ran.out) == (0, True, True)
    database = open_database(data, None)
    clock = Clock()
    records = StoredRecords(database, clock)
    fill(records, 3)
    clock.now = datetime.now(UTC)
    records.keep([MARK], answer_object("new", question=MARK))
    shown = rolewise("records", "status", data=data).out
    assert "kept: 4 answers, 3 thumbs" in shown
    assert "oldest: 2026-03-01 12:00 UTC" in shown
    assert str(data / RECORDS_FILE) in shown
    assert MARK not in shown
    assert rolewise("records", "forget", "--answer", "a1", data=data).out == "1 answer deleted\n"
    assert rolewise("records", "forget", "--answer", "a1", data=data).status == 1
    assert rolewise("records", "forget", "--older-than", 30, data=data).out == "2 answers deleted\n"
    assert rolewise("records", "backup", tmp_path / "saved", data=data).status == 0
    assert rolewise("records", "forget", "--all", data=data).out == "1 answers deleted\n"
    assert marks_in(data) == []
    for wrong in ((), ("--all", "--older-than", 3)):
        assert rolewise("records", "forget", *wrong, data=data).status == 2
    database.close()


def test_the_address_of_the_database_is_shown_nowhere(rolewise: Command, tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://rolewise:hunter2@127.0.0.1:9/roles\n", encoding="utf-8")
    for ran in (
        rolewise("records", "status", database_url=secret.read_text(encoding="utf-8")),
        rolewise("records", "status", database_url_file=secret),
        rolewise("records", "status", database_url="x", database_url_file=secret),
    ):
        assert ran.status == 1
        assert "hunter2" not in ran.out + ran.err
        assert "Traceback" not in ran.err
    settings = Settings(data=tmp_path, database_url=None, database_url_file=secret)
    address = settings.database_address()
    assert address is not None
    assert address.get_secret_value() == "postgresql://rolewise:hunter2@127.0.0.1:9/roles"
    assert "hunter2" not in repr(settings) + repr(address) + settings.model_dump_json()
