"""A backup that somebody made to do harm is refused in one line, whatever stands in its list."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.backups.archive import LIST
from assistant.backups.finishing import BackupError
from assistant.backups.restoring import restore
from assistant.backups.saving import save
from assistant.settings import Settings
from tests.assistant.backups.places import fill

ESCAPE = "\x1b]0;owned\x07"  # what a terminal would obey


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save(fill(tmp_path / "data", "wire"), tmp_path / "saved.zip")
    return tmp_path / "saved.zip"


def rewritten(saved: Path, change: Callable[[dict[str, Any]], None], way: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write the archive again with a changed list, everything packed in this way."""
    with zipfile.ZipFile(saved) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    listing = json.loads(entries[LIST])
    change(listing)
    with zipfile.ZipFile(saved, "w", way) as archive:
        for name, content in entries.items():
            archive.writestr(name, json.dumps(listing) if name == LIST else content)
    return saved


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda listing: listing["files"]["rolewise.toml"].update(size=float("inf")), "no backup of Rolewise"),
        (lambda listing: listing["files"].update({"rolewise.toml": [[]]}), "no backup of Rolewise"),
        (lambda listing: listing.update(made=f"2026-01-01{ESCAPE}"), "no backup of Rolewise"),
        (lambda listing: listing.update(made=7), "no backup of Rolewise"),
        (lambda listing: listing.update(schema="rolewise.backup/2", version=ESCAPE), "newer Rolewise"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_and_shows_nothing_that_a_terminal_obeys(
    tmp_path: Path, saved: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    with pytest.raises(BackupError, match=said) as raised:
        restore(Settings(data=tmp_path / "new"), rewritten(saved, change))
    assert str(raised.value).isprintable()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_ways_of_packing_that_may_take_much_memory_are_refused(tmp_path: Path, saved: Path, way: int) -> None:
    with pytest.raises(BackupError, match="packed in another way"):
        restore(Settings(data=tmp_path / "new"), rewritten(saved, lambda _listing: None, way))
    assert not (tmp_path / "new").exists()


def test_what_is_packed_anew_as_rolewise_packs_is_restored(tmp_path: Path, saved: Path) -> None:
    restore(Settings(data=tmp_path / "new"), rewritten(saved, lambda _listing: None))
    assert (tmp_path / "new" / "rolewise.toml").is_file()
