"""Put the parts together as the settings say. Only the command line and the web app's start do this."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat import Assistant
from assistant.records.best_effort import BestEffort
from assistant.records.kept import RECORDS_FILE, NothingKept, Records
from assistant.settings import Settings
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index, expected_manifest
from index.encoder import SentenceEncoder
from index.filling import left_out
from index.hits import Encoder, Ranker, SearchError, VectorStores
from index.opening import Opened, UnfitError, open_index, open_outdated
from index.ranker import shipped_ranker
from index.stores import LocalStores

if TYPE_CHECKING:
    from assistant.records.reviewing import StoredReviews
    from assistant.records.stored import StoredRecords

_ANEW = "Build it anew: rolewise index build"


@dataclass(frozen=True, slots=True)
class Index:
    """Where the generations lie, what makes vectors, and what stores them: all that building and opening need."""

    root: Path
    encoder: Encoder
    stores: VectorStores


def index_folder(settings: Settings) -> Path:
    """Return where the generations of the index are kept."""
    return settings.data / "index"


def index_of(settings: Settings) -> Index:
    """Return the index that the settings speak of. The model is loaded when it is first needed.

    Raise SearchError or SettingsError when a setting cannot be used.
    """
    return Index(index_folder(settings), SentenceEncoder(settings.model), stores_of(settings))


def stores_of(settings: Settings) -> VectorStores:
    """Return where vectors are searched: on the Chroma server that is set, else by this process.

    Raise SettingsError when the file of its token cannot be read, SearchError when that token cannot be sent.
    """
    if not settings.chroma_url:
        return LocalStores()
    from index.server import ChromaServer  # noqa: PLC0415 - slow to import, and few need it
    from index.server_stores import ServerStores  # noqa: PLC0415

    token = settings.secret("chroma_token")
    return ServerStores(ChromaServer(settings.chroma_url, token.get_secret_value() if token else ""))


def open_library(settings: Settings) -> Library:
    """Read the articles in use; one line on stderr for each file that could not be used.

    Raise CorpusError when there is none that can be.
    """
    library = load_library(settings.article_folders)
    for problem in library.problems:
        say(f"Left out: {problem}")
    return library


def open_assistant(settings: Settings) -> Assistant:
    """Read the articles, build or refresh the index when it does not fit them, open it.

    Raise CorpusError when there is no article, SearchError when no index can be built or opened.
    """
    index = index_of(settings)
    opened = open_fitting(index, open_library(settings))
    return Assistant(opened.library, opened.searcher, ranker=ranker_of(settings, index.encoder))


def assistant_over(library: Library, root: Path, encoder: Encoder, ranker: Ranker | None) -> Assistant:
    """Build or refresh the index under `root` when it does not fit the library, open it, put the assistant together.

    Raise SearchError when no index can be built or opened.
    """
    opened = open_fitting(Index(root, encoder, LocalStores()), library)
    return Assistant(opened.library, opened.searcher, ranker=ranker)


def ranker_of(settings: Settings, encoder: Encoder) -> Ranker | None:
    """Return the trained ranker, unless it is switched off or not there; it shares the encoder if that is its own."""
    return shipped_ranker(encoder if isinstance(encoder, SentenceEncoder) else None) if settings.ranker else None


def build_here(index: Index, library: Library) -> None:
    """Build a generation in this process, with a bar on stderr; raise SearchError when that fails."""
    options = BuildOptions(progress=True, told=say, stores=index.stores)
    built = build_index(index.root, library, index.encoder, options)
    say(
        f"The index holds {built.chunks} sentences of {len(library.articles)} articles, {built.embedded} embedded anew."
    )
    if built.lost:
        say(f"Its vectors are {left_out(built.lost, built.chunks)}")


def open_fitting(index: Index, library: Library, build: Callable[[Index, Library], None] = build_here) -> Opened:
    """Open the index of `library`; have it built first when none fits.

    When it cannot be built, the generation in use answers as it is, with the articles it was built from.
    Raise SearchError when there is none.
    """
    expected = expected_manifest(library, index.encoder, index.stores)
    try:
        return _told(open_index(index.root, index.encoder, index.stores, expected))
    except UnfitError as error:
        say(f"Building the index ({error}) ...")
    try:
        build(index, library)
        return _told(open_index(index.root, index.encoder, index.stores, expected))
    except SearchError as error:
        try:
            opened = open_outdated(index.root, index.encoder, index.stores, expected)
        except UnfitError:
            raise error from None
        say(f"{error} Until then answers come from {opened.generation}, from the articles as they were then.")
        return opened


def _told(opened: Opened) -> Opened:
    """Say in one line what is damaged and what serves instead."""
    if opened.damage:
        how = "by exact search over " if opened.exact else "from "
        say(f"{'; '.join(opened.damage)}. Answers come {how}{opened.generation}. {_ANEW}")
    return opened


def open_records(settings: Settings) -> Records:
    """Open the record of answers, or when none is to be kept, delete what there is and hand out one that keeps none.

    Raise RecordsError when the database cannot be opened, and SettingsError when its address cannot be read.
    """
    if settings.keep_questions_days:
        return BestEffort(open_stored_records(settings))
    if records_exist(settings):
        open_stored_records(settings).forget_before(datetime.now(UTC))
    return NothingKept()


def open_stored_records(settings: Settings) -> StoredRecords:
    """Open the database of records, made when it is missing; for those who need more of it than the web app does.

    Raise RecordsError or SettingsError as `open_records` does.
    """
    from assistant.records.opening import open_database  # noqa: PLC0415 - slow to import; `rolewise ask` needs it not
    from assistant.records.stored import StoredRecords  # noqa: PLC0415

    return StoredRecords(open_database(settings.data, settings.database_address()))


def open_reviews(settings: Settings) -> StoredReviews:
    """Open where verdicts and approvals are stored, beside the answers, made when it is missing.

    Raise RecordsError or SettingsError as `open_records` does.
    """
    from assistant.records.opening import open_database  # noqa: PLC0415 - slow to import; `rolewise ask` needs it not
    from assistant.records.reviewing import StoredReviews  # noqa: PLC0415

    return StoredReviews(open_database(settings.data, settings.database_address()))


def records_exist(settings: Settings) -> bool:
    """Tell whether there is a database of records: always, if it is on PostgreSQL."""
    return settings.database_address() is not None or (settings.data / RECORDS_FILE).exists()


def say(line: str) -> None:
    """Write one line for people to stderr; results go to stdout."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the one place that writes to stderr
