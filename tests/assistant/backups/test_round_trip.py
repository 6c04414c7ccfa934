"""What was saved comes back as it was, and a restore or a backup that would destroy something changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.backups.archive import LARGEST_ARTICLE
from assistant.backups.finishing import BackupError
from assistant.backups.restoring import restore
from assistant.backups.saving import save
from assistant.records.kept import RECORDS_FILE, RecordsError
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from index.generation import Pointer, read_pointer, write_pointer
from tests.assistant.backups.places import EMPTY, SECRET, fill, state_of
from tests.assistant.records.conftest import answer_object
from tests.figures import Note

SERVER = """
import sys
from pathlib import Path
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
records = StoredRecords(open_database(Path(sys.argv[1]), None))
records.standing()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("target", ["new", "data"])
def test_records_articles_and_settings_come_back_as_they_were(
    tmp_path: Path, target: str, saved: Path, figure: Note
) -> None:
    before = state_of(tmp_path / "data")
    assert (len(before.articles), before.settings is None, "wire-4" in str(before.records)) == (3, False, True)
    (tmp_path / "data" / "articles" / "later.md").write_text("# Later\n", encoding="utf-8")
    listing = restore(Settings(data=tmp_path / target), saved, force=target == "data")
    equal = state_of(tmp_path / target) == before
    figure("backup and restore", "equal" if equal else "not equal", "equal")
    assert equal
    assert len(listing.articles) == 3
    save(Settings(data=tmp_path / target), tmp_path / "again.zip")
    restore(Settings(data=tmp_path / "third"), tmp_path / "again.zip")
    assert state_of(tmp_path / "third") == before


def test_a_data_folder_that_holds_nothing_comes_back_as_nothing(tmp_path: Path) -> None:
    save(Settings(data=tmp_path / "nothing"), tmp_path / "saved.zip")
    fill(tmp_path / "data", "wire")
    restore(Settings(data=tmp_path / "data"), tmp_path / "saved.zip", force=True)
    assert state_of(tmp_path / "data") == EMPTY


def test_archive_and_what_comes_out_of_it_are_for_their_owner_alone(tmp_path: Path, saved: Path) -> None:
    restore(Settings(data=tmp_path / "new"), saved)
    files = [saved, *(path for path in (tmp_path / "new").rglob("*") if path.is_file() and path.suffix != ".lock")]
    assert {path.name: path.stat().st_mode & 0o077 for path in files} == {path.name: 0 for path in files}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "new", "saved.zip"]
    with zipfile.ZipFile(saved) as archive:
        assert SECRET in archive.read("rolewise.toml").decode(), "as the command says"


def test_records_are_saved_while_a_server_has_them_open_and_not_replaced_under_it(tmp_path: Path, saved: Path) -> None:
    before = state_of(tmp_path / "data")
    run = [sys.executable, "-c", SERVER, str(tmp_path / "data")]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "open\n"
        save(Settings(data=tmp_path / "data"), tmp_path / "while.zip")
        with pytest.raises(RecordsError, match=r"is in use\. Stop the server first"):
            restore(Settings(data=tmp_path / "data"), saved, force=True)
        server.communicate("")
    assert state_of(tmp_path / "data") == before
    restore(Settings(data=tmp_path / "other"), tmp_path / "while.zip")
    assert state_of(tmp_path / "other") == before


@pytest.mark.parametrize("kept", [RECORDS_FILE, "articles", "rolewise.toml"])
def test_what_is_there_is_not_replaced_unless_told(tmp_path: Path, saved: Path, kept: str) -> None:
    data = tmp_path / "other"
    fill(data, "ribbon")
    for name in {RECORDS_FILE, "articles", "rolewise.toml"} - {kept}:
        (data / name).rename(data / f".{name}")
    with pytest.raises(BackupError, match=f"holds {kept}, which would be lost. .*--force"):
        restore(Settings(data=data), saved)
    assert (data / kept).exists()


def test_damaged_records_can_be_replaced(tmp_path: Path, saved: Path) -> None:
    before = state_of(tmp_path / "data")
    (tmp_path / "data" / RECORDS_FILE).write_bytes(b"no database " * 1000)
    restore(Settings(data=tmp_path / "data"), saved, force=True)
    assert state_of(tmp_path / "data") == before


def test_a_log_without_its_database_is_not_played_into_the_restored_one(tmp_path: Path, saved: Path) -> None:
    before = state_of(tmp_path / "data")
    database = open_database(tmp_path / "data", None)
    StoredRecords(database).keep(["q"], answer_object("later"))
    (tmp_path / "crashed").mkdir()
    shutil.copy(tmp_path / "data" / f"{RECORDS_FILE}-wal", tmp_path / "crashed")
    database.close()
    restore(Settings(data=tmp_path / "crashed"), saved)
    assert state_of(tmp_path / "crashed") == before


def test_with_postgresql_the_archive_has_no_records_and_leaves_those_in_a_file_alone(tmp_path: Path) -> None:
    settings = fill(tmp_path / "data", "wire")
    url = SecretStr("postgresql://rolewise:hunter2@127.0.0.1:9/rolewise")  # never asked
    result = save(settings.model_copy(update={"database_url": url}), tmp_path / "saved.zip")
    assert RECORDS_FILE not in result.listing.files
    other = fill(tmp_path / "other", "ribbon")
    before = state_of(tmp_path / "other").records
    restore(other, tmp_path / "saved.zip", force=True)
    after, saved = state_of(tmp_path / "other"), state_of(tmp_path / "data")
    assert (after.records, after.articles, after.settings) == (before, saved.articles, saved.settings)


def test_records_of_a_file_are_not_put_where_postgresql_is_used(tmp_path: Path, saved: Path) -> None:
    settings = Settings(data=tmp_path / "new", database_url=SecretStr("postgresql://a:b@127.0.0.1:9/c"))
    with pytest.raises(BackupError, match=r"ROLEWISE_DATABASE_URL is set\. Unset it"):
        restore(settings, saved)
    assert not (tmp_path / "new").exists()


def test_links_and_what_is_no_file_are_left_out_and_named(tmp_path: Path) -> None:
    settings = fill(tmp_path / "data", "wire")
    (tmp_path / "outside.md").write_text("not ours", encoding="utf-8")
    (settings.own_articles / "link.md").symlink_to(tmp_path / "outside.md")
    (settings.own_articles / ".half.md.new").write_text("half", encoding="utf-8")
    with (settings.own_articles / "huge.pdf").open("wb") as file:
        file.truncate(LARGEST_ARTICLE + 1)
    result = save(settings, tmp_path / "saved.zip")
    assert len(result.listing.articles) == 3
    assert [said.split()[0].split("/")[-1] for said in result.left_out] == ["huge.pdf", "link.md:"]


def test_an_index_pinned_to_older_articles_follows_again(tmp_path: Path, saved: Path) -> None:
    (tmp_path / "new" / "index").mkdir(parents=True)
    write_pointer(tmp_path / "new" / "index", Pointer("generation-0003", pinned=True))
    restore(Settings(data=tmp_path / "new"), saved)
    assert read_pointer(tmp_path / "new" / "index") == Pointer("generation-0003")


def test_a_backup_replaces_no_file(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is there already"):
        save(Settings(data=tmp_path / "data"), saved)
    with pytest.raises(BackupError, match="Give a place you may write"):
        save(Settings(data=tmp_path / "data"), tmp_path / "nowhere" / "saved.zip")
