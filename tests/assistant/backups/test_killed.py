"""Whatever kills a restore, or fills its disk: the data folder holds what it held, or what the backup holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from assistant.backups.finishing import DECIDED, STAGING, finish_restore
from assistant.backups.saving import save
from tests.assistant.backups.places import State, fill, state_of
from tests.figures import Note
from tests.index.faults.ordering import COUNT, FULL, KILL, Program, program


@dataclass
class Restorer:
    """Runs restores of `new` over `old`, each in a folder made anew."""

    program: Program
    old: State
    new: State

    def found(self) -> State:
        """Return what the next command finds, which begins with reading the settings."""
        finish_restore(self.program.case)
        assert not (self.program.case / STAGING).exists()
        assert not (self.program.case / DECIDED).exists()
        return state_of(self.program.case)


@pytest.fixture(scope="module")
def restorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restorer]:
    folder = tmp_path_factory.mktemp("restores")
    save(fill(folder / "saved", "ribbon"), folder / "saved.zip")
    fill(folder / "template", "wire")
    with program(folder, "tests.assistant.backups.program", folder / "saved.zip") as started:
        yield Restorer(started, state_of(folder / "template"), state_of(folder / "saved"))


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def test_a_restore_killed_at_any_change_it_makes_leaves_the_old_or_the_new(
    restorer: Restorer, step: int, figure: Note
) -> None:
    status, calls = restorer.program.order(0, COUNT)
    assert (status, restorer.found()) == (0, restorer.new)
    seen = []
    for number in range(1, calls + 1, step):
        killed, _ = restorer.program.order(number, KILL)
        found = restorer.found()
        assert (killed, found in (restorer.old, restorer.new)) == (-9, True), f"at {number} of {calls}"
        seen.append("new" if found == restorer.new else "old")
    which = "every change" if step == 1 else f"every {step}th change"
    figure(f"restore killed at {which}", {"attempts": len(seen), "old or new": len(seen)}, "all old or new")
    assert seen == sorted(seen, reverse=True), "from one of them on, all of it is new"
    assert set(seen) == {"old", "new"}


@pytest.mark.parametrize("step", [10, pytest.param(2, marks=pytest.mark.slow)], ids=["some", "many"])
def test_a_restore_that_finds_no_room_leaves_the_old_or_is_finished_by_the_next_command(
    restorer: Restorer, step: int
) -> None:
    _, calls = restorer.program.order(0, COUNT)
    seen = set()
    for number in range(1, calls + 1, step):
        status, _ = restorer.program.order(number, FULL)
        found = restorer.found()
        assert found in (restorer.old, restorer.new), f"at {number} of {calls}"
        if status == 0:
            assert found == restorer.new, f"at {number} of {calls}"
        seen.add(found == restorer.new)
    assert seen == {False, True}
