"""A vector store that loses vectors is filled anew; when it goes on losing them, the generation does without it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from assistant.cli_index import built, described
from assistant.wiring import Index, build_here, open_fitting
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index, expected_manifest, unfit
from index.generation import current_generation, generations, roll_back
from index.hits import SearchError, Vectors
from index.manifest import Manifest
from index.opening import open_published
from index.stores import PART, LocalStores
from tests.editions import write_edition
from tests.small import WordEncoder, library_of

Printed = pytest.CaptureFixture[str]

_MADE_UP = ["".join(syllables) for syllables in product(("barra", "dolmo", "fexe", "gintu", "kulva"), repeat=3)]
_FORMS = " ".join(f"The Head Chef signs the {word} form." for word in _MADE_UP)
MANY = {"forms": f"---\ntitle: Head Chef vs Line Cook\nroles: [Head Chef, Line Cook]\n---\n\n## Forms\n\n{_FORMS}\n"}
SAID = (
    "compared one by one, as Chroma did not find 1 of 19 by themselves. To try it again: rolewise index build --force"
)


class LossyStores(LocalStores):
    """Stores that misplace the first `lost` vectors, `times` times. They count how often they are filled."""

    def __init__(self, times: int = 99, lost: int = 1) -> None:
        self.times, self.lost, self.filled = times, lost, 0

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        self.filled += 1
        wrong = vectors.copy()
        if self.filled <= self.times:
            wrong[: self.lost] *= -1
        super().build(generation, ids, wrong)


class NewerStores(LocalStores):
    """Stores of the next chromadb."""

    @property
    def version(self) -> str:
        return "1000.0"


class ForgetfulEncoder(WordEncoder):
    """An encoder that gives every text another vector whenever it is asked: nothing is found by its own words."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        self.encoded += texts
        rows = np.random.default_rng(len(self.encoded)).normal(size=(len(texts), 8)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def index_at(tmp_path: Path, stores: LocalStores) -> Index:
    return Index(tmp_path / "index", WordEncoder(), stores)


def without_chroma(index: Index, library: Library) -> Path:
    """Build a generation with stores that go on losing vectors, and return its folder."""
    return build_index(index.root, library, index.encoder, BuildOptions(stores=LossyStores())).folder


def test_a_store_that_lost_a_vector_is_filled_anew(own_library: Library, tmp_path: Path) -> None:
    stores = LossyStores(2)
    done = build_index(tmp_path / "index", own_library, WordEncoder(), BuildOptions(stores=stores))
    assert (done.lost, stores.filled) == (0, 3)
    assert (done.folder / PART).is_dir()
    assert not open_published(tmp_path / "index", WordEncoder(), LocalStores()).exact


def test_a_store_that_goes_on_losing_vectors_is_left_out_and_the_generation_published(
    own_library: Library, tmp_path: Path
) -> None:
    stores = LossyStores()
    done = build_index(tmp_path / "index", own_library, WordEncoder(), BuildOptions(stores=stores))
    assert current_generation(tmp_path / "index") == done.folder
    assert (done.lost, stores.filled) == (1, 3)
    assert not (done.folder / PART).exists()
    manifest = Manifest.read(done.folder)
    assert manifest.lost == 1
    assert not [name for name in manifest.files if name.startswith(PART)]


@pytest.mark.parametrize(("lost", "filled"), [(100, 3), (101, 1)])
def test_a_store_that_lost_very_many_is_not_filled_again(tmp_path: Path, lost: int, filled: int) -> None:
    stores, library = LossyStores(lost=lost), library_of(tmp_path / "articles", MANY)
    done = build_index(tmp_path / "index", library, WordEncoder(), BuildOptions(stores=stores))
    assert (done.chunks, done.lost, stores.filled) == (125, lost, filled)


def test_it_answers_by_exact_search_and_nobody_calls_it_damaged(
    own_library: Library, tmp_path: Path, capsys: Printed
) -> None:
    build_index(tmp_path / "with", own_library, WordEncoder())
    index = index_at(tmp_path, LocalStores())
    without_chroma(index, own_library)
    assert unfit(index.root, expected_manifest(own_library, index.encoder), index.stores) == ()
    for opened in (open_fitting(index, own_library), open_published(index.root, index.encoder, index.stores)):
        assert (opened.generation, opened.exact, opened.damage, opened.lost()) == ("generation-0001", True, (), False)
        other = open_published(tmp_path / "with", WordEncoder(), LocalStores())
        assert opened.searcher.search("who writes the menu") == other.searcher.search("who writes the menu")
    assert capsys.readouterr().err == ""


def test_a_build_and_the_status_say_so_in_one_line(own_library: Library, tmp_path: Path, capsys: Printed) -> None:
    index = index_at(tmp_path, LossyStores())
    said = list(built(index, own_library))
    assert said[0].endswith("generation-0001: 3 articles, 19 sentences, 19 embedded anew")
    assert said[1:] == [f"vectors: {SAID}"]
    status = list(described(index, own_library, ()))
    assert status[0].startswith("fresh")
    assert "19 sentences, model words-1, without Chroma, " in status[1]
    assert status[-1] == f"vectors: {SAID}"
    build_here(index_at(tmp_path / "other", LossyStores()), own_library)
    assert capsys.readouterr().err.splitlines()[1:] == [f"Its vectors are {SAID}"]


@pytest.mark.parametrize("stores", [LossyStores(), LocalStores()], ids=["lossy", "good"])
def test_a_build_without_a_change_publishes_nothing_and_says_how_it_stands(
    own_library: Library, tmp_path: Path, stores: LocalStores
) -> None:
    index = index_at(tmp_path, stores)
    first = without_chroma(index, own_library)
    again = build_index(index.root, own_library, index.encoder, BuildOptions())  # as another server's builder does
    assert (again.folder, again.lost, again.new) == (first, 1, False)
    said = list(built(index, own_library))
    assert said[0].endswith("generation-0001: 3 articles, 19 sentences, nothing has changed since it was built")
    assert said[1:] == [f"vectors: {SAID}"]
    assert generations(index.root) == [first]


def test_another_chromadb_is_tried(own_library: Library, tmp_path: Path) -> None:
    index = index_at(tmp_path, NewerStores())
    without_chroma(index, own_library)
    (said,) = built(index, own_library)
    assert "generation-0002: " in said
    assert not open_published(index.root, index.encoder, index.stores).exact


def test_a_build_that_is_told_to_tries_chroma_again(own_library: Library, tmp_path: Path) -> None:
    index = index_at(tmp_path, LocalStores())
    without_chroma(index, own_library)
    (said,) = built(index, own_library, force=True)
    assert "generation-0002: 3 articles, 19 sentences, 0 embedded anew" in said
    assert not open_published(index.root, index.encoder, index.stores).exact
    assert list(described(index, own_library, ()))[-1] == "vectors: on this machine"


def test_a_build_of_changed_articles_tries_chroma_again(own_library: Library, tmp_path: Path) -> None:
    index = index_at(tmp_path, LocalStores())
    without_chroma(index, own_library)
    changed = load_library([write_edition(tmp_path / "articles", 1)])
    done = build_index(index.root, changed, index.encoder)
    assert (done.folder.name, done.lost) == ("generation-0002", 0)
    assert (done.folder / PART).is_dir()
    assert roll_back(index.root).name == "generation-0001"
    opened = open_published(index.root, index.encoder, index.stores)
    assert (opened.exact, opened.damage) == (True, ())


def test_with_a_store_that_finds_its_vectors_a_search_that_finds_nothing_is_refused(
    own_library: Library, tmp_path: Path
) -> None:
    with pytest.raises(SearchError, match="are found by their own words"):
        build_index(tmp_path / "index", own_library, ForgetfulEncoder())
    assert generations(tmp_path / "index") == []


def test_without_chroma_a_search_that_finds_nothing_is_refused_all_the_same(
    own_library: Library, tmp_path: Path
) -> None:
    with pytest.raises(SearchError, match="are found by their own words"):
        build_index(tmp_path / "index", own_library, ForgetfulEncoder(), BuildOptions(stores=LossyStores()))
    assert generations(tmp_path / "index") == []
