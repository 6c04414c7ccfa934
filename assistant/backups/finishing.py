"""Put restored files in place: all of them, or after a kill the rest of them, before anything else is read.

A restore unpacks into `DATA/.restoring` and changes nothing else. When all of it is checked and on the disk, one rename
to `DATA/.restored` decides: before it the old files are in force, after it the new ones. What moves them is in here; it
may be killed anywhere and is done again from the start, by the same command or by whichever reads the settings next.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.durable import replace_file, settle

STAGING = ".restoring"
DECIDED = ".restored"
_ORDERS = "orders.json"
_OLD = "old"  # within the folder: what was moved aside


class BackupError(Exception):
    """A backup cannot be made or restored. The message names the file and says what to do."""


@contextmanager
def alone_with(data: Path, *, wait: bool = True) -> Iterator[bool]:
    """Hold the data folder against others who restore; yield False when it is held and there is no waiting."""
    handle = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def decide(data: Path, put: Sequence[str], remove: Sequence[str]) -> None:
    """Put what was unpacked in force. `put` and `remove` are names in the data folder. Raises OSError."""
    staging = data / STAGING
    replace_file(staging / _ORDERS, json.dumps({"put": list(put), "remove": list(remove)}).encode())
    for folder, _, names in os.walk(staging, topdown=False):
        for name in names:
            settle(Path(folder) / name)
        settle(Path(folder))
    staging.rename(data / DECIDED)
    settle(data)
    _carry_out(data)


def finish_restore(data: Path) -> None:
    """Carry out what a restore that was killed had decided, and drop what one had not. Raise BackupError."""
    decided, staging = data / DECIDED, data / STAGING
    if not decided.exists() and not staging.exists():
        return
    try:
        with alone_with(data, wait=decided.exists()) as alone:
            if not alone:
                return  # somebody is unpacking
            if decided.exists():
                _carry_out(data)
            _drop(staging)
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(
            f"The restore that was begun in {data} cannot be finished ({error}). Mend that, then try again; until "
            "then its files are neither the old nor the new."
        ) from error


def _carry_out(data: Path) -> None:
    """Move each part to its place. What was moved before a kill is no longer there to be moved again."""
    decided = data / DECIDED
    orders = json.loads((decided / _ORDERS).read_bytes())
    for name in orders["remove"]:
        _drop(data / name)
    for name in orders["put"]:
        if not (decided / name).exists():
            continue
        if (data / name).is_dir():  # a folder is not replaced by one rename
            _drop(decided / _OLD)
            (data / name).rename(decided / _OLD)
        (decided / name).replace(data / name)
    settle(data)
    _follow_articles(data / "index")
    decided.rename(data / STAGING)
    settle(data)
    _drop(data / STAGING)


def _follow_articles(index: Path) -> None:
    """Let the index follow the articles again if it is pinned to older ones."""
    from index.generation import Pointer, read_pointer, write_pointer  # noqa: PLC0415 - every start imports this module

    pointer = read_pointer(index)
    if pointer and pointer.pinned:
        write_pointer(index, Pointer(pointer.name))


def _drop(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError):
            path.unlink()
