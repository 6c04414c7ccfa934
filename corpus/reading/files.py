"""Read the bytes of a file: a regular one, within its limit, and the same from the first byte to the last."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from corpus.article import CorpusError

_NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # opening a named pipe would wait for someone to write into it


def content_of(path: Path, largest: int) -> bytes:
    """Return the bytes of a file of at most `largest` bytes; raise CorpusError, without the path, for any other."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            _check(before, largest)
            content = file.read(largest + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror}). Check that it is there and readable.") from error
    except ValueError as error:  # a NUL character in the name
        raise CorpusError(f"cannot be read ({error}). Check its name.") from error
    if len(content) != before.st_size or _state(before) != _state(after):
        raise CorpusError("changed while it was being read. Try again when nothing writes to it.")
    return content


def _check(status: os.stat_result, largest: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise CorpusError("cannot be read (Is a directory). Give a file.")
    if not stat.S_ISREG(status.st_mode):
        raise CorpusError("is no regular file. Copy its content into one.")
    if status.st_size > largest:
        raise CorpusError(f"the file has {status.st_size:,} bytes, the limit is {largest:,}. Split it into articles.")


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
