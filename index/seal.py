"""Size and SHA-256 of files: what was published is told apart from what has been damaged since."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.durable import settle
from index.hits import SearchError

_PIECE = 1 << 20  # bytes read at once


class DamagedError(SearchError):
    """A file of a generation is not what was published. The message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FileSeal:
    """What a file was when it was published: its size in bytes, and its hash in hexadecimal."""

    size: int
    sha256: str


Seals = Mapping[str, FileSeal]  # by the path within the generation, with forward slashes


def sealed(folder: Path) -> dict[str, FileSeal]:
    """Return the seals of every file under `folder`, by path within it. Raises OSError."""
    return {name: _seal(folder / name) for name in sorted(_files(folder))}


def part_of(seals: Seals, part: str) -> dict[str, FileSeal]:
    """Return the seals of the files in one folder of a generation."""
    return {name: seal for name, seal in seals.items() if name.startswith(f"{part}/")}


def check(folder: Path, seals: Seals) -> None:
    """Raise DamagedError for the first file that is gone or not as it was sealed."""
    for name, seal in seals.items():
        try:
            found = (folder / name).stat().st_size
            if found != seal.size:
                raise DamagedError(f"{folder / name} is damaged: it has {found} of {seal.size} bytes")
            if _seal(folder / name) != seal:
                raise DamagedError(f"{folder / name} is damaged: its content is not what was published")
        except OSError as error:
            raise DamagedError(f"{folder / name} is damaged: {error.strerror or error}") from error


def copy_sealed(folder: Path, seals: Seals, target: Path) -> None:
    """Copy the sealed files to `target`, which is made; raise DamagedError when a copy is not as it was sealed.

    Raises OSError when `target` cannot be written.
    """
    for name in seals:
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            source = (folder / name).open("rb")
        except OSError as error:
            raise DamagedError(f"{folder / name} is damaged: {error.strerror or error}") from error
        with source, copy.open("wb") as file:
            while piece := source.read(_PIECE):
                file.write(piece)
    try:
        check(target, seals)
    except DamagedError:
        check(folder, seals)  # names the file that was published
        raise


def settle_all(folder: Path) -> None:
    """Make sure that every file and folder under `folder`, and itself, are on the disk. Raises OSError."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            settle(Path(place) / name)
        settle(Path(place))


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def _seal(path: Path) -> FileSeal:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return FileSeal(file.tell(), digest)
