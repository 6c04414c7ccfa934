"""A whole server with a review desk: live index, database, password; small articles, so that it follows in a moment."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from assistant.chat import Assistant
from assistant.live import LiveAssistant, Serving
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from assistant.settings import Settings
from assistant.watch import Source, Watcher, article_stamp
from assistant.web.app import create_app
from assistant.web.connections import server_config
from assistant.web.desk.room import Room
from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.opening import open_published
from index.stores import LocalStores
from tests.small import WordEncoder, write_pages
from tests.web.desk.signing_in import desk_settings


class BuiltHere:
    """Builds in this process and at once: three short articles take no time."""

    def __init__(self, settings: Settings, root: Path, encoder: WordEncoder) -> None:
        self._settings, self._root, self._encoder = settings, root, encoder

    def start(self) -> None:
        library = load_library(self._settings.article_folders)
        build_index(self._root, library, self._encoder, BuildOptions(stores=LocalStores()))

    def running(self) -> bool:
        return False

    def failed(self) -> bool:
        return False

    def stop(self) -> None:
        pass


@dataclass
class Site:
    """Where the server is, what it has on record, and the folder of the articles that it reads."""

    address: str
    reviews: StoredReviews
    records: StoredRecords
    articles: Path


@contextmanager
def desk_site(folder: Path) -> Iterator[Site]:
    """Serve until the context ends."""
    articles = write_pages(folder / "articles")
    settings = desk_settings(folder / "data", articles=articles)
    encoder, root = WordEncoder(), folder / "data" / "index"
    builder = BuiltHere(settings, root, encoder)
    seen = article_stamp(settings.article_folders)
    builder.start()

    def opened() -> Serving:
        found = open_published(root, encoder, LocalStores())
        search = room.widened(found.searcher, found.library)
        return Serving(Assistant(found.library, search), found.generation, found.searcher.close)

    database = open_database(settings.data, None)
    records, reviews = StoredRecords(database), StoredReviews(database)
    room = Room(settings, records, reviews, encoder)
    live = LiveAssistant(opened())
    watcher = Watcher(live, Source(root, lambda: settings.article_folders, opened), builder, seen, interval=0.2)
    app = create_app(live, settings, records, room)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(server_config(app, settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    watcher.start()
    thread.start()
    yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", reviews, records, articles)
    server.should_exit = server.force_exit = True
    thread.join(timeout=10)
    watcher.stop()
    live.close()
    database.close()
