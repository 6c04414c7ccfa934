"""The nouns of finding, and the smallest interfaces that the rest asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.chunks import Chunk

Vectors = npt.NDArray[np.float32]  # (rows, dimension), each row of length 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. `score` fuses the two searches (0..1 within one question, higher is better).

    `similarity` is the cosine of question and chunk (-1..1); it can be compared across questions.
    """

    chunk: Chunk
    score: float
    similarity: float


class SearchError(Exception):
    """The index cannot be built, opened or searched. The message says what is wrong and what to do next."""


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """What the vectors depend on: model and version. Vectors of different names cannot be compared."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Return one row of length 1 for each text; with `progress`, show a bar on stderr."""


class VectorSearch(Protocol):
    """Finds the nearest vectors."""

    def nearest(self, vector: Vectors, limit: int) -> Sequence[tuple[str, float]]:
        """Return up to `limit` pairs of chunk id and cosine for one vector of shape (dimension,), best first."""


class KeywordSearch(Protocol):
    """Finds chunks by their words."""

    def scores(self, question: str) -> Vectors:
        """Return the BM25 score of every chunk, in the order in which they were indexed, shape (rows,)."""


class Ranker(Protocol):
    """Reads a question together with the texts of chunks."""

    def relevance(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return for each text the probability (0..1) that it answers the question, shape (len(texts),)."""
