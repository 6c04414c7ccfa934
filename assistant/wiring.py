"""Put the parts together as the settings say. Only the command line and the web app's start do this."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.chat import Assistant
from assistant.records.best_effort import BestEffort
from assistant.records.kept import RECORDS_FILE, NothingKept, Records
from assistant.settings import Settings
from corpus.library import Library, load_library
from index.build import build_index, current_generation, expected_manifest, stale
from index.encoder import SentenceEncoder
from index.hits import Encoder, Ranker, SearchError
from index.ranker import shipped_ranker
from index.search import Searcher

if TYPE_CHECKING:
    from assistant.records.stored import StoredRecords


def index_folder(settings: Settings) -> Path:
    """Return where the generations of the index are kept."""
    return settings.data / "index"


def open_library(settings: Settings) -> Library:
    """Read the articles in use; one line on stderr for each file that could not be used."""
    library = load_library(settings.article_folders)
    for problem in library.problems:
        say(f"Left out: {problem}")
    return library


def open_assistant(settings: Settings) -> Assistant:
    """Read the articles, build or refresh the index when it does not fit them, open it."""
    ranker = shipped_ranker() if settings.ranker else None
    return assistant_over(open_library(settings), index_folder(settings), SentenceEncoder(settings.model), ranker)


def assistant_over(library: Library, root: Path, encoder: Encoder, ranker: Ranker | None) -> Assistant:
    """Build or refresh the index under `root` when it does not fit the library, open it, put the assistant together."""
    return Assistant(library, _open_searcher(root, library, encoder), ranker=ranker)


def _open_searcher(root: Path, library: Library, encoder: Encoder) -> Searcher:
    reasons = stale(root, expected_manifest(library, encoder))
    folder = current_generation(root)
    if not reasons and folder is not None:
        try:
            return Searcher.open(folder, encoder)
        except SearchError as error:
            reasons = (str(error),)
    say(f"Building the index ({'; '.join(reasons)}) ...")
    built = build_index(root, library, encoder, progress=True, force=True)
    say(
        f"The index holds {built.chunks} sentences of {len(library.articles)} articles, {built.embedded} embedded anew."
    )
    return Searcher.open(built.folder, encoder)


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
    """Open the database of records, made when it is missing; for those who need more of it than the web app does."""
    from assistant.records.opening import open_database  # noqa: PLC0415 - slow to import; `rolewise ask` needs it not
    from assistant.records.stored import StoredRecords  # noqa: PLC0415

    return StoredRecords(open_database(settings.data, settings.database_address()))


def records_exist(settings: Settings) -> bool:
    """Tell whether there is a database of records: always, if it is on PostgreSQL."""
    return settings.database_address() is not None or (settings.data / RECORDS_FILE).exists()


def say(line: str) -> None:
    """Write one line for people to stderr; results go to stdout."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the one place that writes to stderr
