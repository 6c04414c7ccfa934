"""Write a backup while a server runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from assistant.backups.archive import (
    ARTICLES,
    LARGEST_ARTICLE,
    LIST,
    UNFINISHED,
    Kept,
    Listing,
    Seal,
    read_listing,
    store,
)
from assistant.backups.finishing import BackupError
from assistant.records.kept import RECORDS_FILE
from assistant.settings import SETTINGS_FILE, Settings
from assistant.wiring import open_stored_records, records_exist
from corpus.article import CorpusError
from corpus.durable import alone_in, name_new, settle
from corpus.library import refuse_leading_out
from corpus.private import PrivateFolder


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written, and one line for each file in the folder of own articles that is not in it."""

    listing: Listing
    left_out: tuple[str, ...]


def save(settings: Settings, target: Path) -> Saved:
    """Write records, own articles and settings to a new file, whole or not at all; raise BackupError or RecordsError.

    Where records are on PostgreSQL, they are left to its own tool.
    """
    there = f"{target} is there already. Give the name of a new file."
    if target.exists():
        raise BackupError(there)
    try:
        with closing(PrivateFolder(target.parent, UNFINISHED)) as folder:  # its owner's alone
            new = folder.path / "archive"
            saved = _written(settings, new, folder.path / RECORDS_FILE)
            settle(new)
            _check(new, target)
            name_new(new, target)
        settle(target.parent)
    except FileExistsError as error:
        raise BackupError(there) from error
    except OSError as error:
        raise BackupError(
            f"{target} cannot be written ({error.strerror or error}). Give a place you may write, with enough room."
        ) from error
    return saved


def _check(new: Path, target: Path) -> None:
    """Raise BackupError when a restore would refuse what was written."""
    try:
        with zipfile.ZipFile(new) as archive:
            read_listing(archive)
    except BackupError as error:
        raise BackupError(
            f"{target} is not written: it {error}, and could not be restored. Mend that first."
        ) from error


def _written(settings: Settings, new: Path, copy: Path) -> Saved:
    kept = _records_copied(settings, copy)
    files: dict[str, Seal] = {}
    left_out: list[str] = []
    new.touch(mode=0o600)
    with zipfile.ZipFile(new, "w") as archive:
        for name, path in ((RECORDS_FILE, copy), (SETTINGS_FILE, settings.data / SETTINGS_FILE)):
            if path.is_file():
                files[name] = _stored(archive, name, path)
        with alone_in(settings.own_articles) if settings.own_articles.is_dir() else nullcontext():
            for path in _articles(settings.own_articles, left_out):
                name = f"{ARTICLES}/{path.relative_to(settings.own_articles).as_posix()}"
                files[name] = _stored(archive, name, path)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        listing = Listing(kept, files, made, metadata.version("rolewise"))
        archive.writestr(LIST, listing.as_json(), zipfile.ZIP_DEFLATED)
    return Saved(listing, tuple(left_out))


def _records_copied(settings: Settings, copy: Path) -> Kept:
    if settings.database_address() is not None:
        return Kept.POSTGRESQL
    if not records_exist(settings):
        return Kept.NONE
    records = open_stored_records(settings)
    try:
        records.back_up(copy)
    finally:
        records.close()
    return Kept.HERE


def _stored(archive: zipfile.ZipFile, name: str, path: Path) -> Seal:
    with path.open("rb") as source:
        return store(archive, name, source)


def _articles(folder: Path, left_out: list[str]) -> Iterator[Path]:
    """Yield every file of the folder that Rolewise could have put or would read there."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_dir() or path.name.startswith("."):  # what an addition that was killed left behind is hidden
            continue
        if any(part.startswith(UNFINISHED) for part in path.relative_to(folder).parts):  # it would never end
            continue
        why = _why_not(path, folder)
        if why:
            left_out.append(why)
        else:
            yield path


def _why_not(path: Path, folder: Path) -> str:
    try:
        refuse_leading_out(path, folder)
        str(path).encode("utf-8")
    except CorpusError as error:
        return str(error)
    except UnicodeEncodeError:
        return f"{str(path)!r} has a name that is not in UTF-8. Rename it."
    if not path.is_file():
        return f"{path} is no regular file."
    if path.stat().st_size > LARGEST_ARTICLE:
        return f"{path} is larger than any article may be ({LARGEST_ARTICLE:,} bytes)."
    return ""
