"""The door to Chroma: vectors stored in a persistent collection and searched by cosine.

Embeddings are always given, so Chroma never loads a model of its own; its telemetry is off. Chroma's data are derived:
they are built whole into a fresh folder and never changed or repaired (`index/build.py`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

from index.hits import SearchError, Vectors

COLLECTION = "chunks"
# Twice Chroma's own 100, with which 17 of 27,396 random vectors, the hardest there are, were not found by themselves.
# With 200, 23,931 of 273,859 were not: far more than the gate allows (gates.py), so that size needs a denser graph.
HNSW = {"space": "cosine", "ef_search": 200}
_ROWS_AT_ONCE = 1_000


def chroma_version() -> str:
    """Return the version that wrote or would read a collection; the format may change between versions."""
    return metadata.version("chromadb")


class ChromaVectors:
    """A collection of unit vectors under chunk ids. What Chroma cannot do raises SearchError."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def build(cls, folder: Path, ids: Sequence[str], vectors: Vectors) -> ChromaVectors:
        """Create the collection in an empty folder and fill it with rows of length 1, shape (len(ids), dimension)."""
        with _client(folder) as client:
            collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": HNSW})
            for start in range(0, len(ids), _ROWS_AT_ONCE):
                rows = slice(start, start + _ROWS_AT_ONCE)
                collection.add(ids=list(ids[rows]), embeddings=vectors[rows])
            return cls(client, collection)

    @classmethod
    def open(cls, folder: Path) -> ChromaVectors:
        """Open the collection in a folder that `build` made; raise SearchError when there is none."""
        if not folder.is_dir():
            raise SearchError(f"There is no collection in {folder}. Build it: rolewise index build")
        with _client(folder) as client:
            return cls(client, client.get_collection(COLLECTION, embedding_function=None))

    def count(self) -> int:
        """Return how many vectors the collection holds."""
        with _mapped(Path()):
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        with _mapped(Path()):
            return set(self._collection.get(include=[])["ids"])

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` pairs of id and cosine, best first."""
        return self.nearest_to_each(vector[None, :], limit)[0]

    def nearest_to_each(self, vectors: Vectors, limit: int) -> list[list[tuple[str, float]]]:
        """Return what `nearest` returns, for each row, shape (rows, dimension). Chroma gives 1 - cosine."""
        with _mapped(Path()):
            found = self._collection.query(query_embeddings=vectors, n_results=limit, include=["distances"])
        return [
            [(name, 1.0 - distance) for name, distance in zip(names, distances, strict=True)]
            for names, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    """Start a client of the folder. What goes wrong with it in the context is mapped, and the client closed again."""
    import chromadb  # noqa: PLC0415 - slow to import; commands that do not search need it not
    from chromadb.config import Settings  # noqa: PLC0415

    with _mapped(folder), ExitStack() as failing:
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        failing.callback(client.close)
        yield client
        failing.pop_all()


@contextmanager
def _mapped(folder: Path) -> Iterator[None]:
    """Turn every error of Chroma into ours. A client that cannot start ends in an AttributeError of its clean-up."""
    from chromadb.errors import ChromaError  # noqa: PLC0415

    try:
        yield
    except (ChromaError, sqlite3.Error, OSError, ValueError, AttributeError) as error:
        where = f" in {folder}" if folder != Path() else ""
        raise SearchError(
            f"The vector index{where} cannot be used ({error}). Build it again: rolewise index build"
        ) from error
