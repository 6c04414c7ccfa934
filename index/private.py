"""Private folders for data that a library writes to while it only reads: one for each opened generation.

A process holds a lock on each of its folders while it lives. A folder whose lock is free was left behind by a process
that was killed, and the next one to come removes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path

_PREFIX = "rolewise-copy-"
_LOCK = ".lock"


class PrivateFolder:
    """A folder of this process in the place for temporary files. It goes with `close`, at the latest at exit."""

    def __init__(self) -> None:
        """Make the folder; raise OSError when that fails."""
        remove_leftovers()
        descriptor, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_LOCK)
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # before there is a folder that others could take for a leftover
        self.path = Path(name.removesuffix(_LOCK))
        self._remove = weakref.finalize(self, _remove, self.path, Path(name), descriptor, os.getpid())
        self.path.mkdir(mode=0o700)

    def close(self) -> None:
        """Remove the folder."""
        self._remove()


def remove_leftovers() -> None:
    """Remove the folders of processes that ended without doing so."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_LOCK}"):
        with contextlib.suppress(OSError):  # in use, removed by another process just now, or not ours
            descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                raise
            _remove(Path(str(lock).removesuffix(_LOCK)), lock, descriptor, os.getpid())


def _remove(folder: Path, lock: Path, descriptor: int, owner: int) -> None:
    """Remove folder and lock; a process that was forked off with them leaves them to its parent."""
    if os.getpid() != owner:
        return
    shutil.rmtree(folder, ignore_errors=True)
    lock.unlink(missing_ok=True)
    os.close(descriptor)
