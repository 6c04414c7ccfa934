"""The nouns of finding, and the smallest interfaces that the rest asks for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from corpus.chunks import Chunk

Vectors = npt.NDArray[np.float32]  # (rows, dimension), each row of length 1
Tokens = npt.NDArray[np.int8]  # (tokens, width): the vectors of a text's tokens, compressed


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. `score` fuses the two searches (0..1 within one question, higher is better).

    `similarity` is the cosine of question and chunk (-1..1); it can be compared across questions. `tokens` is what the
    ranker reads of the chunk, None when the index holds none.
    """

    chunk: Chunk
    score: float
    similarity: float
    tokens: Tokens | None = field(default=None, compare=False, repr=False)


class SearchError(Exception):
    """The index cannot be built, opened or searched. The message says what is wrong and what to do next."""


class LostError(SearchError):
    """A vector store holds vectors that it does not find, `count` of them. Filled anew it finds them, nearly always."""

    def __init__(self, message: str, count: int) -> None:
        super().__init__(message)
        self.count = count


class OutOfReachError(SearchError):
    """The vectors are kept by another program that does not answer now. They may be whole; nothing is built anew."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What the vectors depend on: model and version. Vectors of different names cannot be compared."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Return one row of length 1 for each text, shape (len(texts), dimension), or raise SearchError.

        With `progress`, show a bar on stderr.
        """


@dataclass(frozen=True, slots=True)
class Read:
    """Texts as an encoder read them: one vector for each, shape (texts, dimension), and those of its tokens.

    There are no tokens at all when the encoder tells none.
    """

    vectors: Vectors
    tokens: tuple[Tokens, ...]


@runtime_checkable
class Reader(Encoder, Protocol):
    """An encoder that tells the vectors of tokens too, for the ranker that was trained with it."""

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        """Return the vectors of each text and of its tokens, or raise SearchError; with `progress`, show a bar."""


def read_by(encoder: Encoder, texts: Sequence[str], *, progress: bool = False) -> Read:
    """Let an encoder read texts; of one that tells no tokens there are none."""
    if isinstance(encoder, Reader):
        return encoder.read(texts, progress=progress)
    return Read(encoder.encode(texts, progress=progress), ())


class VectorSearch(Protocol):
    """Finds the nearest vectors."""

    def nearest(self, vector: Vectors, limit: int) -> Sequence[tuple[str, float]]:
        """Return up to `limit` pairs of chunk id and cosine for one vector of shape (dimension,), best first."""


class VectorStore(VectorSearch, Protocol):
    """The vectors of one opened generation. Its methods may be called from several threads."""

    def ids(self) -> Collection[str]:
        """Return the ids of all vectors."""

    def count(self) -> int:
        """Return how many vectors there are."""

    def nearest_to_each(self, vectors: Vectors, limit: int) -> Sequence[Sequence[tuple[str, float]]]:
        """Return what `nearest` returns, for each row of `vectors`, shape (rows, dimension)."""

    def close(self) -> None:
        """Let go of everything that is held open; the store is not used again."""


class VectorStores(Protocol):
    """Where the vectors of generations are stored for searching. They are derived: built whole, never changed.

    A generation is named by its folder; while it is being built that folder's name ends in `.building`.
    """

    @property
    def version(self) -> str:
        """What wrote the data: another version builds them again."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Store one vector of length 1 under each id and make it all last. Raise SearchError when that fails.

        Shape of `vectors`: (len(ids), dimension).
        """

    def open(self, generation: Path) -> VectorStore:
        """Open what was built. Raise SearchError when it is missing or damaged.

        What is out of reach may be opened all the same; its methods raise OutOfReachError until it is reached.
        """

    def damage(self, generation: Path) -> tuple[str, ...]:
        """Say what a generation lacks outside its folder. What cannot be asked now is not called damaged."""

    def remove(self, generation: Path) -> None:
        """Give back what a generation takes outside its folder, which is removed by others.

        Nothing is raised: what cannot be given back now is given back with a later generation.
        """

    def described(self) -> str:
        """Say in words where the vectors are searched, and whether that can be reached."""


class KeywordSearch(Protocol):
    """Finds chunks by their words."""

    def scores(self, question: str) -> Vectors:
        """Return the BM25 score of every chunk, in the order in which they were indexed, shape (rows,)."""


class Ranker(Protocol):
    """Reads a question together with what was found for it."""

    def relevance(self, question: str, hits: Sequence[Hit]) -> Vectors:
        """Return for each hit the probability (0..1) that it answers the question, shape (len(hits),)."""
