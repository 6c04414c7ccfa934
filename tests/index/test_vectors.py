"""The door to Chroma, with a real collection on disk."""

import json
import re
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from chromadb.api.types import Documents, EmbeddingFunction, Embeddings
from chromadb.utils.embedding_functions import register_embedding_function

from index.hits import SearchError, Vectors
from index.vectors import ChromaVectors, chroma_version

ROWS, DIMENSION = 200, 24


def _unit_vectors(rows: int, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


VECTORS = _unit_vectors(ROWS)
NAMES = [f"article#s{number}" for number in range(ROWS)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("vectors") / "chroma"
    ChromaVectors.build(place, NAMES, VECTORS).close()
    return place


@pytest.fixture(scope="module")
def store(folder: Path) -> ChromaVectors:
    return ChromaVectors.open(folder)


@pytest.mark.parametrize("seed", range(5))
def test_the_nearest_are_those_of_an_exact_search(store: ChromaVectors, seed: int) -> None:
    question = _unit_vectors(1, seed)[0]
    cosines = VECTORS @ question
    best = np.argsort(-cosines)[:10]
    found = store.nearest(question, 10)
    assert [name for name, _ in found] == [NAMES[row] for row in best]
    assert [cosine for _, cosine in found] == pytest.approx(cosines[best].tolist(), abs=1e-5)


def test_a_vector_is_nearest_to_itself_with_cosine_one(store: ChromaVectors) -> None:
    assert store.nearest(VECTORS[5], 1) == [(NAMES[5], pytest.approx(1.0, abs=1e-5))]


def test_a_limit_beyond_the_collection_gives_all_of_it(store: ChromaVectors) -> None:
    assert store.count() == ROWS
    assert len(store.nearest(VECTORS[0], 10 * ROWS)) == ROWS


def test_a_collection_may_be_larger_than_one_delivery(tmp_path: Path) -> None:
    rows = 1_001
    many = ChromaVectors.build(tmp_path / "chroma", [str(row) for row in range(rows)], _unit_vectors(rows))
    assert many.count() == rows


def test_the_version_is_that_of_chromadb() -> None:
    assert chroma_version()[0].isdigit()


def test_a_missing_folder_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"no collection in .*nowhere.*rolewise index build"):
        ChromaVectors.open(tmp_path / "nowhere")


def test_a_folder_without_the_collection_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SearchError, match=r"in .*empty cannot be used.*rolewise index build"):
        ChromaVectors.open(tmp_path / "empty")


def test_a_damaged_database_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(SearchError, match="cannot be used"):
        ChromaVectors.open(copy)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SearchError, match="cannot be used"):
        ChromaVectors.build(tmp_path / "file", NAMES[:1], VECTORS[:1])


def test_a_collection_that_cannot_be_opened_keeps_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SearchError):
        ChromaVectors.open(tmp_path / "empty")
    for _ in range(100):  # Chroma closes its files in a thread of its own
        if not open_files(tmp_path):
            break
        time.sleep(0.05)
    assert open_files(tmp_path) == []


def open_files(folder: Path) -> list[str]:
    return [file.path for file in psutil.Process().open_files() if file.path.startswith(str(folder))]


def test_every_question_to_a_collection_that_is_gone_is_an_error_with_the_cure(tmp_path: Path) -> None:
    store = ChromaVectors.build(tmp_path / "chroma", NAMES[:9], VECTORS[:9])
    for end in (lambda: store._client.delete_collection("chunks"), store.close):
        end()
        for asked in (store.count, store.ids, lambda: store.nearest(VECTORS[0], 1)):
            with pytest.raises(SearchError, match="rolewise index build"):
                asked()


def test_a_vector_of_another_size_is_refused(store: ChromaVectors) -> None:
    with pytest.raises(SearchError, match="dimension"):
        store.nearest(VECTORS[0][:3], 1)


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="unique"):
        ChromaVectors.build(tmp_path / "chroma", ["same", "same"], VECTORS[:2])


class Trap(EmbeddingFunction[Documents]):
    """An embedding function that remembers being made."""

    made = 0

    def __init__(self) -> None:
        type(self).made += 1

    def __call__(self, texts: Documents) -> Embeddings:
        return [np.zeros(DIMENSION, dtype=np.float32) for _ in texts]

    @staticmethod
    def name() -> str:
        return "trap"

    def get_config(self) -> dict[str, Any]:
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> "Trap":
        return Trap()


def test_an_embedding_function_that_a_collection_names_is_never_made(folder: Path, tmp_path: Path) -> None:
    """Chroma makes what the stored settings name, with any argument, as soon as it is asked to embed by itself."""
    register_embedding_function(Trap)
    copy = shutil.copytree(folder, tmp_path / "copy")
    planted = {"type": "known", "name": "trap", "config": {}}
    with closing(sqlite3.connect(copy / "chroma.sqlite3")) as database, database:
        (stored,) = database.execute("SELECT schema_str FROM collections").fetchone()
        schema = re.sub(r'"embedding_function":\{[^}]*\}', f'"embedding_function":{json.dumps(planted)}', stored)
        database.execute("UPDATE collections SET schema_str = ?", (schema,))
    poisoned = ChromaVectors.open(copy)
    assert poisoned.count() == ROWS
    assert poisoned.nearest(VECTORS[5], 3)[0][0] == NAMES[5]
    assert Trap.made == 0
    poisoned._collection.query(query_texts=["budget"])  # Chroma's own way springs the trap
    assert Trap.made > 0
    poisoned.close()
