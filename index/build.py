"""Build a generation of the index in a folder of its own and publish it by moving one pointer.

    index/
      CURRENT              the name of the generation in use
      generation-0007/     manifest.json, chunks.json, vectors.npy, keywords/, chroma/

A generation is never changed once published. Vectors of chunks that did not change are taken from the generation
before, so only new and changed articles are embedded.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.chunks import Chunk, chunks_of
from corpus.library import Library
from index.hits import Encoder, SearchError, Vectors
from index.keywords import Bm25Keywords
from index.manifest import Manifest
from index.vectors import ChromaVectors, chroma_version

CURRENT = "CURRENT"
KEPT_GENERATIONS = 3  # the one in use and two before it
_WAIT_FOR_OTHER_BUILD = 600  # seconds; a first build of a hundred articles takes well under a minute


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did: the published folder, how many chunks it holds and how many were embedded anew."""

    folder: Path
    chunks: int
    embedded: int


def expected_manifest(library: Library, encoder: Encoder) -> Manifest:
    """Return the manifest that a fresh index of `library` would have."""
    count = sum(1 for article in library.articles.values() for _ in article.sentences())
    return Manifest.expected(library, encoder.name, chroma_version(), count)


def current_generation(root: Path) -> Path | None:
    """Return the folder of the published generation under `root`, or None when there is none."""
    try:
        folder = root / (root / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return folder if folder.is_dir() else None


def stale(root: Path, expected: Manifest) -> tuple[str, ...]:
    """Say why the published index does not serve; nothing when it does."""
    folder = current_generation(root)
    if folder is None:
        return ("there is none yet",)
    try:
        return Manifest.read(folder).differences(expected)
    except SearchError as error:
        return (str(error),)


def build_index(
    root: Path, library: Library, encoder: Encoder, *, progress: bool = False, force: bool = False
) -> Build:
    """Build and publish a generation under `root`, unless another process just did. Raise SearchError if it cannot."""
    expected = expected_manifest(library, encoder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / ".lock", timeout=_WAIT_FOR_OTHER_BUILD):
            present = current_generation(root)
            if present is not None and not force and not stale(root, expected):
                return Build(present, expected.chunks, 0)
            return _build(root, library, encoder, expected, progress=progress)
    except Timeout as error:
        raise SearchError(
            f"Another process has been building the index in {root} for long. End it, then try again."
        ) from error
    except OSError as error:
        raise SearchError(
            f"The index cannot be written to {root} ({error.strerror or error}). "
            "Set ROLEWISE_DATA to a folder you may write."
        ) from error


def _build(root: Path, library: Library, encoder: Encoder, expected: Manifest, *, progress: bool) -> Build:
    chunks = [chunk for article in library.articles.values() for chunk in chunks_of(article)]
    vectors, embedded = _vectors(chunks, _known_vectors(root, encoder.name), encoder, progress=progress)
    for unfinished in root.glob("*.building"):  # left behind by a build that was killed
        shutil.rmtree(unfinished, ignore_errors=True)
    building = root / f"{_next_name(root)}.building"
    building.mkdir()
    np.save(building / "vectors.npy", vectors)
    (building / "chunks.json").write_text(json.dumps([asdict(chunk) for chunk in chunks]), encoding="utf-8")
    Bm25Keywords.build([chunk.text for chunk in chunks]).save(building / "keywords")
    store = ChromaVectors.build(building / "chroma", [chunk.id for chunk in chunks], vectors)
    counted = store.count()
    store.close()
    if counted != len(chunks):
        raise SearchError(f"Chroma holds {counted} of {len(chunks)} vectors. The old index stays; build it again.")
    expected.write(building)
    return Build(_publish(root, building), len(chunks), embedded)


def _vectors(
    chunks: Sequence[Chunk], known: dict[str, Vectors], encoder: Encoder, *, progress: bool
) -> tuple[Vectors, int]:
    new = [chunk.text for chunk in chunks if chunk.text not in known]
    fresh = dict(zip(new, encoder.encode(new, progress=progress), strict=True)) if new else {}
    rows = [known[chunk.text] if chunk.text in known else fresh[chunk.text] for chunk in chunks]
    return np.stack(rows).astype(np.float32), len(new)


def _known_vectors(root: Path, model: str) -> dict[str, Vectors]:
    """Return the vectors of the published generation by chunk text, when the same model made them."""
    folder = current_generation(root)
    try:
        if folder is None or Manifest.read(folder).model != model:
            return {}
        vectors = np.load(folder / "vectors.npy")
        return dict(zip((chunk.text for chunk in read_chunks(folder)), vectors, strict=True))
    except (SearchError, OSError, ValueError):
        return {}  # damaged: everything is embedded again


def read_chunks(folder: Path) -> list[Chunk]:
    """Read the chunks of a generation, in the order of the rows of its vectors."""
    try:
        rows = json.loads((folder / "chunks.json").read_text(encoding="utf-8"))
        return [Chunk(**row) for row in rows]
    except (OSError, ValueError, TypeError) as error:
        raise SearchError(
            f"The chunks in {folder} cannot be read. Build the index again: rolewise index build"
        ) from error


def _next_name(root: Path) -> str:
    numbers = [int(path.name.split("-")[1].split(".")[0]) for path in root.glob("generation-*")]
    return f"generation-{max(numbers, default=0) + 1:04d}"


def _publish(root: Path, building: Path) -> Path:
    """Rename the finished folder, point CURRENT at it, drop what is older than the generations kept."""
    folder = building.with_suffix("")
    building.rename(folder)
    pointer = root / f"{CURRENT}.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(root / CURRENT)
    for old in sorted(root.glob("generation-*"))[:-KEPT_GENERATIONS]:
        shutil.rmtree(old, ignore_errors=True)
    return folder
