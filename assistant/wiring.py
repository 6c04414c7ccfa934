"""Put the parts together as the settings say. Only the command line and the web app's start do this."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.chat import Assistant
from assistant.settings import Settings
from corpus.library import Library, load_library
from index.build import build_index, current_generation, expected_manifest, stale
from index.encoder import SentenceEncoder
from index.hits import Encoder, Ranker, SearchError
from index.ranker import shipped_ranker
from index.search import Searcher


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


def say(line: str) -> None:
    """Write one line for people to stderr; results go to stdout."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the one place that writes to stderr
