"""Files that are there whole or not at all, whatever happens while they are written, and stay once they are there."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(target: Path, content: bytes) -> None:
    """Write beside and rename, so that no reader ever sees half of a file; on return it survives a power cut.

    Raises OSError.
    """
    new = target.with_name(f".{target.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(target)
    settle(target.parent)


def settle(path: Path) -> None:
    """Have the content of a file, or the names in a folder, on the disk: until then a power cut may undo them.

    Raises OSError.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else holds the folder, and hold it; the lock leaves no file and ends with the process.

    Raises OSError when there is no such folder.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
