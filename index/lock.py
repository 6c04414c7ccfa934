"""One builder at a time. Whoever has to wait, or is turned away, is told who is building and since when."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.hits import SearchError

_LOCK = ".lock"
_POINTER_LOCK = ".pointer.lock"
_HOLDER = ".builder.json"  # written by whoever holds the lock, and locked as long; what is not locked means nothing
_UNLOCKED = struct.pack("h", fcntl.F_UNLCK)  # how the answer begins when a file is not locked


@contextlib.contextmanager
def building(root: Path, wait: float, told: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of the builder under `root`, after up to `wait` seconds; raise SearchError that names who has it.

    `told` gets one line before the waiting begins. Raises OSError when `root` cannot be written.
    """
    lock = FileLock(root / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if wait:
            told(f"The index is being built by {_named(root)}. Waiting for it ...")
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise SearchError(
                f"The index in {root} is being built by {_named(root)}. Wait for its end, or end it, then try again."
            ) from error
    try:
        with _signed(root):
            yield
    finally:
        lock.release()


@contextlib.contextmanager
def pointing(root: Path) -> Iterator[None]:
    """Hold the right to say which generation is in use, for a moment. Raises OSError when `root` cannot be written."""
    with FileLock(root / _POINTER_LOCK):
        yield


def holder(root: Path) -> str | None:
    """Return who is building under `root` and since when, None when nobody is. Nothing is written or held."""
    try:
        with (root / _HOLDER).open("rb") as file:
            held = fcntl.fcntl(file, fcntl.F_OFD_GETLK, _whole_file(fcntl.F_RDLCK))
    except OSError:
        return None  # no builder has signed, or the disk can hold no such locks
    return None if held[: len(_UNLOCKED)] == _UNLOCKED else _named(root)


@contextlib.contextmanager
def _signed(root: Path) -> Iterator[None]:
    """Have this process named as the builder. The file is locked meanwhile: a killed builder's name says nothing.

    The lock is of another kind than the builder's, one that can be asked about without being taken.
    """
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    signed = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    with (root / _HOLDER).open("w", encoding="utf-8") as file:
        with contextlib.suppress(OSError):  # a disk that can hold no such locks: the builder is not named
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, _whole_file(fcntl.F_WRLCK))
        file.write(json.dumps(signed))
        file.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                (root / _HOLDER).unlink(missing_ok=True)


def _whole_file(kind: int) -> bytes:
    """Return a `struct flock` of this kind (fcntl.h), from the start of the file to wherever it ends."""
    return struct.pack("hhqqi4x", kind, os.SEEK_SET, 0, 0, 0)


def _named(root: Path) -> str:
    try:
        signed = json.loads((root / _HOLDER).read_text(encoding="utf-8"))
        return f"process {signed['pid']} on {signed['host']}, since {signed['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # it has the lock and has not signed yet
