"""What a generation must show before it is published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from index.build import build_index
from index.exact import ExactVectors
from index.gates import check_search, check_store
from index.hits import SearchError
from index.parts import Parts, read_parts
from index.search import Searcher
from tests.small import WordEncoder, library_of


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    data = tmp_path_factory.mktemp("gates")
    return read_parts(build_index(data / "index", library_of(data / "articles"), WordEncoder()).folder)


def test_the_gates_refuse_a_store_that_lost_vectors_or_mixed_them_up(parts: Parts) -> None:
    ids = [chunk.id for chunk in parts.chunks]
    check_store(ExactVectors(ids, parts.vectors), parts.chunks, parts.vectors)
    for store, said in [
        (ExactVectors(ids[:-1], parts.vectors[:-1]), "1 of 19 missing"),
        (ExactVectors(["x", *ids[1:]], parts.vectors), "1 of 19 missing"),
        (ExactVectors(ids, np.roll(parts.vectors, 512 * 9)), "not found by themselves"),
    ]:
        with pytest.raises(SearchError, match=said):
            check_store(store, parts.chunks, parts.vectors)
    with pytest.raises(SearchError, match="stand for more than one"):
        check_store(ExactVectors(ids, parts.vectors), [*parts.chunks[:-1], parts.chunks[0]], parts.vectors)


def test_the_gates_refuse_a_search_whose_rows_are_out_of_step(parts: Parts) -> None:
    store = ExactVectors([chunk.id for chunk in parts.chunks], parts.vectors)
    check_search(Searcher.over(parts, store, WordEncoder()), parts.library, parts.chunks)
    shifted = replace(parts, chunks=parts.chunks[10:] + parts.chunks[:10])
    with pytest.raises(SearchError, match="are found by their own words"):
        check_search(Searcher.over(shifted, store, WordEncoder()), parts.library, parts.chunks)
