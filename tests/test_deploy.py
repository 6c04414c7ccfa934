"""What is installed is pinned: every package that Rolewise needs at run time, in one version, with hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

DEPLOY = Path(__file__).parent.parent / "assistant" / "deploy"
PIN = re.compile(r"^([a-z0-9][\w.-]*)==(\S+?)( ;[^\\]*)? \\$", re.ASCII)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$", re.ASCII)


def pins_of(name: str) -> dict[str, tuple[set[Version], int]]:
    """Return name -> versions (one for each kind of machine) and number of hashes; fail on any line that is neither."""
    pins: dict[str, tuple[set[Version], int]] = {}
    current = ""
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if found := PIN.match(line):
            current = canonicalize_name(found[1])
            versions, hashes = pins.get(current, (set(), 0))
            pins[current] = ({*versions, Version(found[2])}, hashes)
        elif HASH.match(line):
            versions, hashes = pins[current]
            pins[current] = (versions, hashes + 1)
        else:
            assert not line or line.startswith("#"), line
    return pins


PINS = pins_of("constraints.txt")
CUDA = pins_of("constraints-cuda.txt")


def needed(
    name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]
) -> Iterator[tuple[str, Requirement]]:
    """Yield every requirement that follows from an installed package, with whose it is."""
    if (name, extras) in seen:
        return
    seen.add((name, extras))
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            continue
        yield name, requirement
        try:
            metadata.distribution(requirement.name)
        except metadata.PackageNotFoundError:
            continue
        yield from needed(canonicalize_name(requirement.name), frozenset(requirement.extras), seen)


NEEDED = tuple(needed("rolewise", frozenset(), set()))


def test_dependencies_of_dependencies_are_found() -> None:
    assert len({canonicalize_name(requirement.name) for _, requirement in NEEDED}) > 80


@pytest.mark.parametrize("pins", [PINS, CUDA], ids=["constraints.txt", "constraints-cuda.txt"])
def test_every_pin_has_a_hash(pins: dict[str, tuple[set[Version], int]]) -> None:
    assert pins
    assert [name for name, (_, hashes) in pins.items() if hashes < 1] == []


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-cuda.txt"])
def test_no_hash_stands_there_twice(name: str) -> None:
    lines = [
        line.rstrip(" \\") for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines() if HASH.match(line)
    ]
    assert len(lines) == len(set(lines))


def test_every_dependency_is_pinned_to_a_version_that_whoever_needs_it_accepts() -> None:
    missing = []
    for whose, requirement in NEEDED:
        versions, _ = PINS.get(canonicalize_name(requirement.name), (set(), 0))
        if not any(requirement.specifier.contains(version, prereleases=True) for version in versions):
            missing.append(f"{requirement} (for {whose}) has {sorted(map(str, versions))}")
    print(f"\n{len(NEEDED)} requirements, {len(PINS)} pins, {sum(hashes for _, hashes in PINS.values())} hashes")
    assert missing == [], "Run assistant/deploy/lock.sh."


def test_graphics_processors_are_needed_by_nothing_else() -> None:
    assert not set(PINS) & set(CUDA)
    assert all(name.startswith(("nvidia-", "cuda-", "triton")) for name in CUDA)
