"""A live assistant over articles and an index of them, its watcher, and stand-ins for what takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.live import LiveAssistant, Serving
from assistant.serving import serving
from assistant.watch import Source, Stamp, Watcher, article_stamp
from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.hits import Encoder, Vectors
from index.opening import open_published
from index.stores import LocalStores
from tests.editions import QUESTION, edition, write_edition
from tests.small import WordEncoder

AT_ONCE = BuildOptions(wait=0)


class NotedBuilder:
    """Builds nothing, and notes that it should have."""

    def __init__(self) -> None:
        self.started = 0
        self.under_way = False
        self.went_wrong = False
        self.refusals: list[OSError] = []

    def start(self) -> None:
        if self.refusals:
            raise self.refusals.pop()
        self.started += 1

    def running(self) -> bool:
        return self.under_way

    def failed(self) -> bool:
        went_wrong, self.went_wrong = self.went_wrong, False
        return went_wrong

    def stop(self) -> None:
        self.under_way = False


class HeldEncoder(WordEncoder):
    """An encoder that takes its time over a question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.let_go.set()

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        self.begun.set()
        assert self.let_go.wait(30)
        return super().encode(texts, progress=progress)


class Server:
    """Articles, an index of them, a live assistant over it, and the watcher that keeps it up to date."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.articles, self.root, self.encoder = folder / "articles", folder / "index", encoder
        self.closed: list[str] = []
        self.failures: list[Exception] = []  # of the next openings
        self.builder = NotedBuilder()
        self.publish(0)
        self.live = LiveAssistant(self.opened())
        self.watcher = self.watching(article_stamp([self.articles]))

    def watching(self, seen: Stamp) -> Watcher:
        source = Source(self.root, lambda: [self.articles], self.opened)
        return Watcher(self.live, source, self.builder, seen, interval=0.01)

    def publish(self, number: int) -> None:
        write_edition(self.articles, number)
        build_index(self.root, load_library([self.articles]), WordEncoder(), AT_ONCE)

    def opened(self) -> Serving:
        if self.failures:
            raise self.failures.pop(0)
        made = serving(open_published(self.root, self.encoder, LocalStores()), None)

        def close() -> None:
            self.closed.append(made.generation)
            made.close()

        return Serving(made.assistant, made.generation, close, made.whole)

    def ask(self) -> int:
        return edition(self.live.answer([QUESTION]))

    def answers_from(self, generation: str) -> bool:
        """Wait until the watcher has taken a generation over."""
        for _ in range(500):
            if self.live.generation == generation:
                return True
            time.sleep(0.02)
        return False
