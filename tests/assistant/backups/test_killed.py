"""Whatever kills a restore, or fills its disk: the data folder holds what it held, or what the backup holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.backups.finishing import DECIDED, STAGING, finish_restore
from assistant.backups.saving import save
from tests.assistant.backups.places import State, fill, state_of
from tests.figures import Note
from tests.index.faults.builder import COUNT, FULL, KILL, compiled_faults


@dataclass
class Restorer:
    """Runs restores of `new` over `old`, each in the folder `case`, made anew."""

    process: subprocess.Popen[str]
    case: Path
    old: State
    new: State

    def run(self, number: int, mode: int) -> tuple[int, int]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{number} {mode}\n")
        self.process.stdin.flush()
        status, calls = map(int, self.process.stdout.readline().split())
        return status, calls

    def found(self) -> State:
        """Return what the next command finds, which begins with reading the settings."""
        finish_restore(self.case)
        assert not (self.case / STAGING).exists()
        assert not (self.case / DECIDED).exists()
        return state_of(self.case)


@pytest.fixture(scope="module")
def restorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorer]:
    folder = tmp_path_factory.mktemp("restores")
    save(fill(folder / "saved", "ribbon"), folder / "saved.zip")
    fill(folder / "template", "wire")
    shared, case = compiled_faults(folder), folder / "case"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.assistant.backups.program", folder / "template", case, folder / "saved.zip"],
        env={
            **os.environ,
            "LD_PRELOAD": str(shared),
            "FAULT_ROOT": str(case),
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "said").open("w"),
        text=True,
    )
    try:
        yield Restorer(process, case, state_of(folder / "template"), state_of(folder / "saved"))
    finally:
        process.kill()
        process.wait()


def test_a_restore_killed_at_any_change_it_makes_leaves_the_old_or_the_new(restorer: Restorer, figure: Note) -> None:
    status, calls = restorer.run(0, COUNT)
    assert (status, restorer.found()) == (0, restorer.new)
    seen = []
    for number in range(1, calls + 1):
        killed, _ = restorer.run(number, KILL)
        found = restorer.found()
        assert (killed, found in (restorer.old, restorer.new)) == (-9, True), f"at {number} of {calls}"
        seen.append("new" if found == restorer.new else "old")
    figure("restore killed at every change", {"attempts": calls, "old or new": len(seen)}, "all old or new")
    assert seen == sorted(seen, reverse=True), "from one of them on, all of it is new"
    assert set(seen) == {"old", "new"}


def test_a_restore_that_finds_no_room_leaves_the_old_or_is_finished_by_the_next_command(restorer: Restorer) -> None:
    _, calls = restorer.run(0, COUNT)
    seen = set()
    for number in range(1, calls + 1, 2):
        status, _ = restorer.run(number, FULL)
        found = restorer.found()
        assert found in (restorer.old, restorer.new), f"at {number} of {calls}"
        if status == 0:
            assert found == restorer.new, f"at {number} of {calls}"
        seen.add(found == restorer.new)
    assert seen == {False, True}
