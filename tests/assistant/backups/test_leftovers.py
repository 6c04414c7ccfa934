"""What a killed backup leaves is removed by the next command there, and what a living one works on is not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from assistant.backups.archive import UNFINISHED
from assistant.backups.finishing import BackupError
from assistant.backups.restoring import restore
from assistant.backups.saving import save
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from corpus.durable import alone_in
from tests.assistant.backups.places import fill, state_of
from tests.crashing import Acknowledged, working


def saving(data: Path, target: Path, refused: Acknowledged) -> None:
    """Save a data folder, and note why that was refused."""
    try:
        save(Settings(data=data), target)
    except BackupError as error:
        refused.note(str(error))


@contextmanager
def in_the_middle(settings: Settings, target: Path, refused: Acknowledged) -> Iterator[ForkServerProcess]:
    """A backup in a process of its own, which has copied the records; the articles it gets when the context ends."""
    with working(saving, settings.data, target, refused) as process:
        with alone_in(settings.own_articles):
            for _ in range(3000):
                if not process.is_alive() or list(target.parent.glob(f"{UNFINISHED}*/archive")):
                    break
                time.sleep(0.01)
            assert process.is_alive()
            yield process
        process.join(60)


def killed(settings: Settings, target: Path, refused: Acknowledged) -> None:
    with in_the_middle(settings, target, refused) as process:
        process.kill()
        process.join(60)
    assert process.exitcode == -signal.SIGKILL


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "saved").mkdir()
    return tmp_path / "saved"


@pytest.fixture
def refused(tmp_path: Path) -> Acknowledged:
    """Why the backup in a process of its own was refused."""
    return Acknowledged(tmp_path / "refused")


@pytest.mark.parametrize("name", ["again.zip", "first.zip"])
def test_the_next_backup_to_that_place_removes_what_a_killed_one_left(
    tmp_path: Path, place: Path, refused: Acknowledged, name: str
) -> None:
    settings = fill(tmp_path / "data", "wire")
    killed(settings, place / "first.zip", refused)
    left = names(place)
    assert len(left) == 2, "a lock and a folder"
    assert all(one.startswith(UNFINISHED) for one in left)
    save(settings, place / name)
    assert names(place) == [name]


def test_a_restore_from_that_place_removes_it_too(tmp_path: Path, place: Path, refused: Acknowledged) -> None:
    settings = fill(tmp_path / "data", "wire")
    save(settings, place / "whole.zip")
    killed(settings, place / "killed.zip", refused)
    restore(Settings(data=tmp_path / "new"), place / "whole.zip")
    assert names(place) == ["whole.zip"]


def test_of_two_backups_at_once_each_writes_its_own(tmp_path: Path, place: Path, refused: Acknowledged) -> None:
    wire, ribbon = fill(tmp_path / "wire", "wire"), fill(tmp_path / "ribbon", "ribbon")
    with in_the_middle(wire, place / "wire.zip", refused) as slow:
        save(ribbon, place / "ribbon.zip")
        assert len(names(place)) == 3, "what the other one works on is still there"
    assert (refused.lines(), slow.exitcode) == ([], 0)
    assert names(place) == ["ribbon.zip", "wire.zip"]
    for word in ("wire", "ribbon"):
        restore(Settings(data=tmp_path / "new" / word), place / f"{word}.zip")
        assert state_of(tmp_path / "new" / word) == state_of(tmp_path / word)


def test_of_two_backups_of_one_name_at_once_the_later_is_refused(
    tmp_path: Path, place: Path, refused: Acknowledged
) -> None:
    wire, ribbon = fill(tmp_path / "wire", "wire"), fill(tmp_path / "ribbon", "ribbon")
    with in_the_middle(wire, place / "saved.zip", refused):
        save(ribbon, place / "saved.zip")
    (said,) = refused.lines()
    assert "saved.zip is there already. Give the name of a new file." in said
    assert names(place) == ["saved.zip"]
    restore(Settings(data=tmp_path / "new"), place / "saved.zip")
    assert state_of(tmp_path / "new") == state_of(tmp_path / "ribbon")


def test_a_backup_into_the_folder_of_articles_does_not_hold_itself(tmp_path: Path) -> None:
    settings = fill(tmp_path / "data", "wire")
    saved = save(settings, settings.own_articles / "saved.zip")
    assert len(saved.listing.articles) == 3
    with zipfile.ZipFile(settings.own_articles / "saved.zip") as archive:
        assert not [name for name in archive.namelist() if UNFINISHED in name]


def test_what_could_not_be_restored_is_not_saved(tmp_path: Path, place: Path) -> None:
    settings = fill(tmp_path / "data", "wire")
    with (tmp_path / "data" / "rolewise.toml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n" * 100_000)
    with pytest.raises(BackupError, match=r"saved\.zip is not written: it holds 'rolewise\.toml' with .* could not be"):
        save(settings, place / "saved.zip")
    assert names(place) == []


def test_what_a_killed_backup_of_the_records_left_is_removed_too(tmp_path: Path, place: Path) -> None:
    left = "import os, sys; from pathlib import Path; from corpus.private import PrivateFolder\n"
    left += "from assistant.records.backup import UNFINISHED\n"
    left += "folder = PrivateFolder(Path(sys.argv[1]), UNFINISHED); os.kill(os.getpid(), 9)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run([sys.executable, "-c", left, place], env=environment, check=False).returncode == -9
    assert len(names(place)) > 0
    fill(tmp_path / "data", "wire")
    database = open_database(tmp_path / "data", None)
    StoredRecords(database).back_up(place / "records.sqlite3")
    database.close()
    assert names(place) == ["records.sqlite3"]


def test_what_others_named_so_without_a_lock_is_left_alone(tmp_path: Path, place: Path) -> None:
    (place / f"{UNFINISHED}notes").mkdir()
    (place / f"{UNFINISHED}link.lock").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_text("kept", encoding="utf-8")
    save(fill(tmp_path / "data", "wire"), place / "saved.zip")
    assert names(place) == [f"{UNFINISHED}link.lock", f"{UNFINISHED}notes", "saved.zip"]
    with pytest.raises(BackupError, match="is there already"):
        save(Settings(data=tmp_path / "data"), place / "saved.zip")
