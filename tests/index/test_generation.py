"""Generations: which is in use, going back, one builder at a time, and folders that cannot be written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.library import Library, load_library
from corpus.private import PrivateFolder
from corpus.record import library_record, recorded_library
from index.build import BuildOptions, build_index, check_space, expected_manifest
from index.generation import CURRENT, Pointer, generations, read_pointer, roll_back, stale, write_pointer
from index.hits import SearchError, VectorStores
from index.lock import holder
from index.manifest import Manifest
from index.opening import UnfitError, open_index, open_outdated, open_published
from index.search import Searcher
from index.stores import LocalStores
from tests.small import KITCHEN, PAGES, WordEncoder, library_of

ANYWAY = BuildOptions(force=True)
STORES: VectorStores = LocalStores()

HOLD = """
import sys, time
from pathlib import Path
from index.lock import building
with building(Path(sys.argv[1]), 0, print):
    print("building", flush=True)
    time.sleep(60)
"""
OPEN = """
import sys
from pathlib import Path
from index.opening import open_published
from index.stores import LocalStores
from tests.small import WordEncoder
opened = open_published(Path(sys.argv[1]), WordEncoder(), LocalStores())
print(opened.exact, opened.damage, opened.searcher.search("who writes the menu")[0].chunk.text)
"""


@contextmanager
def other_process(program: str, root: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", program, str(root)], stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations, of the menu as it was and as it is."""
    data = tmp_path_factory.mktemp("template")
    build_index(data / "index", library_of(data / "articles"), WordEncoder())
    page = PAGES[KITCHEN].replace("each season", "twice a year")
    build_index(data / "index", library_of(data / "articles", {KITCHEN: page}), WordEncoder())
    return data


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    """The index, in a data folder that a test may change."""
    return shutil.copytree(template, tmp_path / "data") / "index"


def _now(root: Path) -> Library:
    return load_library([root.parent / "articles"])


def _menu(root: Path) -> str:
    opened = open_published(root, WordEncoder(), STORES)
    chunk = opened.searcher.search("who writes the menu")[0].chunk
    sentences = [s for section in opened.library.articles[KITCHEN].sections for s in section.sentences]
    opened.searcher.close()
    return opened.library.articles[KITCHEN].quote(sentences[chunk.sentence - 1].span)


def test_a_library_is_read_back_as_it_was_written(shipped_library: Library, small_library: Library) -> None:
    for library in (shipped_library, small_library):
        again = recorded_library(library_record(library))
        assert again.articles == library.articles
        assert again.content_hash() == library.content_hash()
        assert set(again.catalogue.roles) == set(library.catalogue.roles)


def test_going_back_answers_from_the_articles_of_then(root: Path) -> None:
    assert _menu(root) == "The Head Chef writes the menu twice a year."
    assert roll_back(root).name == "generation-0001"
    assert _menu(root) == "The Head Chef writes the menu each season."


def test_a_pinned_generation_stays_when_articles_differ_until_a_build_is_forced(root: Path) -> None:
    roll_back(root)
    library = _now(root)
    assert stale(root, expected_manifest(library, WordEncoder())) == ()
    assert build_index(root, library, WordEncoder()).folder.name == "generation-0001"
    opened = open_index(root, WordEncoder(), STORES, expected_manifest(library, WordEncoder()))
    assert (opened.generation, opened.damage) == ("generation-0001", ())
    assert build_index(root, library, WordEncoder(), ANYWAY).folder.name == "generation-0003"
    assert read_pointer(root) == Pointer("generation-0003")
    assert "twice a year" in _menu(root)


@pytest.mark.parametrize("changed", ["model", "chroma"])
def test_a_pinned_generation_of_another_model_or_chromadb_is_built_anew(root: Path, changed: str) -> None:
    roll_back(root)
    expected = replace(expected_manifest(_now(root), WordEncoder()), **{changed: "another"})
    with pytest.raises(UnfitError, match="another"):
        open_index(root, WordEncoder(), STORES, expected)


def test_an_outdated_generation_of_another_chromadb_is_searched_without_chroma(root: Path) -> None:
    expected = replace(expected_manifest(_now(root), WordEncoder()), chroma="9.9")
    assert open_outdated(root, WordEncoder(), STORES, expected).exact
    with pytest.raises(UnfitError):
        open_outdated(root, WordEncoder("another"), STORES, replace(expected, model="another"))


def test_damaged_generations_are_passed_over_on_the_way_back(root: Path) -> None:
    build_index(root, _now(root), WordEncoder(), ANYWAY)
    (root / "generation-0002" / "vectors.npy").write_bytes(b"")
    assert roll_back(root).name == "generation-0001"


def test_without_an_intact_generation_before_there_is_no_way_back(root: Path) -> None:
    (root / "generation-0001" / "chunks.json").unlink()
    with pytest.raises(SearchError, match=r"no intact generation before generation-0002.*chunks\.json.*index build"):
        roll_back(root)
    assert read_pointer(root) == Pointer("generation-0002")


@pytest.mark.parametrize(
    "content", ["", "\0" * 15, "../../etc", "generation-1", "generation-0002\nwhat", "generation-0002\n\n"]
)
def test_a_pointer_that_makes_no_sense_points_nowhere(tmp_path: Path, content: str) -> None:
    (tmp_path / CURRENT).write_text(content, encoding="utf-8")
    assert read_pointer(tmp_path) is None


def test_a_generation_that_was_never_pointed_to_is_removed_by_the_next_build(root: Path) -> None:
    write_pointer(root, Pointer("generation-0001"))  # as a build leaves it that is killed before its last step
    built = build_index(root, _now(root), WordEncoder())
    assert [folder.name for folder in generations(root)] == [built.folder.name, "generation-0001"]


def test_generations_are_told_apart_by_number_however_many_there_were(root: Path) -> None:
    for old, new in [("generation-0001", "generation-9999"), ("generation-0002", "generation-10000")]:
        (root / old).rename(root / new)
    write_pointer(root, Pointer("generation-9999"))  # as a build leaves it that is killed before its last step
    built = build_index(root, _now(root), WordEncoder())
    assert [folder.name for folder in generations(root)] == ["generation-10000", "generation-9999"]
    assert read_pointer(root) == Pointer(built.folder.name) == Pointer("generation-10000")


def test_who_is_building_is_named_to_those_turned_away_and_to_those_who_wait(root: Path) -> None:
    assert holder(root) is None
    with other_process(HOLD, root) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "building\n"
        assert re.fullmatch(rf"process {other.pid} on \S+, since \S+", holder(root) or "")
        with pytest.raises(SearchError, match=rf"being built by process {other.pid} on .* since .*try again"):
            build_index(root, _now(root), WordEncoder(), BuildOptions(force=True, wait=0))
        told: list[str] = []

        def end_it(line: str) -> None:
            told.append(line)
            other.kill()

        built = build_index(root, _now(root), WordEncoder(), BuildOptions(force=True, told=end_it))
    assert built.folder.name == "generation-0003"
    assert f"built by process {other.pid} on" in told[0]
    assert holder(root) is None


def test_a_build_without_room_says_how_much_is_needed_and_what_to_set(tmp_path: Path) -> None:
    check_space(tmp_path, 1)
    with pytest.raises(SearchError, match=r"needs 28000008 MB in .*, \d+ MB are free.*ROLEWISE_DATA"):
        check_space(tmp_path, 1_000_000_000)


def test_a_folder_that_cannot_be_written_is_read_all_the_same(root: Path) -> None:
    places = [root, *root.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    obeying = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    probe = subprocess.run([*obeying, "touch", str(root / "new")], capture_output=True, check=False)
    ran = subprocess.run([*obeying, sys.executable, "-c", OPEN, str(root)], capture_output=True, text=True, check=False)
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)
    assert probe.returncode != 0
    assert ran.stdout.startswith("False () "), ran.stderr
    assert "twice a year" in ran.stdout


def test_reading_changes_nothing_that_was_published(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    _menu(root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_private_copies_go_with_their_searcher_and_with_a_killed_process(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "copies"))
    searcher = Searcher.open(root / "generation-0002", WordEncoder())
    kept = set((tmp_path / "copies").iterdir())
    left = "import os, sys, tempfile; from corpus.private import PrivateFolder; tempfile.tempdir = sys.argv[1]\n"
    left += "folder = PrivateFolder(); (folder.path / 'file').write_text('x'); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", left, str(tmp_path / "copies")], check=False)
    assert len(set((tmp_path / "copies").iterdir()) - kept) == 2
    PrivateFolder().close()
    assert set((tmp_path / "copies").iterdir()) == kept
    assert searcher.search("menu")
    searcher.close()
    assert not list((tmp_path / "copies").iterdir())


def test_a_manifest_seals_every_file_and_itself(root: Path) -> None:
    folder = root / "generation-0002"
    sealed = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(Manifest.read(folder).files) == sealed - {"manifest.json"}
    values = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(values | {"chunks": 1}), encoding="utf-8")
    with pytest.raises(SearchError, match="no readable manifest"):
        Manifest.read(folder)
