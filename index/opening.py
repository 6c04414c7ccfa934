"""Open the generation in use, and when it is damaged the next best thing that gives the same answers.

Every file is checked against its seal before anything is answered from it. When one is damaged, an intact generation
that fits the library serves; without one, exact search over the vectors of record, if those are intact. Chroma's data
are derived and can be done without; for the files of record nothing else can stand in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.library import Library
from index.exact import ExactVectors
from index.generation import CURRENT, Pointer, generations, read_pointer
from index.hits import Encoder, SearchError, VectorStores
from index.manifest import FORMAT, Manifest
from index.parts import read_parts
from index.seal import DamagedError
from index.search import Searcher
from index.steady import SteadyStore


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is open: its search and the articles that its sentences stand in, which belong together.

    `damage` says what was found damaged on the way to it; `exact` that Chroma's data are not used; `lost` tells at any
    time whether the vector store has lost what it held, so that the generation must be opened or built anew.
    """

    searcher: Searcher
    library: Library
    generation: str
    exact: bool
    damage: tuple[str, ...] = ()
    lost: Callable[[], bool] = bool


class UnfitError(SearchError):
    """No generation can be used. `reasons` say why, one for each that was looked at."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def open_generation(folder: Path, encoder: Encoder, stores: VectorStores, *, exact: bool = False) -> Opened:
    """Open one generation; raise SearchError when a part of it is damaged.

    With `exact`, or when the vector store was left out when it was built, its vectors are compared one by one.
    """
    parts = read_parts(folder)
    ids = [chunk.id for chunk in parts.chunks]
    if exact or Manifest.read(folder).lost:
        searcher = Searcher.over(parts, ExactVectors(ids, parts.vectors), encoder)
        return Opened(searcher, parts.library, folder.name, exact=True)
    store = stores.open(folder)
    try:
        steady = SteadyStore(store, ids, parts.vectors)
    except SearchError as error:
        store.close()
        raise SearchError(f"{folder} is damaged: {error}") from error
    return Opened(Searcher.over(parts, steady, encoder), parts.library, folder.name, exact=False, lost=steady.is_lost)


def open_index(root: Path, encoder: Encoder, stores: VectorStores, expected: Manifest) -> Opened:
    """Open the generation in use, or one that holds the same. Raise UnfitError when an index must be built first."""
    damage: list[str] = []
    pointer = read_pointer(root)
    wanted = _wanted(root, pointer, expected, damage)
    same = [folder for folder, manifest in _in_order(root, pointer) if not manifest.differences(wanted)]
    for exact in (False, True):
        for folder in same:
            opened = _tried(folder, encoder, stores, damage, exact=exact)
            if opened:
                return opened
    raise UnfitError(damage or ["there is none yet"])


def open_published(root: Path, encoder: Encoder, stores: VectorStores) -> Opened:
    """Open the generation in use with the articles it holds, as a running server does; raise UnfitError."""
    damage: list[str] = []
    pointer = read_pointer(root)
    if pointer is None:
        raise UnfitError([f"{root / CURRENT} names no generation"])
    folder = root / pointer.name
    try:
        manifest = Manifest.read(folder)
    except DamagedError as error:
        raise UnfitError([str(error)]) from error
    said = manifest.differences(replace(manifest, format=FORMAT, model=encoder.name, chroma=stores.version))
    if said:
        raise UnfitError(said)
    for exact in (False, True):
        opened = _tried(folder, encoder, stores, damage, exact=exact)
        if opened:
            return opened
    raise UnfitError(damage)


def open_outdated(root: Path, encoder: Encoder, stores: VectorStores, expected: Manifest) -> Opened:
    """Open the newest generation that this program can search, whatever its articles; raise UnfitError if none is."""
    damage: list[str] = []
    for folder, manifest in _in_order(root, read_pointer(root)):
        if not manifest.searchable(expected):
            continue
        for exact in (False, True) if manifest.chroma == expected.chroma else (True,):
            opened = _tried(folder, encoder, stores, damage, exact=exact)
            if opened:
                return opened
    raise UnfitError(damage or ["there is none that this version can search"])


def _wanted(root: Path, pointer: Pointer | None, expected: Manifest, damage: list[str]) -> Manifest:
    """Return what a generation must hold: the articles as they are, or as they are in the pinned generation.

    Raise UnfitError when the generation in use is whole but made from something else.
    """
    if pointer is None or not (root / pointer.name).is_dir():
        if generations(root):
            damage.append(f"{root / CURRENT} is damaged: it names no generation that is there")
        return expected
    try:
        manifest = Manifest.read(root / pointer.name)
    except SearchError as error:
        damage.append(str(error))
        return expected
    said = manifest.differences(expected, articles=not pointer.pinned)
    if said:
        raise UnfitError(said)
    return manifest


def _in_order(root: Path, pointer: Pointer | None) -> Iterator[tuple[Path, Manifest]]:
    """Yield the generation in use, then the others, the newest first; without those whose manifest is damaged."""
    folders = generations(root)
    for folder in sorted(folders, key=lambda path: pointer is None or path.name != pointer.name):
        with contextlib.suppress(DamagedError):
            yield folder, Manifest.read(folder)


def _tried(folder: Path, encoder: Encoder, stores: VectorStores, damage: list[str], *, exact: bool) -> Opened | None:
    try:
        return replace(open_generation(folder, encoder, stores, exact=exact), damage=tuple(damage))
    except SearchError as error:
        if str(error) not in damage:
            damage.append(str(error))
        return None
