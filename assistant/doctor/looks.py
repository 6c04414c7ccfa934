"""What lies on the disk: data folder, room, articles, models, index, records. Each look returns what it saw."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from assistant.doctor.installation import FindingError, Installation
from assistant.wiring import index_folder, open_stored_records, records_exist
from index.build import check_space, expected_manifest, unfit
from index.encoder import SentenceEncoder
from index.filling import left_out
from index.generation import current_generation, generations, read_pointer
from index.hits import SearchError
from index.manifest import Manifest
from index.ranker import shipped_ranker
from index.seal import part_of
from index.stores import PART


def data_folder(installation: Installation) -> str:
    """See that the data folder, or where it will be made, can be written."""
    folder = _existing(installation.settings.data)
    if not os.access(folder, os.W_OK):
        raise FindingError(f"{folder} cannot be written. Set ROLEWISE_DATA to a folder you may write.")
    return str(installation.settings.data)


def room(installation: Installation) -> str:
    """See that another generation of the index finds room, and a server's copy of the one in use."""
    folder, copies = _existing(index_folder(installation.settings)), Path(tempfile.gettempdir())
    check_space(folder, sum(1 for article in installation.library.articles.values() for _ in article.sentences()))
    copied, free = _copied(installation), shutil.disk_usage(copies).free
    if free < copied:
        raise FindingError(
            f"A server copies {copied // 1_000_000} MB to {copies}, {free // 1_000_000} MB are free. "
            "Make room there, or set TMPDIR to another folder."
        )
    return f"{_megabytes(folder)} MB free in {folder}, {_megabytes(copies)} in {copies}"


def articles(installation: Installation) -> str:
    """See that every article can be read."""
    library = installation.library
    if library.problems:
        raise FindingError(f"{len(library.problems)} cannot be used: {'; '.join(library.problems)}")
    return f"{len(library.articles)} articles, {len(library.roles())} roles"


def model(installation: Installation) -> str:
    """See that the encoder's weights are those that were shipped."""
    return SentenceEncoder(installation.settings.model).name


def ranker(installation: Installation) -> str:
    """See that the ranker's weights are there, and those that were shipped."""
    if not installation.settings.ranker:
        return "switched off: answers come from the search alone and are weaker. Unset ROLEWISE_RANKER to use it"
    if shipped_ranker() is None:
        return "left out: answers come from the search alone and are weaker. Install Rolewise again to get it"
    return "there, as it was shipped"


def index(installation: Installation) -> str:
    """See that the generation in use fits articles and model, and is whole."""
    found = installation.index
    if read_pointer(found.root) is None and not generations(found.root):
        return "none yet: the first start builds it"
    reasons = unfit(found.root, expected_manifest(installation.library, found.encoder, found.stores), found.stores)
    if reasons:
        raise FindingError(f"outdated: {'; '.join(reasons)}. Build it: rolewise index build")
    said = "fresh, every file as it was published"
    manifest = _manifest(installation)
    return f"{said}; vectors {left_out(manifest.lost, manifest.chunks)}" if manifest and manifest.lost else said


def records(installation: Installation) -> str:
    """See that the database answers."""
    settings = installation.settings
    kept = "nothing is kept" if not settings.keep_questions_days else f"kept for {settings.keep_questions_days} days"
    if not records_exist(settings):
        return f"{kept}; no question was asked yet"
    stored = open_stored_records(settings)
    try:
        standing = stored.standing()
    finally:
        stored.close()
    return f"{kept}; {standing.answers} answers in {standing.where}"


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _megabytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free // 1_000_000


def _copied(installation: Installation) -> int:
    """Return how many bytes a server copies before it opens the generation in use."""
    manifest = _manifest(installation)
    return sum(seal.size for seal in part_of(manifest.files, PART).values()) if manifest else 0


def _manifest(installation: Installation) -> Manifest | None:
    """Return the manifest of the generation in use, None when there is none or it is damaged, which `index` says."""
    folder = current_generation(index_folder(installation.settings))
    try:
        return Manifest.read(folder) if folder else None
    except SearchError:
        return None
