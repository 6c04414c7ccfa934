"""What is installed is pinned: every package that Rolewise needs to run or to be built, in one version, with hashes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from hatchling.builders.constants import EDITABLES_REQUIREMENT
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "assistant" / "deploy"
FILES = ("constraints.txt", "constraints-cuda.txt", "constraints-build.txt")
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
BUILD = pins_of("constraints-build.txt")


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


@pytest.mark.parametrize("pins", [PINS, CUDA, BUILD], ids=FILES)
def test_every_pin_has_a_hash(pins: dict[str, tuple[set[Version], int]]) -> None:
    assert pins
    assert [name for name, (_, hashes) in pins.items() if hashes < 1] == []


@pytest.mark.parametrize("name", FILES)
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


def test_what_builds_the_wheel_is_pinned_as_well() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [Requirement(line) for line in project["build-system"]["requires"]]
    wanted = [more for one in asked for _, more in needed(canonicalize_name(one.name), frozenset(), set())]
    wanted += [*asked, Requirement(EDITABLES_REQUIREMENT)]
    assert {"hatchling", "editables", "pathspec"} <= {canonicalize_name(one.name) for one in wanted}
    for requirement in wanted:
        versions, _ = BUILD.get(canonicalize_name(requirement.name), (set(), 0))
        assert any(requirement.specifier.contains(version) for version in versions), f"{requirement}: run lock.sh"


def test_what_both_building_and_running_need_is_of_one_version() -> None:
    both = set(PINS) & set(BUILD)
    assert both
    assert {name: PINS[name][0] for name in both} == {name: BUILD[name][0] for name in both}


def installing(text: str) -> list[list[str]]:
    """Return the words of every command of pip in a text, after `pip`."""
    lines = text.replace("\\\n", " ").splitlines()
    commands = [command.split() for line in lines for command in line.split("&&")]
    return [words[words.index("pip") + 1 :] for words in commands if "-m" in words and "pip" in words]


def fetches_unknown_files(words: list[str]) -> bool:
    """Tell whether a command of pip may fetch a file whose hash is not given, to install it or to build with it."""
    if "--require-hashes" in words:
        return False
    builds = not words[-1].endswith(".whl")
    return "--no-index" not in words or (builds and "--no-build-isolation" not in words)


def test_the_image_is_made_of_files_whose_hashes_are_known() -> None:
    commands = installing((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    assert len(commands) == 4
    assert [words for words in commands if fetches_unknown_files(words)] == []
    given = [word for words in commands if "--require-hashes" in words for word in words if word.endswith(".txt")]
    assert [Path(word).name for word in given] == ["constraints.txt", "constraints-build.txt"]


def test_so_is_what_the_readme_calls_exactly_those() -> None:
    commands = [words for words in installing((ROOT / "README.md").read_text(encoding="utf-8")) if "--no-deps" in words]
    assert len(commands) == 2
    assert [words for words in commands if fetches_unknown_files(words)] == []


def applying_pins() -> dict[str, set[str]]:
    """Return the pinned packages that this machine needs, with their versions."""
    found: dict[str, set[str]] = {}
    for line in (DEPLOY / "constraints.txt").read_text(encoding="utf-8").splitlines():
        pin = PIN.match(line)
        if pin and (not pin[3] or Marker(pin[3].removeprefix(" ; ")).evaluate()):
            found.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return found


def test_ci_writes_a_bill_of_what_it_installed_and_tested() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines.index("pytest -m alone") < lines.index('.ci/sbom "$environment/bin/python" build/rolewise.cdx.json')
    assert os.access(ROOT / ".ci" / "sbom", os.X_OK)


@pytest.mark.slow
def test_the_bill_of_materials_names_every_pinned_package(tmp_path: Path) -> None:
    subprocess.run([ROOT / ".ci" / "sbom", sys.executable, tmp_path / "bill.json"], check=True)
    bill = json.loads((tmp_path / "bill.json").read_text(encoding="utf-8"))
    listed = {canonicalize_name(part["name"]): part["version"] for part in bill["components"]}
    pins = applying_pins()
    other = {name for name, versions in pins.items() if name in listed and not versions & {listed[name]}}
    print(
        f"\n{len(listed)} packages listed, {len(pins)} pinned for this machine, of other versions here: {sorted(other)}"
    )
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "rolewise"
    assert len(pins) > 100
    assert set(pins) <= set(listed)
    assert all(part["purl"].startswith("pkg:pypi/") for part in bill["components"] if part["name"] != "rolewise")


@pytest.mark.parametrize(
    "command",
    [
        "install --no-deps .",
        "install --no-deps --no-index .",
        "wheel --no-build-isolation .",
        "install --no-deps x.whl",
    ],
)
def test_a_command_that_fetches_unknown_files_is_known_as_one(command: str) -> None:
    assert fetches_unknown_files(command.split())
