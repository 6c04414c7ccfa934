"""Where generations lie, and which of them is in use.

    index/
      CURRENT              the name of the generation in use, and on a second line `pinned` after a rollback
      generation-0007/     manifest.json                                 what it was built from, the seal of every file
                           articles.json, chunks.json, keywords/, vectors.npy,
                           tokens.npy, token-ends.npy                                   of record: ours
                           chroma/                        derived from them; left out when it loses vectors
      generation-0006/, generation-0005/                                 the two before it

A generation is never changed once published. It holds all that answers are made of, the articles as they were read too.
A pinned generation stays in use although the articles have changed since, until an index is built on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from corpus.durable import replace_file
from index.hits import SearchError
from index.lock import pointing
from index.manifest import Manifest
from index.seal import check

CURRENT = "CURRENT"
BUILDING = ".building"  # ends the name of a folder that is not published yet
_NAME = re.compile(r"generation-(\d{4,})")
_PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation is in use, and whether it stays so when the articles change."""

    name: str
    pinned: bool = False


def read_pointer(root: Path) -> Pointer | None:
    """Return what CURRENT says; None when it is missing or says nothing that can be understood."""
    try:
        name, *rest = (root / CURRENT).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return None
    return Pointer(name, rest == [_PINNED]) if _NAME.fullmatch(name) and rest in ([], [_PINNED]) else None


def write_pointer(root: Path, pointer: Pointer) -> None:
    """Point to another generation, at once for every reader, and for good. Raises OSError."""
    with pointing(root):
        _write(root, pointer)


def point_to_new(root: Path, name: str, before: Pointer | None) -> bool:
    """Point to a generation that was just built, unless one was pinned since `before`; say whether it was done."""
    with pointing(root):
        now = read_pointer(root)
        if now != before and now is not None and now.pinned:
            return False
        _write(root, Pointer(name))
    return True


def _write(root: Path, pointer: Pointer) -> None:
    lines = [pointer.name, _PINNED] if pointer.pinned else [pointer.name]
    replace_file(root / CURRENT, "\n".join(lines).encode())


def generations(root: Path) -> list[Path]:
    """Return the folders of all finished generations, the newest first."""
    found = [path for path in root.glob("generation-*") if _NAME.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=number_of, reverse=True)


def current_generation(root: Path) -> Path | None:
    """Return the folder of the generation in use under `root`, or None when there is none."""
    pointer = read_pointer(root)
    return root / pointer.name if pointer and (root / pointer.name).is_dir() else None


def next_name(root: Path) -> str:
    """Return the name of the generation to build next."""
    newest = generations(root)
    pointer = read_pointer(root)
    used = [*map(number_of, newest[:1]), *([number_of(Path(pointer.name))] if pointer else [])]
    return f"generation-{max(used, default=0) + 1:04d}"


def stale(root: Path, expected: Manifest) -> tuple[str, ...]:
    """Say why the generation in use does not serve as it is, damages included; nothing when it does."""
    pointer = read_pointer(root)
    if pointer is None or not (root / pointer.name).is_dir():
        lost = " that can be read" if (root / CURRENT).exists() or generations(root) else " yet"
        return (f"there is none{lost}",)
    try:
        manifest = Manifest.read(root / pointer.name)
        said = manifest.differences(expected, articles=not pointer.pinned)
        if not said:
            check(root / pointer.name, manifest.files)
    except SearchError as error:
        return (str(error),)
    return said


def roll_back(root: Path) -> Path:
    """Point to the newest intact generation before the one in use and pin it; raise SearchError when there is none."""
    passed_over: list[str] = []
    try:
        with pointing(root) if root.is_dir() else nullcontext():
            pointer = read_pointer(root)
            folder = _before(root, pointer, passed_over)
            if folder is not None:
                _write(root, Pointer(folder.name, pinned=True))
                return folder
    except OSError as error:
        raise SearchError(f"{root} cannot be written ({error.strerror or error}). Mend its permissions.") from error
    raise SearchError(_no_way_back(root, pointer, passed_over))


def _before(root: Path, pointer: Pointer | None, passed_over: list[str]) -> Path | None:
    for folder in generations(root):
        if pointer and number_of(folder) >= number_of(Path(pointer.name)):
            continue
        try:
            check(folder, Manifest.read(folder).files)
        except SearchError as error:
            passed_over.append(str(error))
            continue
        return folder
    return None


def _no_way_back(root: Path, pointer: Pointer | None, passed_over: Sequence[str]) -> str:
    why = f" ({'; '.join(passed_over)})" if passed_over else ""
    before = f"before {pointer.name} " if pointer else ""
    return f"There is no intact generation {before}in {root}{why}. Build a new one: rolewise index build --force"


def number_of(folder: Path) -> int:
    """Return the number in the name of a generation, 0 when it is none's."""
    found = _NAME.fullmatch(folder.name)
    return int(found[1]) if found else 0
