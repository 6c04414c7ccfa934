"""Generations on a real Chroma server: the same answers, a collection for each, and none that is forgotten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.wiring import Index, open_fitting
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index, expected_manifest, unfit
from index.generation import generations, roll_back
from index.hits import SearchError, Vectors, VectorStores
from index.opening import open_published
from index.server import ChromaServer
from index.server_stores import NAMED, TO_DELETE, ServerStores
from index.stores import PART, LocalStores
from tests.chroma import NOBODY, Chroma, running_chroma
from tests.editions import write_edition
from tests.small import WordEncoder, library_of

QUESTIONS = ("who writes the menu", "budget of several departments", "reports to the director")


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def stores(chroma: Chroma) -> ServerStores:
    return ServerStores(ChromaServer(chroma.url))


def built(data: Path, stores: VectorStores, number: int = 0, *, force: bool = False) -> Library:
    """Build an edition of the small library in a data folder."""
    library = load_library([write_edition(data / "articles", number)])
    build_index(data / "index", library, WordEncoder(), BuildOptions(stores=stores, force=force))
    return library


def found(data: Path, stores: VectorStores) -> list[list[tuple[str, float]]]:
    opened = open_published(data / "index", WordEncoder(), stores)
    hits = [[(hit.chunk.id, hit.score) for hit in opened.searcher.search(question)] for question in QUESTIONS]
    opened.searcher.close()
    assert not opened.exact
    return hits


def collection(folder: Path) -> str:
    return str(json.loads((folder / PART / NAMED).read_text(encoding="utf-8"))["collection"])


class LosingStores(ServerStores):
    """Stores that lose the last vector, as a server may that lost its power."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        super().build(generation, ids[:-1], vectors[:-1])


def test_the_server_finds_what_this_machine_finds(stores: ServerStores, tmp_path: Path) -> None:
    built(tmp_path / "there", stores)
    built(tmp_path / "here", LocalStores())
    assert found(tmp_path / "there", stores) == found(tmp_path / "here", LocalStores())


def test_generations_have_collections_of_their_own_which_go_with_them(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    before = chroma.names()
    for number in range(4):
        built(tmp_path, stores, number)
    kept = {collection(folder) for folder in generations(tmp_path / "index")}
    assert chroma.names() - before == kept
    (data_set,) = {name.split("-")[1] for name in kept}
    assert sorted(name.rsplit("-", 1)[0] for name in kept) == [
        f"rolewise-{data_set}-generation-000{number}" for number in (2, 3, 4)
    ]
    newest = found(tmp_path, stores)
    assert roll_back(tmp_path / "index").name == "generation-0003"
    assert found(tmp_path, stores) != newest


@pytest.mark.slow
def test_what_began_as_a_copy_shares_no_collection_that_is_built_later(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path / "one", stores)
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    for data in (tmp_path / "one", tmp_path / "other"):
        built(data, stores, 1)
    names = [collection(tmp_path / data / "index" / "generation-0002") for data in ("one", "other")]
    assert len(set(names)) == 2
    assert set(names) <= chroma.names()


def test_from_this_machine_to_a_server_and_back_nothing_is_embedded_anew(stores: ServerStores, tmp_path: Path) -> None:
    library, encoder = library_of(tmp_path / "articles"), WordEncoder()
    for where, embedded in [(LocalStores(), True), (stores, False), (LocalStores(), False)]:
        encoder.encoded.clear()
        done = build_index(tmp_path / "index", library, encoder, BuildOptions(stores=where))
        assert bool(done.embedded) == embedded
        assert unfit(tmp_path / "index", expected_manifest(library, encoder, where), where) == ()


def test_a_collection_that_could_not_be_deleted_is_deleted_by_a_later_build(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path, stores)
    first = tmp_path / "index" / "generation-0001"
    name = collection(first)
    ServerStores(ChromaServer(NOBODY)).remove(first)
    assert (tmp_path / "index" / TO_DELETE).read_text(encoding="utf-8") == name
    assert name in chroma.names()
    built(tmp_path, stores, 1)
    assert name not in chroma.names()
    assert not (tmp_path / "index" / TO_DELETE).exists()


def test_a_build_that_is_refused_leaves_no_collection_and_the_index_as_it_was(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path, stores)
    before = chroma.names()

    library = load_library([write_edition(tmp_path / "articles", 9)])
    with pytest.raises(SearchError, match=r"holds 27 vectors, 1 of 28 missing. The old index stays in use"):
        build_index(tmp_path / "index", library, WordEncoder(), BuildOptions(stores=LosingStores(stores.server)))
    assert chroma.names() == before
    assert [folder.name for folder in generations(tmp_path / "index")] == ["generation-0001"]


class MixingStores(ServerStores):
    """Stores that mix up the vectors of the first collection that they fill."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        first = not (generation / PART).exists()
        super().build(generation, ids, np.roll(vectors, 1, axis=0) if first else vectors)


def test_a_collection_whose_vectors_are_not_found_is_filled_anew(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    before = chroma.names()
    built(tmp_path, MixingStores(stores.server))
    assert chroma.names() - before == {collection(tmp_path / "index" / "generation-0001")}
    assert len(found(tmp_path, stores)) == len(QUESTIONS)


class AlwaysMixingStores(ServerStores):
    """Stores that mix up the vectors of every collection."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        super().build(generation, ids, np.roll(vectors, 1, axis=0))


def test_a_server_that_goes_on_losing_vectors_keeps_no_collection_until_a_later_build(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    before = chroma.names()
    library = built(tmp_path, AlwaysMixingStores(stores.server))
    root = tmp_path / "index"
    assert chroma.names() == before
    assert not (root / "generation-0001" / PART).exists()
    assert unfit(root, expected_manifest(library, WordEncoder(), stores), stores) == ()
    opened = open_published(root, WordEncoder(), stores)
    assert (opened.exact, opened.damage) == (True, ())
    built(tmp_path, stores, force=True)
    assert chroma.names() - before == {collection(root / "generation-0002")}
    assert len(found(tmp_path, stores)) == len(QUESTIONS)


class Linking(ChromaServer):
    """A server; when it is given vectors, the file that names the collection gets a second name."""

    def __init__(self, url: str, root: Path) -> None:
        super().__init__(url)
        self._root = root

    def put(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        (named,) = self._root.rglob(NAMED)
        (self._root.parent / "second name").hardlink_to(named)
        super().put(collection, ids, vectors)


def test_the_file_that_names_a_collection_is_replaced_and_never_emptied(chroma: Chroma, tmp_path: Path) -> None:
    built(tmp_path, ServerStores(Linking(chroma.url, tmp_path / "index")))
    before = json.loads((tmp_path / "second name").read_text(encoding="utf-8"))
    assert before == {"collection": collection(tmp_path / "index" / "generation-0001")}


@pytest.mark.parametrize("how", ["gone", "emptied"])
def test_a_collection_that_the_server_lost_is_noticed_and_built_anew(
    stores: ServerStores, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library = built(tmp_path, stores)
    name = collection(tmp_path / "index" / "generation-0001")
    stores.server.delete(name)
    if how == "emptied":
        stores.server.create(name)
    (said,) = unfit(tmp_path / "index", expected_manifest(library, WordEncoder(), stores), stores)
    assert f"has lost the collection {name}" in said
    opened = open_fitting(Index(tmp_path / "index", WordEncoder(), stores), library)
    assert opened.exact
    assert "Answers come by exact search over generation-0001. Build it anew" in capsys.readouterr().err
    built(tmp_path, stores)  # not forced: it is noticed
    assert found(tmp_path, stores) == [
        [(hit.chunk.id, hit.score) for hit in opened.searcher.search(question)] for question in QUESTIONS
    ]


def test_without_the_server_answers_come_all_the_same(stores: ServerStores, tmp_path: Path) -> None:
    built(tmp_path, stores)
    away = ServerStores(ChromaServer(NOBODY))
    assert away.damage(tmp_path / "index" / "generation-0001") == ()  # it may be whole
    assert away.described().startswith(f"by exact search: Chroma at {NOBODY} cannot be reached (")
    assert away.described().endswith("). Start it, or correct ROLEWISE_CHROMA_URL.")
    assert found(tmp_path, away) == found(tmp_path, stores)
