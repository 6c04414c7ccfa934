"""Whoever points to another generation does so alone, and a build that ends later does not undo a rollback."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.generation import Pointer, generations, read_pointer, roll_back, write_pointer
from index.hits import SearchError, Vectors
from tests.editions import write_edition
from tests.small import WordEncoder

ROUNDS = 200


class Interrupted(WordEncoder):
    """An encoder during whose work somebody goes back to the generation before."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        if not self.encoded:
            roll_back(self.root)
        return super().encode(texts, progress=progress)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of an index of two generations, whose articles have changed since."""
    for number in range(2):
        library = load_library([write_edition(tmp_path / "articles", number)])
        build_index(tmp_path / "index", library, WordEncoder())
    write_edition(tmp_path / "articles", 2)
    return tmp_path / "index"


def test_a_rollback_while_an_index_is_built_stays(root: Path) -> None:
    library = load_library([root.parent / "articles"])
    with pytest.raises(SearchError, match=r"was rolled back while another was built.*rolewise index build"):
        build_index(root, library, Interrupted(root))
    assert read_pointer(root) == Pointer("generation-0001", pinned=True)
    assert [folder.name for folder in generations(root)] == ["generation-0002", "generation-0001"]
    assert build_index(root, library, WordEncoder(), BuildOptions(force=True)).folder.name == "generation-0003"
    assert read_pointer(root) == Pointer("generation-0003")


def test_two_that_point_at_once_leave_a_pointer_that_can_be_read(root: Path) -> None:
    def point(name: str) -> None:
        for _ in range(ROUNDS):
            write_pointer(root, Pointer(name))
            assert read_pointer(root) is not None

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(point, ["generation-0001", "generation-0002"]))


def test_a_folder_in_which_nothing_can_be_pointed_to_is_named(root: Path) -> None:
    (root / ".pointer.lock").unlink()
    (root / ".pointer.lock").mkdir()
    with pytest.raises(SearchError, match=r"index cannot be written"):
        roll_back(root)
