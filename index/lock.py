"""One builder at a time. Whoever has to wait, or is turned away, is told who is building and since when."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.hits import SearchError

_LOCK = ".lock"
_HOLDER = ".builder.json"  # written by whoever holds the lock; without the lock it means nothing


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
        _sign(root)
        yield
    finally:
        with contextlib.suppress(OSError):
            (root / _HOLDER).unlink(missing_ok=True)
        lock.release()


def holder(root: Path) -> str | None:
    """Return who is building under `root` and since when, None when nobody is. Nothing is written."""
    if not (root / _LOCK).exists():
        return None
    lock = FileLock(root / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return _named(root)
    except OSError:
        return None  # a folder that cannot be written: nobody builds in it
    lock.release()
    return None


def _sign(root: Path) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    signed = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    (root / _HOLDER).write_text(json.dumps(signed), encoding="utf-8")


def _named(root: Path) -> str:
    try:
        signed = json.loads((root / _HOLDER).read_text(encoding="utf-8"))
        return f"process {signed['pid']} on {signed['host']}, since {signed['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # it has the lock and has not signed yet
