"""What a server answers with: a live assistant over the index, kept up to date while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.builder import ProcessBuilder
from assistant.candidates import Search
from assistant.chat import Assistant
from assistant.live import LiveAssistant, Serving
from assistant.settings import Settings
from assistant.watch import Source, Watcher, article_stamp
from assistant.wiring import Index, index_of, open_fitting, open_library, ranker_of, say
from corpus.library import Library
from index.hits import Ranker
from index.opening import Opened, open_published

Widened = Callable[[Search, Library], Search]

WARMING = "Who has the bigger budget?"  # asked before anyone else asks, so that nobody waits for the model to load


def serving(opened: Opened, ranker: Ranker | None, widened: Widened | None = None) -> Serving:
    """Put an assistant over an opened index and let it answer once. `widened` makes its search find more.

    The index is closed again when that fails.
    """
    with ExitStack() as failing:
        failing.callback(opened.searcher.close)
        search = widened(opened.searcher, opened.library) if widened else opened.searcher
        assistant = Assistant(opened.library, search, ranker=ranker)
        assistant.answer([WARMING])
        failing.pop_all()
    return Serving(assistant, opened.generation, opened.searcher.close, not opened.damage, opened.lost)


@contextmanager
def live_assistant(
    settings: Settings, index: Index | None = None, widened: Widened | None = None
) -> Iterator[LiveAssistant]:
    """Open the index, have it built first when it does not fit the articles, and watch both while the context lasts.

    `index` is that of the settings, for whoever needs its encoder too: the model is loaded once.
    """
    seen = article_stamp(settings.article_folders)
    index, builder = index or index_of(settings), ProcessBuilder(settings)
    ranker = ranker_of(settings, index.encoder)

    def reopened() -> Serving:
        return serving(open_published(index.root, index.encoder, index.stores), ranker, widened)

    try:
        opened = open_fitting(index, open_library(settings), builder.build_and_wait)
    finally:
        builder.stop()
    say("Opening the chat ...")
    live = LiveAssistant(serving(opened, ranker, widened))
    watcher = Watcher(live, Source(index.root, _folders(settings), reopened), builder, seen)
    watcher.start()
    try:
        yield live
    finally:
        watcher.stop()
        live.close()


def _folders(settings: Settings) -> Callable[[], Sequence[Path]]:
    """Return how to ask for the folders of articles: a keeper's own comes into being with the first article."""
    return lambda: settings.article_folders
