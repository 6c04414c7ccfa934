"""Every fault a builder can meet. Figures are printed with `-s`."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.serving import serving
from corpus.library import load_library
from index.build import build_index
from index.generation import Pointer, generations, read_pointer
from index.hits import SearchError, Vectors
from index.manifest import Manifest
from index.opening import open_published
from index.seal import check
from index.stores import LocalStores
from tests.benchmarks.building import builder
from tests.editions import QUESTION, edition, write_edition
from tests.figures import Note
from tests.index.faults.builder import AFTER, BEFORE, Left, faulty_builder
from tests.index.faults.ordering import COUNT, FULL, KILL
from tests.small import WordEncoder, write_pages

pytestmark = pytest.mark.slow

ROOM_STEP = 7  # every seventh change meets a full disk; every one meets a kill
ROOM = range(20, 1000, 80)  # kB left for a generation that takes about 600


def test_a_builder_killed_at_every_change_it_makes_leaves_a_whole_index(tmp_path: Path, figure: Note) -> None:
    started, ends = time.perf_counter(), Counter[str]()
    with faulty_builder(tmp_path) as faulty:
        most = faulty.run(0, COUNT).calls
        number, left = 1, Left(-9, 0, BEFORE)
        while left.status == -9:
            left = faulty.run(number, KILL, exact=number % 20 != 0)
            ends[left.wording] += left.status == -9
            number += 1
    print(f"\nbuilder killed at {ends.total()} changes, the index was whole after {ends.total()}: ", end="")
    print(f"{ends[BEFORE]} old, {ends[AFTER]} new; {time.perf_counter() - started:.0f} s")
    figure(
        "builder killed at every change",
        {"attempts": ends.total(), "whole": ends.total(), "old": ends[BEFORE]},
        "all whole",
    )
    assert left.status == 0
    assert abs(ends.total() - most) < 20
    assert ends[BEFORE] > 300
    assert 0 < ends[AFTER] < 20


def test_a_disk_that_fills_up_at_any_change_leaves_a_whole_index(tmp_path: Path, figure: Note) -> None:
    with faulty_builder(tmp_path) as faulty:
        most = faulty.run(0, COUNT).calls
        lefts = [faulty.run(number, FULL) for number in range(1, most, ROOM_STEP)]
    refused = [left for left in lefts if left.status == 1]
    print(f"\ndisk full from {len(lefts)} changes on: {len(refused)} builds refused with a reason, the old index whole")
    figure("builds on a disk that is full from a change on", {"attempts": len(lefts), "whole": len(lefts)}, "all whole")
    assert all((left.status, left.wording) in {(1, BEFORE), (0, AFTER), (1, AFTER)} for left in lefts)
    assert len(refused) > len(lefts) // 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk; the test above makes one full for all")
def test_a_small_disk_that_is_really_full_leaves_a_whole_index(tmp_path: Path, figure: Note) -> None:
    write_edition(tmp_path / "articles", 0)
    build_index(tmp_path / "index", load_library([tmp_path / "articles"]), WordEncoder())
    disk, said = tmp_path / "disk", Counter[str]()
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], check=True)
    try:
        for room in ROOM:
            shutil.rmtree(disk / "index", ignore_errors=True)
            shutil.copytree(tmp_path / "index", disk / "index")
            write_edition(disk / "articles", 1)
            before = free(disk)
            encoder = FillingEncoder(disk, room * 1000)
            try:
                build_index(disk / "index", load_library([disk / "articles"]), encoder)
                said["built"] += 1
            except SearchError as error:
                said["refused" if "0 MB are free" in str(error) else str(error)] += 1
            (disk / "filler").unlink()
            live = serving(open_published(disk / "index", WordEncoder(), LocalStores()), None)
            said[f"answers of edition {edition(live.assistant.answer([QUESTION]))}"] += 1
            live.close()
            assert not list((disk / "index").glob("*.building"))
            assert free(disk) >= before or read_pointer(disk / "index") == Pointer("generation-0002")
    finally:
        subprocess.run(["umount", disk], check=True)
    print(f"\nsmall disk filled up during {len(ROOM)} builds: {dict(said)}")
    figure("builds on a small disk", dict(said), "all whole")
    assert said["refused"] == said["answers of edition 0"]
    assert said["built"] == said["answers of edition 1"]
    assert said["refused"] >= 5
    assert said["built"] >= 1


def free(disk: Path) -> int:
    return shutil.disk_usage(disk).free


class FillingEncoder(WordEncoder):
    """An encoder during whose work somebody else fills the disk, but for so many bytes."""

    def __init__(self, disk: Path, room: int) -> None:
        super().__init__()
        self._disk, self._room = disk, room

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        if not (self._disk / "filler").exists():
            (self._disk / "filler").write_bytes(bytes(free(self._disk) - self._room))
        return super().encode(texts, progress=progress)


def test_processes_that_build_at_once_leave_one_whole_index(tmp_path: Path, figure: Note) -> None:
    write_pages(tmp_path / "articles")
    with builder(tmp_path) as one, builder(tmp_path) as two:
        said = Counter[str]()
        for _ in range(5):
            for process in (one, two):
                assert process.stdin is not None
                process.stdin.write("-1\n")
                process.stdin.flush()
            for process in (one, two):
                assert process.stdout is not None
                said["built" if "generation-" in process.stdout.readline() else "turned away"] += 1
            for folder in generations(tmp_path / "index"):
                check(folder, Manifest.read(folder).files)
    print(f"\ntwo builders at once, five times: {dict(said)}")
    figure("two builders at once, five times", dict(said), "one whole index")
    assert read_pointer(tmp_path / "index") is not None
    assert said["built"] >= 5
