"""Check an installation: what is there, what is fresh, what is free, and that an answer needs no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from assistant.records.kept import RecordsError
from assistant.settings import Settings, SettingsError
from assistant.wiring import index_of, open_assistant, open_stored_records, records_exist
from corpus.article import CorpusError
from corpus.library import load_library
from index.build import expected_manifest
from index.encoder import SentenceEncoder
from index.generation import stale
from index.hits import SearchError
from index.ranker import shipped_ranker

_PROBE = "Compare the roles and their budgets."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is fine, and what was seen or what to do."""

    name: str
    fine: bool
    said: str


class NetworkUsedError(Exception):
    """Something tried to reach the network while it must not."""


def examine(settings: Settings) -> list[Check]:
    """Look at everything, also when an earlier check fails. Nothing is changed but the index, if it is outdated."""
    looks: list[tuple[str, Callable[[Settings], str]]] = [
        ("data folder", _data_folder),
        ("articles", _articles),
        ("model", _model),
        ("ranker", _ranker),
        ("index", _index),
        ("records", _records),
        ("port", _port),
        ("offline", _offline),
    ]
    return [_look(name, look, settings) for name, look in looks]


def _look(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except (CorpusError, SearchError, RecordsError, SettingsError, OSError, NetworkUsedError) as error:
        return Check(name, False, str(error))


def _data_folder(settings: Settings) -> str:
    folder = next(path for path in (settings.data, *settings.data.parents) if path.exists())
    if not os.access(folder, os.W_OK):
        raise OSError(f"{folder} cannot be written. Set ROLEWISE_DATA to a folder you may write.")
    return str(settings.data)


def _articles(settings: Settings) -> str:
    library = load_library(settings.article_folders)
    if library.problems:
        raise CorpusError(library.problems[0])
    return f"{len(library.articles)} articles, {len(library.roles())} roles"


def _model(settings: Settings) -> str:
    return SentenceEncoder(settings.model).name


def _ranker(settings: Settings) -> str:
    if not settings.ranker:
        return "switched off: answers come from the search alone and are weaker. Unset ROLEWISE_RANKER to use it"
    if shipped_ranker() is None:
        return "left out: answers come from the search alone and are weaker. Install Rolewise again to get it"
    return "there, as it was shipped"


def _index(settings: Settings) -> str:
    library = load_library(settings.article_folders)
    index = index_of(settings)
    reasons = stale(index.root, expected_manifest(library, index.encoder, index.stores))
    if reasons:
        raise SearchError(f"outdated: {'; '.join(reasons)}. Build it: rolewise index build")
    return "fresh, every file as it was published"


def _records(settings: Settings) -> str:
    kept = "nothing is kept" if not settings.keep_questions_days else f"kept for {settings.keep_questions_days} days"
    if not records_exist(settings):
        return f"{kept}; no question was asked yet"
    records = open_stored_records(settings)
    standing = records.standing()
    records.close()
    return f"{kept}; {standing.answers} answers in {standing.where}"


def _port(settings: Settings) -> str:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise OSError(
                f"{settings.port} is in use ({error.strerror}). Serve on another: rolewise serve --port 7861"
            ) from error
    return f"{settings.port} is free"


def _offline(settings: Settings) -> str:
    with no_network():
        answer = open_assistant(settings).answer([_PROBE])
    return f"a question was answered ({answer.outcome.value}) with every socket blocked"


@contextmanager
def no_network() -> Iterator[None]:
    """Make every attempt to look up or reach a host fail while the context lasts."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise NetworkUsedError("Something tried to reach the network. Please report this.")

    before = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = refuse, refuse, refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = before  # type: ignore[method-assign]
