"""An article that was published is there whole, whatever kills who publishes; two who publish at once do not mix."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from corpus.catalogue import shipped_catalogue
from corpus.corrections import correction
from corpus.library import load_library
from corpus.shelf import Offer, Shelf
from tests.crashing import Acknowledged, killed_at, wait_for, working
from tests.figures import Note

BODY = "\n\n".join(f"## Part {number}\n\nThe Florist has vases. The Gardener has spades." for number in range(60))
CALLS = ["write", "fsync", "rename", "unlink"]


def text(version: str) -> str:
    return f"# {version}\n\n{BODY}\n"


def publish(shelf: Shelf, version: str, suffix: str) -> None:
    """Publish a version whose title is in its correction, too, so that a mixture shows."""
    known = correction(title=f"Title {version}", roles=("Florist", "Gardener"))
    (added,) = shelf.add([Offer(Path(f"bees.{suffix}"), text(version).encode())], known)
    if added.error:
        raise RuntimeError(added.error)


def publish_on(folder: str, acknowledged: Path, name: str) -> None:
    """Publish one version after the other until killed."""
    noted, shelf, number = Acknowledged(acknowledged), Shelf(Path(folder), shipped_catalogue()), 0
    while True:
        number += 1
        publish(shelf, f"{name} {number}", "md" if number % 3 else "txt")
        noted.note(f"{name} {number}")


def publish_twice(folder: str, acknowledged: Path) -> None:
    """Publish a version, replace it by one of another format, remove it, and publish again."""
    noted, shelf = Acknowledged(acknowledged), Shelf(Path(folder), shipped_catalogue())
    publish(shelf, "first", "md")
    noted.note("first")
    publish(shelf, "second", "txt")
    noted.note("second")
    noted.note("removing")
    shelf.remove("bees")
    noted.note("removed")
    publish(shelf, "third", "md")
    noted.note("third")


def published(folder: Path) -> str | None:
    """Return the version that is there, or None; fail when it is not a whole one."""
    if not any(path.suffix in (".md", ".txt") and path.name[0] != "." for path in folder.glob("*")):
        return None
    article = load_library([folder]).articles["bees"]
    content = [path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in (".md", ".txt")]
    versions = [body.splitlines()[0].removeprefix("# ") for body in content]
    assert all(body == text(version) for body, version in zip(content, versions, strict=True))
    assert article.title.startswith("Title ")
    return versions[0] if len(versions) == 1 else " and ".join(sorted(versions))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


@pytest.mark.slow
def test_who_publishes_may_be_killed_at_any_moment(folder: Path, tmp_path: Path, figure: Note) -> None:
    dice, noted, kills = random.Random(3), Acknowledged(tmp_path / "acknowledged"), 8
    for kill in range(kills):
        with working(publish_on, str(folder), noted.path, f"run{kill}") as process:
            wait_for(len(noted.lines()) + 2, noted, process)
            time.sleep(dice.random() * 0.03)
        last, there = noted.lines()[-1], published(folder)
        assert there is not None
        run, number = last.split()
        assert {last, f"{run} {int(number) + 1}"} & set(there.split(" and ")), f"{last} was published, {there} is there"
    print(f"{kills} kills -9 while publishing: {len(noted.lines())} published, 0 lost")  # noqa: T201
    figure(
        "articles published, their writer killed",
        {"kills": kills, "published": len(noted.lines()), "lost": 0},
        "0 lost",
    )


@pytest.mark.slow
def test_two_who_publish_at_once_do_not_mix(folder: Path, tmp_path: Path) -> None:
    noted = [Acknowledged(tmp_path / name) for name in ("one", "two")]
    one = working(publish_on, str(folder), noted[0].path, "one")
    two = working(publish_on, str(folder), noted[1].path, "two")
    with one as first, two as second:
        for process, file in ((first, noted[0]), (second, noted[1])):
            wait_for(25, file, process)
            assert process.is_alive(), "neither failed"
    there = published(folder)
    assert there is not None


@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_who_publishes_may_be_killed_at_every_call(folder: Path, tmp_path: Path, call: str, figure: Note) -> None:
    kills = told = 0
    while True:
        for path in folder.iterdir():
            path.unlink()
        noted = Acknowledged(tmp_path / f"acknowledged {kills}")
        killed = killed_at(call, kills + 1, folder, publish_twice, str(folder), noted.path)
        lines, there = noted.lines(), published(folder)
        told += len(lines)
        last = lines[-1] if lines else None
        allowed = {
            None: {None, "first"}, "first": {"first", "first and second", "second"}, "second": {"second"},
            "removing": {"second", None}, "removed": {None, "third"}, "third": {"third"},
        }  # fmt: skip
        assert there in allowed[last], (call, kills, lines, there)
        if not killed:
            break
        kills += 1
        publish(Shelf(folder, shipped_catalogue()), "after", "md")
        assert published(folder) == "after", "the next publishing mends what was left"
    print(f"{call}: killed at each of {kills}: {told} acknowledged, 0 lost")  # noqa: T201
    figure(
        f"articles published, their writer killed at every {call}",
        {"kills": kills, "acknowledged": told, "lost": 0},
        "0 lost",
    )
    assert kills > 0
