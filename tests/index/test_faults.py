"""A builder that is killed, or finds no room, leaves a whole index in use. Every change it makes: tests/benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.library import load_library
from index.build import build_index
from index.generation import generations
from index.private import PrivateFolder
from tests.index.faults.builder import AFTER, BEFORE, FaultyBuilder, faulty_builder
from tests.index.faults.ordering import COUNT, FULL, KILL
from tests.small import WordEncoder

SAMPLES = 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def builder(folder: Path) -> Iterator[FaultyBuilder]:
    with faulty_builder(folder) as builder:
        yield builder


@pytest.fixture(scope="module")
def calls(builder: FaultyBuilder) -> int:
    """How many changes a build makes that nothing happens to; it publishes the new wording."""
    left = builder.run(0, COUNT)
    assert (left.status, left.wording) == (0, AFTER)
    assert left.calls > 100
    return left.calls


@pytest.mark.parametrize("part", range(SAMPLES))
def test_a_builder_killed_in_the_middle_of_a_change_leaves_a_whole_index(
    builder: FaultyBuilder, calls: int, part: int
) -> None:
    left = builder.run(1 + part * calls // SAMPLES, KILL, exact=part % 2 == 0)
    assert (left.status, left.wording) == (-9, BEFORE)


def test_what_a_killed_builder_left_behind_goes_with_the_next_build(
    builder: FaultyBuilder, calls: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.run(calls * 3 // 4, KILL)
    root = builder.case / "index"
    assert list(root.glob("*.building"))
    built = build_index(root, load_library([folder / "articles"]), WordEncoder())
    assert not list(root.glob("*.building"))
    assert [path.name for path in generations(root)] == ["generation-0003", "generation-0002", "generation-0001"]
    assert built.folder.name == "generation-0003"
    monkeypatch.setattr("tempfile.tempdir", str(folder / "temporary"))
    PrivateFolder().close()
    assert not list((folder / "temporary").iterdir())


@pytest.mark.parametrize("part", range(2))
def test_a_builder_that_finds_no_room_says_so_and_leaves_a_whole_index(
    builder: FaultyBuilder, calls: int, folder: Path, part: int
) -> None:
    left = builder.run(1 + part * calls // 3, FULL)
    assert (left.status, left.wording) == (1, BEFORE)
    said = (folder / "said").read_text(encoding="utf-8").splitlines()[-1]
    assert "No space left" in said or "disk is full" in said
    assert not list((builder.case / "index").glob("*.building"))


@pytest.fixture(scope="module")
def steps(builder: FaultyBuilder) -> list[tuple[str, ...]]:
    """What a build that nothing happens to wrote, settled and renamed: ("fsync", path), ("rename", old, new)."""
    builder.run(0, COUNT)
    root = f"{builder.case / 'index'}/"
    lines = builder.trace.read_text(encoding="utf-8").splitlines()
    return [tuple(word.removeprefix(root) for word in line.split("\t")) for line in lines]


def test_every_file_of_a_generation_is_on_the_disk_before_it_gets_its_name(
    builder: FaultyBuilder, steps: list[tuple[str, ...]]
) -> None:
    building, published = "generation-0003.building", builder.case / "index" / "generation-0003"
    named = steps.index(("rename", building, "generation-0003"))
    parts = [path.relative_to(published).as_posix() for path in sorted(published.rglob("*"))]
    assert {"manifest.json", "vectors.npy", "chunks.json", "chroma", "keywords"} <= set(parts)
    for path in [building, *(f"{building}/{part}" for part in parts)]:
        settled = [at for at, step in enumerate(steps) if step == ("fsync", path)]
        written = [at for at, step in enumerate(steps) if step == ("write", path)]
        assert settled, f"{path} was never settled"
        assert max(written, default=-1) < settled[-1] < named, path


def test_its_name_is_on_the_disk_before_the_pointer_and_the_pointer_at_the_end(
    builder: FaultyBuilder, steps: list[tuple[str, ...]]
) -> None:
    index = str(builder.case / "index")
    order = [
        ("rename", "generation-0003.building", "generation-0003"),
        ("fsync", index),
        ("write", ".CURRENT.new"),
        ("fsync", ".CURRENT.new"),
        ("rename", ".CURRENT.new", "CURRENT"),
        ("fsync", index),
    ]
    start = steps.index(order[0])
    assert [step for step in steps[start:] if step in order] == order
