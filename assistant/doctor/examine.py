"""Look at everything, one after the other, also when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.doctor import looks
from assistant.doctor.installation import FindingError, Installation
from assistant.doctor.network import NetworkUsedError, offline
from assistant.doctor.served import address, headers, port
from assistant.records.kept import RecordsError
from assistant.settings import Settings, SettingsError
from corpus.article import CorpusError
from index.hits import SearchError

_LOOKS: tuple[tuple[str, Callable[[Installation], str]], ...] = (
    ("data folder", looks.data_folder),
    ("room", looks.room),
    ("articles", looks.articles),
    ("model", looks.model),
    ("ranker", looks.ranker),
    ("index", looks.index),
    ("records", looks.records),
    ("address", address),
    ("port", port),
    ("headers", headers),
    ("offline", offline),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it is fine, and what was seen or what to do."""

    name: str
    fine: bool
    said: str


def examine(settings: Settings) -> list[Check]:
    """Return what was seen. Nothing is changed but the index, if it is missing or outdated."""
    installation = Installation(settings)
    return [_look(name, look, installation) for name, look in _LOOKS]


def _look(name: str, look: Callable[[Installation], str], installation: Installation) -> Check:
    try:
        return Check(name, True, look(installation))
    except (CorpusError, SearchError, RecordsError, SettingsError, FindingError, NetworkUsedError, OSError) as error:
        return Check(name, False, str(error))
