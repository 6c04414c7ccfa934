"""Build a generation of the index in a folder of its own, let it show that it works, and publish it.

Vectors of chunks that did not change are taken from an intact generation before, so only new and changed articles are
embedded. Whatever ends a build before its last step leaves the generation in use as it was.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from corpus.chunks import Chunk, chunks_of
from corpus.durable import settle
from corpus.library import Library
from index.gates import check_search, check_store
from index.generation import (
    BUILDING,
    Pointer,
    current_generation,
    generations,
    next_name,
    number_of,
    read_pointer,
    stale,
    write_pointer,
)
from index.hits import Encoder, LostError, SearchError, Vectors, VectorStores
from index.lock import building
from index.manifest import FILE_NAME, Manifest
from index.parts import Parts, read_parts, write_parts
from index.seal import sealed, settle_all
from index.search import Searcher
from index.stores import LocalStores

KEPT_GENERATIONS = 3  # the one in use and two before it
_WAIT_FOR_OTHER_BUILD = 600.0  # seconds; a first build of a hundred articles takes about a minute
_BYTES_A_CHUNK = 16_000  # twice what a chunk of the shipped articles takes in vectors, keywords, Chroma and its copy
# Times that the vector store is filled at most. Chroma's graph is approximate and built by several threads: on a busy
# machine one vector of 3,395 was once not found by itself, in the same collection built again none.
_FILLINGS = 3
_BYTES_AT_LEAST = 8_000_000  # twice what Chroma's database takes when it is empty


def _silent(_line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build: with a bar on stderr, also when the index is fresh, how many seconds to wait for another builder.

    `told` gets a line when there is something to wait for.
    """

    progress: bool = False
    force: bool = False
    wait: float = _WAIT_FOR_OTHER_BUILD
    told: Callable[[str], None] = _silent
    stores: VectorStores = field(default_factory=LocalStores)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: the published folder, how many chunks it holds and how many were embedded anew."""

    folder: Path
    chunks: int
    embedded: int


_AS_USUAL = BuildOptions()


def expected_manifest(library: Library, encoder: Encoder, stores: VectorStores = _AS_USUAL.stores) -> Manifest:
    """Return the manifest that a fresh index of `library` would have."""
    count = sum(1 for article in library.articles.values() for _ in article.sentences())
    return Manifest.expected(library, encoder.name, stores.version, count)


def unfit(root: Path, expected: Manifest, stores: VectorStores) -> tuple[str, ...]:
    """Say why the generation in use does not serve as it is, what its vector store lacks included."""
    present = current_generation(root)
    return stale(root, expected) or (stores.damage(present) if present else ())


def build_index(root: Path, library: Library, encoder: Encoder, options: BuildOptions = _AS_USUAL) -> Build:
    """Build and publish a generation under `root`, unless the one in use serves. Raise SearchError if it cannot."""
    expected = expected_manifest(library, encoder, options.stores)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with building(root, options.wait, options.told):
            present = current_generation(root)
            if present is not None and not options.force and not unfit(root, expected, options.stores):
                return Build(present, Manifest.read(present).chunks, 0)
            return _build(root, library, encoder, expected, options)
    except OSError as error:
        raise SearchError(
            f"The index cannot be written to {root} ({error.strerror or error}). "
            "Set ROLEWISE_DATA to a folder you may write."
        ) from error


def check_space(root: Path, chunks: int) -> None:
    """Raise SearchError when a generation of so many chunks may not find room under `root`."""
    needed = _BYTES_AT_LEAST + chunks * _BYTES_A_CHUNK
    free = shutil.disk_usage(root).free
    if free < needed:
        raise _no_room(root, f"The index of {chunks} sentences needs {needed // 1_000_000} MB", free)


def _no_room(root: Path, said: str, free: int) -> SearchError:
    return SearchError(
        f"{said} in {root}, {free // 1_000_000} MB are free. Make room, or set ROLEWISE_DATA to a folder with more."
    )


def _build(root: Path, library: Library, encoder: Encoder, expected: Manifest, options: BuildOptions) -> Build:
    chunks = [chunk for article in library.articles.values() for chunk in chunks_of(article)]
    _clear(root, options.stores)
    check_space(root, len(chunks))
    vectors, embedded = _vectors(chunks, _known_vectors(root, encoder.name), encoder, progress=options.progress)
    folder = root / f"{next_name(root)}{BUILDING}"
    folder.mkdir()
    try:
        write_parts(folder, library, chunks, vectors)
        for left in reversed(range(_FILLINGS)):
            options.stores.build(folder, [chunk.id for chunk in chunks], vectors)
            made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            replace(expected, made=made, files=sealed(folder)).write(folder)
            if _holds(folder, encoder, options.stores, last=not left):
                break
        return Build(_publish(root, folder, options.stores), len(chunks), embedded)
    except (SearchError, OSError) as error:
        free = shutil.disk_usage(root).free
        _drop(folder, options.stores)  # a full disk gets its room back
        if free < _BYTES_AT_LEAST:  # what libraries say of a full disk does not always name it
            raise _no_room(root, f"The index could not be finished ({error})", free) from error
        raise


def _holds(folder: Path, encoder: Encoder, stores: VectorStores, *, last: bool) -> bool:
    """Say whether what was written shows that it works; a store that lost vectors is emptied, unless it is the last."""
    try:
        _check(folder, encoder, stores)
    except LostError:
        if last:
            raise
        stores.remove(folder)
        (folder / FILE_NAME).unlink()  # the manifest, which seals what is taken away
        return False
    return True


def _check(folder: Path, encoder: Encoder, stores: VectorStores) -> None:
    """Open what was written as a server would, and let it show that it works."""
    parts = read_parts(folder)
    with closing(stores.open(folder)) as store:
        check_store(store, parts.chunks, parts.vectors)
        check_search(Searcher.over(parts, store, encoder), parts.library, parts.chunks)


def _vectors(
    chunks: Sequence[Chunk], known: dict[str, Vectors], encoder: Encoder, *, progress: bool
) -> tuple[Vectors, int]:
    new = [chunk.text for chunk in chunks if chunk.text not in known]
    fresh = dict(zip(new, encoder.encode(new, progress=progress), strict=True)) if new else {}
    rows = [known[chunk.text] if chunk.text in known else fresh[chunk.text] for chunk in chunks]
    return np.stack(rows).astype(np.float32), len(new)


def _known_vectors(root: Path, model: str) -> dict[str, Vectors]:
    """Return vectors by chunk text, of the newest intact generation that the same model made."""
    for folder in generations(root):
        try:
            if Manifest.read(folder).model == model:
                parts: Parts = read_parts(folder)
                return dict(zip((chunk.text for chunk in parts.chunks), parts.vectors, strict=True))
        except SearchError:
            continue
    return {}


def _clear(root: Path, stores: VectorStores) -> None:
    """Remove what builds that were killed left behind: folders half full, and full ones that were never pointed to."""
    for unfinished in root.glob(f"*{BUILDING}"):
        _drop(unfinished, stores)
    pointer = read_pointer(root)
    if pointer is None or pointer.pinned or not (root / pointer.name).is_dir():
        return
    for folder in generations(root):
        if number_of(folder) > number_of(Path(pointer.name)):
            _drop(folder, stores)


def _publish(root: Path, folder: Path, stores: VectorStores) -> Path:
    """Rename the finished folder, point CURRENT at it, drop what is older than the generations kept."""
    settle_all(folder)
    published = folder.with_suffix("")
    folder.rename(published)
    settle(root)
    write_pointer(root, Pointer(published.name))
    for old in generations(root)[KEPT_GENERATIONS:]:
        _drop(old, stores)
    return published


def _drop(folder: Path, stores: VectorStores) -> None:
    stores.remove(folder)
    shutil.rmtree(folder, ignore_errors=True)
