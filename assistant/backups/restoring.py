"""Put what a backup holds in the place of what is in a data folder: all of it, or nothing."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from assistant.backups.archive import ARTICLES, UNFINISHED, Kept, Listing, read_listing, unpack
from assistant.backups.finishing import STAGING, BackupError, alone_with, decide
from assistant.records.kept import RECORDS_FILE, RecordsError
from assistant.records.replacing import check_copy, unused
from assistant.settings import SETTINGS_FILE, Settings
from corpus.durable import alone_in
from corpus.private import remove_leftovers

_BESIDE_RECORDS = (f"{RECORDS_FILE}-wal", f"{RECORDS_FILE}-shm")


def restore(settings: Settings, source: Path, *, force: bool = False) -> Listing:
    """Make records, own articles and settings in the data folder what they are in the backup.

    What is there is replaced only with `force`. Raise BackupError, and RecordsError when the records are in use.
    """
    data = settings.data
    with _opened(source) as archive:
        remove_leftovers(source.parent, UNFINISHED)
        listing = _listing(archive, source)
        if listing.records is Kept.HERE and settings.database_address() is not None:
            raise BackupError(
                f"{source} holds records of a file, and ROLEWISE_DATABASE_URL is set. Unset it to restore them."
            )
        _check_target(data, force=force)
        try:
            data.mkdir(parents=True, exist_ok=True)
            with alone_with(data), _gone_at_the_end(data / STAGING):
                _unpacked(archive, listing, source, data)
                _replace(settings, listing)
        except OSError as error:
            raise BackupError(
                f"{source} cannot be restored to {data} ({error.strerror or error}). "
                "Make room or mend the permissions, then try again."
            ) from error
    return listing


@contextmanager
def _gone_at_the_end(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BackupError(f"{source} is no backup of Rolewise, or is damaged ({error}). Give another file.") from error
    except OSError as error:
        raise BackupError(f"{source} cannot be read ({error.strerror}). Give the file of a backup.") from error
    with archive:
        yield archive


def _listing(archive: zipfile.ZipFile, source: Path) -> Listing:
    try:
        return read_listing(archive)
    except BackupError as error:
        raise BackupError(f"{source} {error}. Nothing was restored; give another file.") from error


def _check_target(data: Path, *, force: bool) -> None:
    present = [name for name in (RECORDS_FILE, ARTICLES, SETTINGS_FILE) if _holds(data / name)]
    if present and not force:
        raise BackupError(
            f"{data} holds {', '.join(present)}, which would be lost. Save them first: rolewise backup FILE; then "
            "restore with --force, or into another ROLEWISE_DATA."
        )
    articles = data / ARTICLES
    if articles.is_symlink() or articles.is_mount():
        raise BackupError(
            f"{articles} is a link or a disk of its own and cannot be replaced at once. Make it a folder."
        )


def _holds(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _unpacked(archive: zipfile.ZipFile, listing: Listing, source: Path, data: Path) -> None:
    """Write and check everything in a folder that nothing reads."""
    staging = data / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    needed, free = sum(seal.size for seal in listing.files.values()), shutil.disk_usage(data).free
    if needed > free:
        raise BackupError(
            f"{source} needs {needed // 1_000_000} MB in {data}, {free // 1_000_000} MB are free. Make room there."
        )
    staging.mkdir(mode=0o700)
    try:
        unpack(archive, listing, staging)
        if listing.records is Kept.HERE:
            check_copy(staging / RECORDS_FILE)
    except (BackupError, RecordsError) as error:
        raise BackupError(f"{source} {error}. Nothing was restored; give another file.") from error


def _replace(settings: Settings, listing: Listing) -> None:
    data, articles = settings.data, settings.own_articles
    put = [name for name in (ARTICLES, SETTINGS_FILE, RECORDS_FILE) if _in(listing, name)]
    remove = [name for name in (ARTICLES, SETTINGS_FILE, RECORDS_FILE) if not _in(listing, name)]
    if listing.records is Kept.POSTGRESQL:
        remove.remove(RECORDS_FILE)
    with (
        alone_in(articles) if articles.is_dir() else nullcontext(),
        unused(data) if listing.records is not Kept.POSTGRESQL else nullcontext(),
    ):
        decide(data, put, [*remove, *_BESIDE_RECORDS] if listing.records is not Kept.POSTGRESQL else remove)


def _in(listing: Listing, name: str) -> bool:
    return name in listing.files or (name == ARTICLES and bool(listing.articles))
