"""Libraries of any size made of the shipped one, and what stands in for the models and for Chroma at such sizes."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import yaml

from corpus.library import SHIPPED_ARTICLES
from index.encoder import DIMENSION
from index.exact import ExactVectors
from index.hits import Read, Tokens, Vectors
from index.parts import read_parts
from index.tokens import STEPS

_END = 60  # characters
_WIDTH = 128  # numbers of a token vector of the trained encoder
_TOKENS_A_CHARACTER = 0.21  # it tells 32 of a sentence of the shipped articles with its heading, 153 characters
_MOST_TOKENS = 160  # where it cuts a text off
_SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ra", "so", "tu", "ve", "zo")
_SENTENCE_END = re.compile(r"(?<=[a-z])\.(?=\s|$)")


class RandomEncoder:
    """A vector of length 1 for each text: random, and the same for texts that end alike, as chunk and sentence do.

    Read as a sentence, a text has as many random token vectors as the trained encoder would tell of it.
    """

    name = "random-1"

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0  # that making vectors took
        self._pool = np.random.default_rng(7).integers(-STEPS, STEPS + 1, size=(4_000, _WIDTH), dtype=np.int8)

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        with self._counted():
            rows = np.empty((len(texts), DIMENSION), dtype=np.float32)
            for row, text in zip(rows, texts, strict=True):
                row[:] = np.random.default_rng(zlib.crc32(text[-_END:].encode())).normal(size=DIMENSION)
                row /= np.linalg.norm(row)
        return rows

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        vectors = self.encode(texts)
        with self._counted():
            return Read(vectors, tuple(map(self._tokens, texts)))

    def _tokens(self, text: str) -> Tokens:
        count = min(round(len(text) * _TOKENS_A_CHARACTER), _MOST_TOKENS)
        start = zlib.crc32(text.encode()) % (len(self._pool) - count)
        return self._pool[start : start + count].copy()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.seconds += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def place_name(number: int) -> str:
    """Return a word that is no English one, another for each number."""
    word = ""
    for _ in range(3):
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word.capitalize()


def write_articles(folder: Path, sections: int) -> None:
    """Write as many articles as give so many sections."""
    folder.mkdir(parents=True)
    written = copy = 0
    while True:
        for path in sorted(SHIPPED_ARTICLES.glob("*.md")):
            text = path.read_text(encoding="utf-8")
            (folder / f"{path.stem}-{copy}.md").write_text(moved(text, place_name(copy)), encoding="utf-8")
            written += text.count("\n## ") + 1
            if written >= sections:
                return
        copy += 1


def moved(text: str, place: str) -> str:
    """Return an article whose roles carry the name of a place, and whose sentences end in it."""
    _, front, body = text.split("---\n", 2)
    roles = yaml.safe_load(front)["roles"]
    names = re.compile("|".join(re.escape(role) for role in sorted(roles, key=len, reverse=True)))
    body = _SENTENCE_END.sub(f" in {place}.", names.sub(lambda role: f"{place} {role[0]}", body))
    return f"---\n{names.sub(lambda role: f'{place} {role[0]}', front)}---\n{body}"


class NoStores:
    """Stores that keep nothing: what is left of a build, and of a search, is without Chroma."""

    version = "none"

    def build(self, _generation: Path, ids: Sequence[str], _vectors: Vectors) -> None:
        self._ids = ids

    def open(self, generation: Path) -> ExactVectors:
        parts = read_parts(generation)
        ids = [chunk.id for chunk in parts.chunks]
        return NoStore(ids, parts.vectors)

    def damage(self, _generation: Path) -> tuple[str, ...]:
        return ()

    def remove(self, _generation: Path) -> None:
        """Do nothing."""

    def described(self) -> str:
        return "nowhere"


class NoStore(ExactVectors):
    """Exact search that is not asked to find each vector by itself: with hundreds of thousands that takes hours."""

    def nearest_to_each(self, vectors: Vectors, limit: int) -> list[list[tuple[str, float]]]:
        return [[("", 1.0)] * limit for _ in vectors]
