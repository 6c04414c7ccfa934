"""What the processes do that are killed. It is imported by them, too, so it imports little."""

from __future__ import annotations

import time
from pathlib import Path

from pydantic import SecretStr

from assistant.records.kept import RecordsError
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from tests.crashing import Acknowledged

Where = tuple[str, str]  # the data folder and the address of the database, or ""


def opened(where: Where) -> StoredRecords:
    return StoredRecords(open_database(Path(where[0]), SecretStr(where[1]) if where[1] else None))


def keep_and_thumb(records: StoredRecords, acknowledged: Acknowledged, name: str) -> None:
    answer = {
        "id": name, "outcome": "answered", "reason": None, "confidence": 0.5, "standalone_question": name,
        "claims": [{}], "citations": [{"number": 1, "article_id": "a", "quote": name}], "markdown": name * 300,
    }  # fmt: skip
    records.keep([name], answer)
    acknowledged.note(f"kept {name}")
    records.thumb(name, up=True, reason=name)
    acknowledged.note(f"thumb {name}")


def write_on(where: Where, acknowledged: Path, name: str) -> None:
    """Write until killed; what cannot be written is noted and left."""
    noted = Acknowledged(acknowledged)
    records, number = opened(where), 0
    while True:
        number += 1
        try:
            keep_and_thumb(records, noted, f"{name}-{number}")
        except RecordsError as error:
            noted.note(f"refused {error}")
            time.sleep(0.05)


def make_write_delete(where: Where, acknowledged: Path, name: str) -> None:
    """Make the database, write two answers and delete one, with all the steps of it, the checkpoint too."""
    noted = Acknowledged(acknowledged)
    records = opened(where)
    keep_and_thumb(records, noted, f"{name}-stays")
    keep_and_thumb(records, noted, f"{name}-goes")
    noted.note(f"going {name}-goes")
    records.forget(f"{name}-goes")
    noted.note(f"gone {name}-goes")
    records.close()


def lost(where: Where, lines: list[str]) -> tuple[int, int]:
    """Return how many records were acknowledged, and how many of them are not there as they should be."""
    records = opened(where)
    deleting = {line.split()[1] for line in lines if line.startswith("going")}
    gone = {line.split()[1] for line in lines if line.startswith("gone")}
    told = missing = 0
    for line in lines:
        what, _, name = line.partition(" ")
        if what in ("kept", "thumb") and name not in deleting:
            told += 1
            kept, thumb = records.answer(name), records.thumb_of(name)
            good = kept is not None and kept.answer["markdown"] == name * 300
            missing += not (good if what == "kept" else thumb is not None and thumb.reason == name)
    come_back = sum(records.answer(name) is not None for name in gone)
    records.close()
    return told + len(gone), missing + come_back
