"""A record that was acknowledged is there, whatever happened since: kills, a full disk, two writers, a dead server."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from assistant.records.kept import RECORDS_FILE, RecordsError
from tests.assistant.records.conftest import Place
from tests.assistant.records.writing import Where, keep_and_thumb, lost, make_write_delete, opened, write_on
from tests.crashing import Acknowledged, killed_at, wait_for, working
from tests.figures import Note
from tests.postgresql import running_postgresql

KILLS = 20
KILLS_OF_SERVER = 5


def where_of(place: Place) -> Where:
    return str(place.data), place.url.get_secret_value() if place.url else ""


def whole(data: Path) -> bool:
    """Tell whether SQLite finds its file sound; True when there is none."""
    if not (data / RECORDS_FILE).exists():
        return True
    with closing(sqlite3.connect(data / RECORDS_FILE)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


@pytest.mark.slow
def test_a_writer_that_is_killed_at_any_moment_loses_nothing(
    place: Place, tmp_path: Path, request: pytest.FixtureRequest, figure: Note
) -> None:
    dice, where, noted = random.Random(7), where_of(place), Acknowledged(tmp_path / "acknowledged")
    for kill in range(KILLS):
        with working(write_on, where, noted.path, f"w{kill}") as process:
            wait_for(len(noted.lines()) + 1, noted, process)
            time.sleep(dice.random() * 0.05)
    told, missing = lost(where, noted.lines())
    print(f"{request.node.name}: {KILLS} kills -9 of the writer: {told} acknowledged, {missing} lost")  # noqa: T201
    figure("records, their writer killed", {"kills": KILLS, "acknowledged": told, "lost": missing}, "0 lost")
    assert missing == 0
    assert told >= KILLS
    assert whole(place.data)


@pytest.mark.slow
def test_two_writers_at_once_lose_nothing_and_none_is_refused(
    place: Place, tmp_path: Path, request: pytest.FixtureRequest, figure: Note
) -> None:
    where, noted = where_of(place), [Acknowledged(tmp_path / name) for name in ("one", "two")]
    with working(write_on, where, noted[0].path, "one") as one, working(write_on, where, noted[1].path, "two") as two:
        for process, file in ((one, noted[0]), (two, noted[1])):
            wait_for(60, file, process)
    lines = [line for file in noted for line in file.lines()]
    told, missing = lost(where, lines)
    print(f"{request.node.name}: two writers at once: {told} acknowledged, {missing} lost")  # noqa: T201
    figure("records of two writers at once", {"acknowledged": told, "lost": missing}, "0 lost")
    assert missing == 0
    assert not [line for line in lines if line.startswith("refused")]
    assert whole(place.data)


@pytest.mark.slow
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync", "ftruncate"])
def test_sqlite_loses_nothing_when_its_writer_is_killed_at_each_write(tmp_path: Path, call: str, figure: Note) -> None:
    kills = told = missing = 0
    while True:
        data, noted = tmp_path / f"{kills}", Acknowledged(tmp_path / f"{kills} acknowledged")
        killed = killed_at(call, kills + 1, data, make_write_delete, (str(data), ""), noted.path, "w")
        count = lost((str(data), ""), noted.lines())  # opens it: the making may have been killed, too
        told, missing = told + count[0], missing + count[1]
        assert whole(data)
        if not killed:
            break
        kills += 1
    print(f"{call}: killed at each of {kills}: {told} acknowledged, {missing} lost")  # noqa: T201
    figure(
        f"records, their writer killed at every {call}",
        {"kills": kills, "acknowledged": told, "lost": missing},
        "0 lost",
    )
    assert missing == 0
    assert kills > 0


def fill_up(where: Where, acknowledged: Path, largest: int) -> None:
    """Write until there is no room, then on with room again: a limit on the size of a file stands for a full disk."""
    noted = Acknowledged(acknowledged)
    records = opened(where)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    number = 0
    while number < 1000:
        number += 1
        try:
            keep_and_thumb(records, noted, f"full-{number}")
        except RecordsError as error:
            noted.note(f"refused {error}")
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    keep_and_thumb(records, noted, "after")


@pytest.mark.slow
@pytest.mark.parametrize("largest", [150_000, 400_000])
def test_what_was_acknowledged_before_a_full_disk_is_there_and_writing_goes_on_with_room(
    tmp_path: Path, largest: int, figure: Note
) -> None:
    where, noted = (str(tmp_path / "data"), ""), Acknowledged(tmp_path / "acknowledged")
    with working(fill_up, where, noted.path, largest) as process:
        process.join(60)
        assert process.exitcode == 0
    told, missing = lost(where, noted.lines())
    print(f"full at {largest} bytes: {told} acknowledged, {missing} lost")  # noqa: T201
    figure(f"records on a disk full at {largest} bytes", {"acknowledged": told, "lost": missing}, "0 lost")
    assert missing == 0
    assert whole(tmp_path / "data")
    (refused,) = [line for line in noted.lines() if line.startswith("refused")]
    assert "is full" in refused


def fill_disk(where: Where, acknowledged: Path) -> None:
    noted, records = Acknowledged(acknowledged), opened(where)
    ballast = Path(where[0]) / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    for number in range(2000):
        try:
            keep_and_thumb(records, noted, f"full-{number}")
        except RecordsError as error:
            noted.note(f"refused {error}")
            if not ballast.exists():
                break
            ballast.unlink()


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[Path]:
    """Mount a disk of a size in memory as long as the context lasts, or skip the test."""
    at.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(at)], capture_output=True).returncode:
        pytest.skip("Mounting a small disk needs root.")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


@pytest.mark.slow
def test_what_was_acknowledged_before_a_small_disk_was_full_is_there(tmp_path: Path, figure: Note) -> None:
    noted = Acknowledged(tmp_path / "acknowledged")
    with small_disk(tmp_path / "data", "1500k") as data:
        with working(fill_disk, (str(data), ""), noted.path) as process:
            process.join(100)
            assert process.exitcode == 0
        assert whole(data)
        told, missing = lost((str(data), ""), noted.lines())
    refused = [number for number, line in enumerate(noted.lines()) if line.startswith("refused")]
    print(f"small disk, full twice: {told} acknowledged, {missing} lost, {len(refused)} refused")  # noqa: T201
    figure(
        "records on a small disk, full twice",
        {"acknowledged": told, "lost": missing, "refused": len(refused)},
        "0 lost",
    )
    assert missing == 0
    assert len(refused) == 2, "with room again it went on"
    assert refused[1] > refused[0] + 1
    assert all("is full" in noted.lines()[number] for number in refused)


@pytest.mark.slow
def test_postgresql_on_a_full_disk_loses_nothing_and_goes_on_with_room(tmp_path: Path, figure: Note) -> None:
    noted = Acknowledged(tmp_path / "acknowledged")
    with small_disk(tmp_path / "disk", "160m") as disk:
        disk.chmod(0o755)
        for folder in (tmp_path, *tmp_path.parents[:3]):  # the server is another user; pytest makes two or three
            folder.chmod(folder.stat().st_mode | 0o011)
        with running_postgresql(disk) as server:
            where = (str(tmp_path), server.new_database().get_secret_value())
            lost(where, [])
            ballast = disk / "ballast"
            ballast.write_bytes(b"x" * (shutil.disk_usage(disk).free - 200_000))
            with working(write_on, where, noted.path, "full") as process:
                for _ in range(600):
                    time.sleep(0.1)
                    if any(line.startswith("refused") for line in noted.lines()):
                        break
                ballast.unlink()
                server.stop(signal.SIGKILL)
                server.start()
                wait_for(len(noted.lines()) + 20, noted, process)
            told, missing = lost(where, noted.lines())
    refused = [line for line in noted.lines() if line.startswith("refused")]
    print(f"PostgreSQL on a full disk: {told} acknowledged, {missing} lost, {len(refused)} refused: {refused[:1]}")  # noqa: T201
    figure(
        "records in PostgreSQL on a full disk",
        {"acknowledged": told, "lost": missing, "refused": len(refused)},
        "0 lost",
    )
    assert missing == 0
    assert noted.lines()[-1].split()[0] in ("kept", "thumb")


@pytest.mark.slow
def test_postgresql_that_is_killed_loses_nothing_and_its_writers_go_on(tmp_path: Path, figure: Note) -> None:
    dice, noted = random.Random(11), [Acknowledged(tmp_path / name) for name in ("one", "two")]
    with running_postgresql() as server:
        where = (str(tmp_path), server.new_database().get_secret_value())
        lost(where, [])
        with (
            working(write_on, where, noted[0].path, "one") as one,
            working(write_on, where, noted[1].path, "two") as two,
        ):
            for _ in range(KILLS_OF_SERVER):
                for process, file in ((one, noted[0]), (two, noted[1])):
                    wait_for(len(file.lines()) + 3, file, process)
                time.sleep(dice.random() * 0.3)
                server.stop(signal.SIGKILL)
                time.sleep(0.2)
                server.start()
            before = [len(file.lines()) for file in noted]
            for count, process, file in zip(before, (one, two), noted, strict=True):
                wait_for(count + 20, file, process)
        lines = [line for file in noted for line in file.lines()]
        told, missing = lost(where, lines)
    refused = len([line for line in lines if line.startswith("refused")])
    print(f"{KILLS_OF_SERVER} kills -9 of PostgreSQL: {told} acknowledged, {missing} lost, {refused} refused")  # noqa: T201
    figure(
        "records in PostgreSQL that is killed",
        {"kills": KILLS_OF_SERVER, "acknowledged": told, "lost": missing, "refused": refused},
        "0 lost",
    )
    assert missing == 0
    assert [line for line in lines if line.startswith("refused")], "the kills were noticed"
    assert lines[-1].split()[0] != "refused", "and got over"
