"""Have the vectors of a generation stored, and let all of it show that it works, before it is published.

A store that goes on losing vectors is left out: then they are compared one by one, which finds all of them.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.exact import ExactVectors
from index.gates import check_search, check_store
from index.hits import Encoder, LostError, Vectors, VectorStores
from index.manifest import FILE_NAME, Manifest
from index.parts import read_parts
from index.seal import sealed
from index.search import Searcher
from index.stores import PART

# Times that the vector store is filled at most. Chroma's graph is approximate and built by several threads: on a busy
# machine one vector of 3,395 was once not found by itself, in the same collection built again none.
_FILLINGS = 3
_BAD_LUCK = 100  # vectors lost by one filling; a graph that is too thin for them loses thousands, made anew as well


def fill(
    folder: Path, ids: Sequence[str], vectors: Vectors, expected: Manifest, encoder: Encoder, stores: VectorStores
) -> int:
    """Store one vector under each id, write the manifest, and check as a server would read it. `folder` has the rest.

    Return how many vectors the store lost to the last, when it is left out for that; 0 when it holds and finds them.
    Raise SearchError when something else does not work.
    """
    lost = 0
    for _ in range(_FILLINGS):
        stores.build(folder, ids, vectors)
        _write_manifest(folder, expected)
        try:
            _check(folder, encoder, stores)
        except LostError as error:
            lost = error.count
            stores.remove(folder)
            (folder / FILE_NAME).unlink()  # the manifest, which seals what is taken away
        else:
            return 0
        if lost > _BAD_LUCK:
            break
    shutil.rmtree(folder / PART, ignore_errors=True)
    _write_manifest(folder, replace(expected, lost=lost))
    _check_without_store(folder, encoder)
    return lost


def left_out(lost: int, chunks: int) -> str:
    """Say that a generation has no vector store, why, and what next."""
    return (
        f"compared one by one, as Chroma did not find {lost} of {chunks} by themselves. "
        "To try it again: rolewise index build --force"
    )


def _write_manifest(folder: Path, expected: Manifest) -> None:
    made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    replace(expected, made=made, files=sealed(folder)).write(folder)


def _check(folder: Path, encoder: Encoder, stores: VectorStores) -> None:
    """Open what was written as a server would, and let it show that it works."""
    parts = read_parts(folder)
    with closing(stores.open(folder)) as store:
        check_store(store, parts.chunks, parts.vectors)
        check_search(Searcher.over(parts, store, encoder), parts.library, parts.chunks)


def _check_without_store(folder: Path, encoder: Encoder) -> None:
    """Do so without the store. That each vector finds itself need not be tried: it is compared with all of them."""
    parts = read_parts(folder)
    store = ExactVectors([chunk.id for chunk in parts.chunks], parts.vectors)
    check_search(Searcher.over(parts, store, encoder), parts.library, parts.chunks)
