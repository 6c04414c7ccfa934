"""Chroma data in the folder of each generation, searched in a private copy: Chroma writes into what it opens."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from index.hits import SearchError, Vectors
from index.manifest import Manifest
from index.private import PrivateFolder
from index.seal import copy_sealed, part_of
from index.vectors import ChromaVectors, chroma_version

PART = "chroma"  # the folder within a generation


class LocalStores:
    """The stores of generations on this machine. Opening checks what was published, file by file."""

    @property
    def version(self) -> str:
        """The version of chromadb."""
        return chroma_version()

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Fill a collection in the folder of the generation, or raise SearchError."""
        ChromaVectors.build(generation / PART, ids, vectors).close()

    def open(self, generation: Path) -> LocalStore:
        """Copy the collection and open the copy. Raise DamagedError when the files are not what was published.

        SearchError when there is no room for the copy.
        """
        seals = part_of(Manifest.read(generation).files, PART)
        try:
            private = PrivateFolder()
        except OSError as error:
            raise _no_room(error) from error
        try:
            copy_sealed(generation, seals, private.path)
            return LocalStore(ChromaVectors.open(private.path / PART), private)
        except OSError as error:
            private.close()
            raise _no_room(error) from error
        except SearchError:
            private.close()
            raise

    def damage(self, _generation: Path) -> tuple[str, ...]:
        """Return nothing: all is in the folder of the generation."""
        return ()

    def remove(self, generation: Path) -> None:
        """Delete the collection."""
        shutil.rmtree(generation / PART, ignore_errors=True)

    def described(self) -> str:
        """Say that they are searched by this process."""
        return "on this machine"


class LocalStore:
    """A collection opened in a private copy."""

    def __init__(self, vectors: ChromaVectors, private: PrivateFolder) -> None:
        self._vectors = vectors
        self._private = private

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        return self._vectors.ids()

    def count(self) -> int:
        """Return how many vectors there are."""
        return self._vectors.count()

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Return up to `limit` pairs of id and cosine, best first."""
        return self._vectors.nearest(vector, limit)

    def nearest_to_each(self, vectors: Vectors, limit: int) -> list[list[tuple[str, float]]]:
        """Return what `nearest` returns, for each row of `vectors`, shape (rows, dimension)."""
        return self._vectors.nearest_to_each(vectors, limit)

    def close(self) -> None:
        """Close the collection and remove the copy."""
        self._vectors.close()
        self._private.close()


def _no_room(error: OSError) -> SearchError:
    return SearchError(
        f"The vector index cannot be copied to the folder for temporary files ({error.strerror or error}). "
        "Make room there, or set TMPDIR to another folder."
    )
