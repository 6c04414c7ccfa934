"""What is no backup, or not as it was written, is refused and leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.backups.archive import LARGEST_ARTICLE, LIST
from assistant.backups.finishing import BackupError
from assistant.backups.restoring import restore
from assistant.records.kept import RECORDS_FILE
from assistant.settings import Settings
from tests.assistant.backups.places import EMPTY, state_of

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


def test_a_file_of_another_kind_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(BackupError, match="is no backup of Rolewise"):
        restore(Settings(data=tmp_path / "new"), tmp_path / "letter.txt")
    with pytest.raises(BackupError, match="cannot be read"):
        restore(Settings(data=tmp_path / "new"), tmp_path / "nowhere.zip")
