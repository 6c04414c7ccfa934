"""What an encoder says of many chunks is read, written and checked without being in memory twice."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.chunks import chunks_of
from corpus.library import Library
from index.build import BuildOptions, build_index
from index.generation import generations
from index.hits import Read, SearchError, Tokens, Vectors
from index.parts import read_parts
from index.reading import Reading
from tests.small import WordEncoder

LONG = 12_000  # tokens of one sentence: far more than there are, so that the rest of the memory does not count
MOST = 1.3  # times the token vectors of all sentences


class LongEncoder(WordEncoder):
    """An encoder that tells very many tokens of a text, and other ones of another. It notes how many texts it got."""

    def __init__(self, count: int = LONG) -> None:
        super().__init__("long-1")
        self.count, self.given = count, list[int]()

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        self.given.append(len(texts))
        return Read(self.encode(texts, progress=progress), tuple(map(self.told, texts)))

    def told(self, text: str) -> Tokens:
        return np.full((self.count, 128), len(text) % 100, dtype=np.int8)


class LostEncoder(WordEncoder):
    """An encoder that has no vector for the sentences on the menu, as a model may overflow."""

    def __init__(self, wrong: float) -> None:
        super().__init__()
        self.wrong = wrong

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        rows = super().encode(texts)
        rows[["Menu" in text for text in texts]] *= np.float32(self.wrong)
        return rows


def peak(root: Path, library: Library) -> float:
    """Return how much memory a build needs at most, in multiples of all the token vectors."""
    tracemalloc.start()
    try:
        built = build_index(root, library, LongEncoder(), BuildOptions(force=True))
        return tracemalloc.get_traced_memory()[1] / (built.chunks * LONG * 128)
    finally:
        tracemalloc.stop()


def test_a_build_holds_the_token_vectors_once(own_library: Library, tmp_path: Path) -> None:
    build_index(tmp_path / "other", own_library, WordEncoder())  # what libraries need once is no part of it
    assert 1 <= peak(tmp_path / "index", own_library) < MOST


def test_a_build_that_takes_all_from_the_generation_before_holds_them_once(
    own_library: Library, tmp_path: Path
) -> None:
    build_index(tmp_path / "index", own_library, LongEncoder())
    assert 1 <= peak(tmp_path / "index", own_library) < MOST


@pytest.mark.parametrize("wrong", [math.nan, math.inf, 0.0, 2.0])
def test_a_sentence_without_a_vector_is_named_and_the_index_in_use_stays(
    own_library: Library, tmp_path: Path, wrong: float
) -> None:
    with pytest.raises(SearchError, match=r"for 2 sentences, the first of them 'Menu \| Head Chef: .* ROLEWISE_MODEL"):
        build_index(tmp_path, own_library, LostEncoder(wrong))
    assert generations(tmp_path) == []


def test_chunks_are_read_some_at_a_time_each_with_its_own_vectors(own_library: Library, tmp_path: Path) -> None:
    chunks = [chunk for article in own_library.articles.values() for chunk in chunks_of(article)]
    encoder = LongEncoder(3)
    reading = Reading(tmp_path, encoder, at_once=4)
    for chunk, (vector, tokens) in zip(chunks, reading.rows(chunks), strict=True):
        assert np.array_equal(vector, encoder.encode([chunk.text])[0])
        assert tokens is not None
        assert np.array_equal(tokens, encoder.told(chunk.text))
    assert (encoder.given, reading.embedded) == ([4, 4, 4, 4, 3], 19)


def test_what_a_generation_holds_is_not_read_again(own_library: Library, tmp_path: Path) -> None:
    built = build_index(tmp_path, own_library, LongEncoder(3))
    encoder, chunks = LongEncoder(3), read_parts(built.folder).chunks
    reading = Reading(tmp_path, encoder, at_once=4)
    assert len(list(reading.rows(chunks))) == len(chunks)
    assert (encoder.given, reading.embedded) == ([], 0)
