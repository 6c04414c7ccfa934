"""Watch a data folder while a server runs: have the index built when articles change, take over what is published.

Articles are looked at by name, size and time, the index by its pointer; both cost a few calls of `stat`. Building is
another process's work, so that answers do not wait for it. Several servers may watch one data folder: the lock of the
builder lets one of them build, and all of them take over the result.
"""

from __future__ import annotations

import contextlib
import math
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.live import LiveAssistant, Serving
from assistant.wiring import say
from index.generation import CURRENT, read_pointer
from index.hits import SearchError

INTERVAL = 3.0  # seconds between two looks; a person who has just added an article does not wait longer
_AGAIN_AFTER = 60.0  # seconds before a build that failed is tried again although nothing has changed

Stamp = tuple[object, ...]


class Builder(Protocol):
    """Builds in another process, one build at a time."""

    def start(self) -> None:
        """Begin to build, for the articles as they are now."""

    def running(self) -> bool:
        """Say whether a build is under way."""

    def failed(self) -> bool:
        """Say whether the build that ended last went wrong."""

    def stop(self) -> None:
        """End the build that is under way, if any."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where things come from: the folder of the index, the folders of the articles as they are at any time.

    `open_published` opens the generation in use and warms it; it raises SearchError.
    """

    root: Path
    folders: Callable[[], Sequence[Path]]
    open_published: Callable[[], Serving]


class Watcher:
    """Keeps a live assistant up to date, in a thread of its own."""

    def __init__(
        self, live: LiveAssistant, source: Source, builder: Builder, seen: Stamp, interval: float = INTERVAL
    ) -> None:
        """Watch; `seen` is the stamp of the articles before those that are in use were read."""
        self._live = live
        self._source = source
        self._builder = builder
        self._articles = seen
        self._interval = interval
        self._pointer: Stamp | None = None  # not looked at yet
        self._build_at = math.inf if live.whole else 0.0  # a damaged generation is built anew at once
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching, and the build under way."""
        self._stopping.set()
        self._thread.join()
        self._builder.stop()

    def _run(self) -> None:
        while not self._stopping.wait(self._interval):
            try:
                self.look()
            except OSError as error:  # no process can be started just now
                say(f"The index could not be looked after ({error.strerror or error}); trying again.")

    def look(self) -> None:
        """Look once, and do what there is to do."""
        self._take_over()
        self._build()

    def _take_over(self) -> None:
        """Swap when another generation is in use than the one that answers."""
        stamp, pointer = pointer_stamp(self._source.root), read_pointer(self._source.root)
        if stamp == self._pointer or pointer is None:
            return
        known, self._pointer = self._pointer is not None, stamp
        if not known and pointer.name == self._live.generation:
            return
        try:
            new = self._source.open_published()
        except SearchError as error:
            say(f"{error}. Answers still come from {self._live.generation}. Build it anew: rolewise index build")
            self._build_at = time.monotonic()
            return
        self._live.swap(new)
        say(f"Answers come from {new.generation} now, {len(new.assistant.library.articles)} articles.")
        if not new.whole:
            self._build_at = time.monotonic()

    def _build(self) -> None:
        """Have the index built when articles have changed, or when it is time to try again."""
        if self._builder.running():
            return
        if self._builder.failed():
            self._build_at = time.monotonic() + _AGAIN_AFTER
        stamp = article_stamp(self._source.folders())
        if stamp == self._articles and time.monotonic() < self._build_at:
            return
        pointer = read_pointer(self._source.root)
        if pointer and pointer.pinned:
            return
        self._articles, self._build_at = stamp, math.inf
        self._builder.start()


def pointer_stamp(root: Path) -> Stamp:
    """Return what changes when another generation is published."""
    with contextlib.suppress(OSError):
        seen = (root / CURRENT).stat()
        return (seen.st_ino, seen.st_mtime_ns, seen.st_size)
    return ()


def article_stamp(folders: Sequence[Path]) -> Stamp:
    """Return what changes when a file in one of the folders is added, removed, renamed or written."""
    return tuple(sorted(entry for folder in folders for entry in _files(folder)))


def _files(folder: Path) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):  # gone again
                seen = (Path(place) / name).stat()
                found.append((f"{place}/{name}", seen.st_size, seen.st_mtime_ns))
    return found
