"""What was saved comes back as it was; what is no backup, or would destroy something, changes nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.backups.archive import LARGEST_ARTICLE, LIST
from assistant.backups.finishing import DECIDED, BackupError
from assistant.backups.restoring import restore
from assistant.backups.saving import save
from assistant.records.kept import RECORDS_FILE, RecordsError
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from index.generation import Pointer, read_pointer, write_pointer
from tests.assistant.backups.places import SECRET, State, fill, state_of
from tests.assistant.conftest import Command, assert_one_line_with_a_cure
from tests.assistant.records.conftest import answer_object
from tests.figures import Note

EMPTY = State((), {}, None)
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


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save(fill(tmp_path / "data", "wire"), tmp_path / "saved.zip")
    return tmp_path / "saved.zip"


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


Change = Callable[[dict[str, bytes], dict[str, object]], None]


def changed(saved: Path, change: Change, mode: int = stat.S_IFREG | 0o600) -> Path:
    """Write the archive again with other entries; the last one gets the mode."""
    with zipfile.ZipFile(saved) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    listing = json.loads(entries.pop(LIST))
    change(entries, listing)
    entries = {LIST: json.dumps(listing).encode(), **entries}
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            archive.writestr(info, content)
    return saved


def named(name: str, content: bytes = b"x") -> Change:
    def change(entries: dict[str, bytes], listing: dict[str, object]) -> None:
        entries[name] = content
        files = listing["files"]
        assert isinstance(files, dict)
        files[name] = {"size": len(content), "sha256": "0" * 64}

    return change


def newer(_entries: dict[str, bytes], listing: dict[str, object]) -> None:
    listing["schema"] = "rolewise.backup/2"


def without_records(entries: dict[str, bytes], listing: dict[str, object]) -> None:
    del entries[RECORDS_FILE]
    assert isinstance(listing["files"], dict)
    del listing["files"][RECORDS_FILE]


def unlisted(entries: dict[str, bytes], _listing: dict[str, object]) -> None:
    entries["articles/more.md"] = b"x"


def longer(entries: dict[str, bytes], _listing: dict[str, object]) -> None:
    entries["rolewise.toml"] += b"# more"


def other_words(entries: dict[str, bytes], _listing: dict[str, object]) -> None:
    entries["rolewise.toml"] = entries["rolewise.toml"].replace(b"wire", b"wore")


def no_list(_entries: dict[str, bytes], listing: dict[str, object]) -> None:
    listing.clear()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *[(named(name), "no place in a data folder") for name in (
            "../above.md", "articles/../../above.md", "/etc/above.md", "articles//above.md", "articles/./above.md",
            "index/CURRENT", "above.md", "articles", "articles/", "records.sqlite3-wal", ".restored/orders.json",
        )],
        (named("articles/huge.md", b"\0" * (LARGEST_ARTICLE + 1)), "the limit is"),
        (named("articles/other.md"), "is not what was saved"),
        (newer, "newer Rolewise"),
        (without_records, "other records than it says"),
        (unlisted, "other files than it lists"),
        (longer, "another size"),
        (other_words, "'rolewise.toml' is not what was saved"),
        (no_list, "no backup of Rolewise"),
    ],
)  # fmt: skip
def test_an_archive_that_is_not_as_it_was_written_is_refused_and_leaves_nothing(
    tmp_path: Path, saved: Path, change: Change, said: str
) -> None:
    target = tmp_path / "deep" / "deeper" / "data"
    with pytest.raises(BackupError, match=said) as raised:
        restore(Settings(data=target), changed(saved, change))
    assert str(saved) in str(raised.value)
    left = [path for path in (tmp_path / "deep").rglob("*") if path not in (target, target.parent)]
    assert left == []
    assert not list(tmp_path.rglob("above.md"))


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o600, stat.S_IFDIR | 0o700])
def test_links_and_pipes_in_an_archive_are_refused(tmp_path: Path, saved: Path, mode: int) -> None:
    with pytest.raises(BackupError, match="is a link or another thing than a file"):
        restore(Settings(data=tmp_path / "new"), changed(saved, named("articles/link.md", b"/etc/passwd"), mode))
    assert not (tmp_path / "new").exists()


def test_what_unpacks_to_more_than_it_says_is_cut_off(tmp_path: Path, saved: Path) -> None:
    content = b"\0" * LARGEST_ARTICLE

    def claims_less(entries: dict[str, bytes], listing: dict[str, object]) -> None:
        named("articles/bomb.md", content[:100])(entries, listing)
        entries["articles/bomb.md"] = content

    archive = changed(saved, claims_less).read_bytes()
    real, said = len(content).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert archive.count(real) == 2  # before the content, and in the directory at the end
    saved.write_bytes(archive.replace(real, said))
    with pytest.raises(BackupError, match=r"is damaged: 'articles/bomb\.md'"):
        restore(Settings(data=tmp_path / "new"), saved)
    assert state_of(tmp_path / "new") == EMPTY


def test_records_of_a_newer_rolewise_are_refused_before_anything_is_replaced(tmp_path: Path, saved: Path) -> None:
    def newer_records(entries: dict[str, bytes], listing: dict[str, object]) -> None:
        (tmp_path / "newer").write_bytes(entries[RECORDS_FILE])
        with closing(sqlite3.connect(tmp_path / "newer")) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        content = (tmp_path / "newer").read_bytes()
        named(RECORDS_FILE, content)(entries, listing)
        listing["files"][RECORDS_FILE]["sha256"] = hashlib.sha256(content).hexdigest()  # type: ignore[index]

    with pytest.raises(BackupError, match=r"of a newer Rolewise \(tables 9999\)"):
        restore(Settings(data=tmp_path / "new"), changed(saved, newer_records))
    assert state_of(tmp_path / "new") == EMPTY


def test_a_disk_without_room_is_said_before_anything_is_unpacked(
    tmp_path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: size._replace(free=1000))
    with pytest.raises(BackupError, match=r"needs 0 MB in .*, 0 MB are free\. Make room there"):
        restore(Settings(data=tmp_path / "new"), saved)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_restore_that_cannot_be_finished_is_said_by_every_command(rolewise: Command, tmp_path: Path) -> None:
    (tmp_path / "data" / DECIDED).mkdir(parents=True)
    (tmp_path / "data" / DECIDED / "orders.json").write_text("{", encoding="utf-8")
    assert_one_line_with_a_cure(rolewise("articles", "list", data=tmp_path / "data"), 1, "cannot be finished")


def test_a_file_of_another_kind_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(BackupError, match="is no backup of Rolewise"):
        restore(Settings(data=tmp_path / "new"), tmp_path / "letter.txt")
    with pytest.raises(BackupError, match="cannot be read"):
        restore(Settings(data=tmp_path / "new"), tmp_path / "nowhere.zip")


def test_a_backup_replaces_no_file(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="is there already"):
        save(Settings(data=tmp_path / "data"), saved)
    with pytest.raises(BackupError, match="Give a place you may write"):
        save(Settings(data=tmp_path / "data"), tmp_path / "nowhere" / "saved.zip")


def test_the_commands_say_what_is_in_it_and_the_index_follows_by_itself(rolewise: Command, tmp_path: Path) -> None:
    page, file, first, second = (tmp_path / name for name in ("florist-vs-gardener.md", "b.zip", "first", "second"))
    page.write_text(
        "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs wire. The Gardener needs a spade.\n", "utf-8"
    )
    assert rolewise("articles", "add", page, data=first).status == 0
    ran = rolewise("backup", file, data=first)
    assert ran.out.splitlines() == [
        "records: none were kept",
        "own articles: 1 files",
        "rolewise.toml: none in the data folder",
        f"{file}: written; only you can read it",
    ]
    assert rolewise("ask", "Which tools does a florist use?", data=second).status == 0
    ran = rolewise("restore", file, data=second)
    assert (ran.status, ran.out.splitlines()[-1].split(" as of ")[0]) == (0, f"{second}: restored")
    assert "needs wire" in rolewise("ask", "Which tools does a florist use?", data=second).out
    assert_one_line_with_a_cure(rolewise("restore", file, data=second), 1, "--force")


def test_with_postgresql_the_command_names_its_tool(rolewise: Command, tmp_path: Path) -> None:
    url = "postgresql://rolewise:hunter2@127.0.0.1:9/rolewise"
    ran = rolewise("backup", tmp_path / "b.zip", data=tmp_path / "data", database_url=url)
    assert ran.out.startswith("records: not in it, as they are on PostgreSQL: save them with pg_dump")
    assert "hunter2" not in ran.out + ran.err
