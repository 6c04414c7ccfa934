"""Private folders: for data that a library writes to while it only reads, or for what is not finished yet.

A process holds a lock on each of its folders while it lives. A folder whose lock is free was left behind by a process
that was killed, and the next one to come removes it. On a disk that can hold no locks nothing is ever taken for left.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path

COPY = "rolewise-copy-"  # begins the names of folders in the place for temporary files
_LOCK = ".lock"


class PrivateFolder:
    """A folder of this process in `place`, else among temporary files. It goes with `close`, at the latest at exit."""

    def __init__(self, place: Path | None = None, prefix: str = COPY) -> None:
        """Make the folder, under a new name that begins with `prefix`; raise OSError when that fails."""
        remove_leftovers(place, prefix)
        lock, descriptor = _new_lock(place, prefix)  # before there is a folder that others could take for a leftover
        self.path = _folder_of(lock)
        self._remove = weakref.finalize(self, _remove, self.path, lock, descriptor, os.getpid())
        self.path.mkdir(mode=0o700)

    def close(self) -> None:
        """Remove the folder."""
        self._remove()


def remove_leftovers(place: Path | None = None, prefix: str = COPY) -> None:
    """Remove the folders of processes that ended without doing so."""
    for lock in (place or Path(tempfile.gettempdir())).glob(f"{prefix}*{_LOCK}"):
        with contextlib.suppress(OSError):  # in use, removed by another process just now, or not ours
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                raise
            _remove(_folder_of(lock), lock, descriptor, os.getpid())


def _new_lock(place: Path | None, prefix: str) -> tuple[Path, int]:
    """Make a file and lock it; once more if another process took it for a leftover before it was locked."""
    while True:
        descriptor, name = tempfile.mkstemp(prefix=prefix, suffix=_LOCK, dir=place)
        with contextlib.suppress(OSError):  # a disk that can hold no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return Path(name), descriptor
        os.close(descriptor)


def _folder_of(lock: Path) -> Path:
    return lock.with_name(lock.name.removesuffix(_LOCK))


def _remove(folder: Path, lock: Path, descriptor: int, owner: int) -> None:
    """Remove folder and lock; a process that was forked off with them leaves them to its parent."""
    if os.getpid() != owner:
        return
    shutil.rmtree(folder, ignore_errors=True)
    lock.unlink(missing_ok=True)
    os.close(descriptor)
