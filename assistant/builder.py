"""Build the index in a process of its own, so that a server answers meanwhile and keeps nothing of the work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from multiprocessing.process import BaseProcess

from assistant.settings import Settings
from assistant.wiring import Index, index_of, open_library, say
from corpus.article import CorpusError
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index
from index.filling import left_out
from index.hits import SearchError

_YIELDING = 5  # of 19: a server's answers go first; with 10 a busy machine took minutes over a new article


class ProcessBuilder:
    """Starts the process; one build at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: BaseProcess | None = None
        self._failed = False

    def start(self, *, first: bool = False) -> None:
        """Begin to build. A first build shows its progress, and does not name again what was left out."""
        process = multiprocessing.get_context("spawn").Process(target=_build, args=(self._settings, first))
        process.start()
        self._process = process

    def running(self) -> bool:
        """Say whether a build is under way."""
        if self._process is None or self._process.is_alive():
            return self._process is not None
        self._failed, self._process = self._process.exitcode != 0, None
        return False

    def failed(self) -> bool:
        """Say, once, whether the build that ended last went wrong."""
        failed, self._failed = self._failed, False
        return failed

    def stop(self) -> None:
        """End the build that is under way; the generation in use stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process = None

    def build_and_wait(self, _index: Index, _library: Library) -> None:
        """Build, and return when it is done; raise SearchError when it went wrong."""
        self.start(first=True)
        if self._process is not None:
            self._process.join()
        if not self.running() and self.failed():
            raise SearchError("The index could not be built; the line above says why.")


def _build(settings: Settings, first: bool) -> None:
    """Read the articles as they are now and build. This is what the process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the server, which ends this process
    if not first:
        os.nice(_YIELDING)
    try:
        library = load_library(settings.article_folders) if first else open_library(settings)
        index = index_of(settings)
        built = build_index(
            index.root, library, index.encoder, BuildOptions(progress=first, told=say, stores=index.stores)
        )
    except (CorpusError, SearchError) as error:
        say(f"rolewise: {error}")
        sys.exit(1)
    say(f"{built.folder.name} holds {built.chunks} sentences, {built.embedded} embedded anew.")
    if built.lost:
        say(f"Its vectors are {left_out(built.lost, built.chunks)}")
