"""Build a generation of the index in a folder of its own, let it show that it works, and publish it.

Vectors of chunks that did not change are taken from an intact generation before, so only new and changed articles are
embedded. Whatever ends a build before its last step leaves the generation in use as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.chunks import Chunk, chunks_of
from corpus.durable import settle
from corpus.library import Library
from index.filling import fill
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
from index.hits import Encoder, SearchError, Tokens, Vectors, VectorStores, read_by
from index.lock import building
from index.manifest import FORMAT, Manifest
from index.parts import Parts, read_parts, write_parts
from index.seal import settle_all
from index.stores import LocalStores

KEPT_GENERATIONS = 3  # the one in use and two before it
_WAIT_FOR_OTHER_BUILD = 600.0  # seconds; a first build of a hundred own articles takes three minutes at most
# Twice what a chunk of the shipped articles takes in vectors, those of tokens, keywords, Chroma and its copy.
_BYTES_A_CHUNK = 28_000
_BYTES_AT_LEAST = 8_000_000  # twice what Chroma's database takes when it is empty


_Known = tuple[Vectors, Tokens | None]  # of one chunk: its vector, and those of its tokens if the encoder tells them


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
    """What a build did: the published folder, how many chunks it holds and how many were embedded anew.

    `lost` is not 0 when the vector store went on losing so many that the generation does without it.
    """

    folder: Path
    chunks: int
    embedded: int
    lost: int = 0


_AS_USUAL = BuildOptions()


def expected_manifest(library: Library, encoder: Encoder, stores: VectorStores = _AS_USUAL.stores) -> Manifest:
    """Return the manifest that a fresh index of `library` would have."""
    count = sum(1 for article in library.articles.values() for _ in article.sentences())
    return Manifest.expected(library, encoder.name, stores.version, count)


def unfit(root: Path, expected: Manifest, stores: VectorStores) -> tuple[str, ...]:
    """Say why the generation in use does not serve as it is, with what its vector store lacks; nothing when it does."""
    present = current_generation(root)
    said = stale(root, expected)
    if said or present is None or Manifest.read(present).lost:
        return said
    return stores.damage(present)


def build_index(root: Path, library: Library, encoder: Encoder, options: BuildOptions = _AS_USUAL) -> Build:
    """Build and publish a generation under `root`, unless the one in use serves. Raise SearchError if it cannot."""
    expected = expected_manifest(library, encoder, options.stores)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with building(root, options.wait, options.told):
            present = current_generation(root)
            if present is not None and not options.force and not unfit(root, expected, options.stores):
                manifest = Manifest.read(present)
                return Build(present, manifest.chunks, 0, manifest.lost)
            return _build(root, library, encoder, expected, options)
    except OSError as error:
        raise SearchError(
            f"The index cannot be written to {root} ({error.strerror or error}). "
            "Set ROLEWISE_DATA to a folder you may write."
        ) from error


def check_space(root: Path, chunks: int) -> None:
    """Raise SearchError when a generation of so many chunks may not find room under `root`, which is there."""
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
    known = _known(root, encoder.name)
    embedded = len({chunk.text for chunk in chunks} - known.keys())
    read = _read(chunks, known, encoder, progress=options.progress)
    vectors = np.stack([vector for vector, _ in read]).astype(np.float32)
    tokens = [some for _, some in read if some is not None]
    folder = root / f"{next_name(root)}{BUILDING}"
    folder.mkdir()
    try:
        write_parts(folder, library, chunks, vectors, tokens)
        lost = fill(folder, [chunk.id for chunk in chunks], vectors, expected, encoder, options.stores)
        return Build(_publish(root, folder, options.stores), len(chunks), embedded, lost)
    except (SearchError, OSError) as error:
        free = shutil.disk_usage(root).free
        _drop(folder, options.stores)  # a full disk gets its room back
        if free < _BYTES_AT_LEAST:  # what libraries say of a full disk does not always name it
            raise _no_room(root, f"The index could not be finished ({error})", free) from error
        raise


def _read(chunks: Sequence[Chunk], known: Mapping[str, _Known], encoder: Encoder, *, progress: bool) -> list[_Known]:
    """Return what the encoder says of each chunk; only those that are not known are read."""
    new = [text for text in dict.fromkeys(chunk.text for chunk in chunks) if text not in known]
    fresh: dict[str, _Known] = {}
    if new:
        read = read_by(encoder, new, progress=progress)
        fresh = dict(zip(new, zip(read.vectors, read.tokens or [None] * len(new), strict=True), strict=True))
    return [known[chunk.text] if chunk.text in known else fresh[chunk.text] for chunk in chunks]


def _known(root: Path, model: str) -> dict[str, _Known]:
    """Return what was read of chunks, by their text, from the newest intact generation that the same model made."""
    for folder in generations(root):
        try:
            manifest = Manifest.read(folder)
            if (manifest.format, manifest.model) == (FORMAT, model):
                parts: Parts = read_parts(folder)
                tokens: Iterable[Tokens | None] = parts.tokens or [None] * len(parts.chunks)
                rows = zip(parts.vectors, tokens, strict=True)
                return dict(zip((chunk.text for chunk in parts.chunks), rows, strict=True))
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
