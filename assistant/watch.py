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
_AGAIN_AFTER = 60.0  # seconds before what failed is built or opened again although nothing has changed

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
        self._reopen_at = 0.0
        self._said: set[str] = set()  # errors since a look went well
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
        pause = self._interval
        while not self._stopping.wait(pause):
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - nobody else looks: whatever it is, the next look may go well
                self._tell(error)
                pause = max(self._interval, min(2 * pause, _AGAIN_AFTER))
            else:
                self._said.clear()
                pause = self._interval

    def _tell(self, error: Exception) -> None:
        """Say what went wrong, once for as long as it goes on."""
        said = f"{type(error).__name__}: {error}"
        if said not in self._said:
            self._said.add(said)
            with contextlib.suppress(OSError, ValueError):  # nobody reads stderr any more
                say(f"The index could not be looked after ({said}). Answers go on, and it is tried again.")

    def look(self) -> None:
        """Look once, and do what there is to do."""
        self._take_over()
        self._build()

    def _take_over(self) -> None:
        """Swap when another generation is in use than the one that answers, or this one has lost its vectors."""
        stamp, pointer, lost = pointer_stamp(self._source.root), read_pointer(self._source.root), self._lost()
        if pointer is None or (stamp == self._pointer and not lost):
            return
        if self._pointer is None and not lost and pointer.name == self._live.generation:
            self._pointer = stamp
            return
        try:
            new = self._source.open_published()
        except SearchError as error:
            self._pointer, self._build_at = stamp, time.monotonic()
            say(f"{error}. Answers still come from {self._live.generation}. Build it anew: rolewise index build")
            return
        self._pointer = stamp  # only now: after an error that nobody expected it is opened again
        self._live.swap(new)
        if not new.whole:
            self._build_at = time.monotonic()
        say(f"Answers come from {new.generation} now, {len(new.assistant.library.articles)} articles.")

    def _lost(self) -> bool:
        """Tell whether what answers should be opened anew, once in a while: it may be lost again at once."""
        if not self._live.lost or time.monotonic() < self._reopen_at:
            return False
        self._reopen_at = time.monotonic() + _AGAIN_AFTER
        return True

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
        self._builder.start()  # first: when no process can be started just now, the next look tries again
        self._articles, self._build_at = stamp, math.inf


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
