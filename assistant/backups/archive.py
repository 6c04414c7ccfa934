"""The file of a backup: a ZIP archive with a list of what is in it, and the checks that it passes before it is used.

rolewise-backup.json     the list: size and SHA-256 of every file, and where the records are
records.sqlite3          unless there are none, or they are on PostgreSQL
rolewise.toml            the settings in the data folder, secrets that stand in it included
articles/                the keeper's own articles, with the corrections beside them
"""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from assistant.backups.finishing import BackupError
from assistant.records.kept import RECORDS_FILE
from assistant.settings import SETTINGS_FILE
from corpus.reading import LARGEST_FILE

LIST = "rolewise-backup.json"
ARTICLES = "articles"
LARGEST_ARTICLE = max(LARGEST_FILE.values())
SCHEMA = "rolewise.backup/1"
UNFINISHED = ".rolewise-backup-"  # begins the name of the folder that an archive is made in, beside where it will be
_MOST_FILES = 20_000  # twice what one machine holds, as each article may have a correction
_LARGEST = {LIST: 10_000_000, SETTINGS_FILE: 1_000_000}  # bytes; the records may be as large as the disk
_PIECE = 1 << 20  # bytes read at once
_ENCRYPTED = 0x1  # a flag of an entry
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # other ways may take gigabytes of memory to unpack


class Kept(StrEnum):
    """Where the records were that a backup was made of."""

    HERE = "in the archive"
    NONE = "none"
    POSTGRESQL = "on PostgreSQL"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when it was saved."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What an archive holds, and when and by which version it was made. The files are named by their path in it."""

    records: Kept
    files: Mapping[str, Seal]
    made: str
    version: str
    schema: str = SCHEMA

    @property
    def articles(self) -> tuple[str, ...]:
        """The files under `articles/`."""
        return tuple(name for name in self.files if name.startswith(f"{ARTICLES}/"))

    def as_json(self) -> bytes:
        """Return the text of the list."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode("utf-8")


def store(archive: zipfile.ZipFile, name: str, source: BinaryIO) -> Seal:
    """Write what `source` holds into the archive and return its seal."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
    with archive.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return Seal(size, digest.hexdigest())


def read_listing(archive: zipfile.ZipFile) -> Listing:
    """Return the list of an archive whose entries are those it lists; raise BackupError for any other."""
    entries = archive.infolist()
    for entry in entries:
        _check_entry(entry)
    names = [entry.filename for entry in entries]
    if len(names) > _MOST_FILES or len(set(names)) != len(names):
        raise BackupError(f"holds {len(names)} files, more than {_MOST_FILES} or two of one name")
    listing = _parsed(archive)
    if {LIST, *listing.files} != set(names):
        raise BackupError("holds other files than it lists")
    for entry in entries:
        if entry.filename != LIST and listing.files[entry.filename].size != entry.file_size:
            raise BackupError(f"holds {entry.filename!r} in another size than it lists")
    if (RECORDS_FILE in listing.files) != (listing.records is Kept.HERE):
        raise BackupError("has other records than it says")
    return listing


def unpack(archive: zipfile.ZipFile, listing: Listing, folder: Path) -> None:
    """Write every file of the list under `folder`, readable by their owner; raise BackupError when one is damaged.

    Raises OSError when the folder cannot be written.
    """
    for name, seal in listing.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256()
        with target.open("xb") as file:
            target.chmod(0o600)
            for piece in _pieces(archive, name):
                digest.update(piece)
                file.write(piece)
        if digest.hexdigest() != seal.sha256:
            raise BackupError(f"is damaged: {name!r} is not what was saved")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield what an entry unpacks to: never more than the size it was checked with, where zipfile stops."""
    try:
        with archive.open(name) as source:
            while piece := source.read(_PIECE):
                yield piece
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise BackupError(f"is damaged: {name!r} cannot be unpacked ({error})") from error


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse an entry that would land elsewhere, is a link or a folder, or is larger than Rolewise writes."""
    name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    first, *rest = name.split("/")
    whole = name in (LIST, RECORDS_FILE, SETTINGS_FILE) or (first == ARTICLES and bool(rest))
    if not whole or entry.orig_filename != name or any(part in ("", ".", "..") for part in rest):
        raise BackupError(f"holds {entry.orig_filename!r}, which is no place in a data folder")
    if kind not in (0, stat.S_IFREG):
        raise BackupError(f"holds {name!r}, which is a link or another thing than a file")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKED:
        raise BackupError(f"holds {name!r} encrypted, or packed in another way than Rolewise packs")
    largest = LARGEST_ARTICLE if rest else _LARGEST.get(name)
    if largest is not None and entry.file_size > largest:
        raise BackupError(f"holds {name!r} with {entry.file_size:,} bytes, the limit is {largest:,}")


def _parsed(archive: zipfile.ZipFile) -> Listing:
    try:
        values = json.loads(b"".join(_pieces(archive, LIST)))
        if values["schema"] != SCHEMA:
            raise BackupError(f"was made by a newer Rolewise ({values['version']!r}). Install that one, then restore")
        files = {str(name): Seal(int(seal["size"]), str(seal["sha256"])) for name, seal in values["files"].items()}
        made = datetime.fromisoformat(values["made"]).isoformat(timespec="seconds")  # and nothing else: it is shown
        return Listing(Kept(values["records"]), files, made, str(values["version"]))
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise BackupError("has no list of what it holds: it is no backup of Rolewise") from error
