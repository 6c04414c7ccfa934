"""What an index was built from. An index whose manifest is not the expected one is built again, never patched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from corpus.library import Library
from corpus.record import record_hash
from index.seal import DamagedError, FileSeal, Seals

FORMAT = 4  # raise when the files of a generation or the text of a chunk change their form
FILE_NAME = "manifest.json"
_SEAL = "sha256"  # of everything else in the file


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that the content of an index depends on, how many chunks it must hold, and the seals of its files.

    `made` is the time of the build in UTC; it and `files` are empty in a manifest that is only expected. `lost` is how
    many vectors the store did not find, when it was left out for that; older manifests do not have it.
    """

    format: int
    model: str
    chroma: str
    corpus_hash: str
    articles: Mapping[str, str]
    chunks: int
    made: str = ""
    files: Seals = field(default_factory=dict)
    lost: int = 0

    @classmethod
    def expected(cls, library: Library, model: str, chroma: str, chunks: int) -> Manifest:
        """Return the manifest that an index of this library must have."""
        hashes = {name: record_hash(article) for name, article in library.articles.items()}
        return cls(FORMAT, model, chroma, library.content_hash(), hashes, chunks)

    def write(self, folder: Path) -> None:
        """Write it into the folder of a generation, sealed itself. Raises OSError."""
        values = asdict(self)
        text = json.dumps({**values, _SEAL: _seal(values)}, indent=1, sort_keys=True)
        (folder / FILE_NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it back; raise DamagedError when it is missing, or not a manifest as it was written."""
        try:
            values = _unsealed(json.loads((folder / FILE_NAME).read_bytes().decode("utf-8")))
            files = {name: FileSeal(**seal) for name, seal in values["files"].items()}
            known = {part.name: values[part.name] for part in fields(cls) if part.name in values}
            return cls(**known | {"files": files})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedError(
                f"The index in {folder} has no readable manifest. Build it again: rolewise index build"
            ) from error

    def searchable(self, expected: Manifest) -> bool:
        """Say whether the files of record can be searched by this program, whatever articles they hold."""
        return (self.format, self.model) == (expected.format, expected.model)

    def differences(self, expected: Manifest, *, articles: bool = True) -> tuple[str, ...]:
        """Say in words what is different from `expected`; nothing when the index fits. `articles` may be left out."""
        said = []
        if self.format != expected.format:
            said.append(f"made in format {self.format}, now {expected.format}")
        if self.model != expected.model:
            said.append(f"made by the model {self.model}, now {expected.model}")
        if self.chroma != expected.chroma:
            said.append(f"written by chromadb {self.chroma}, now {expected.chroma}")
        changed = {name for name, _ in self.articles.items() ^ expected.articles.items()}
        if changed and articles:
            said.append(f"{len(changed)} articles changed")
        if self.chunks != expected.chunks and not changed:
            said.append(f"{self.chunks} chunks, expected {expected.chunks}")
        return tuple(said)


def _unsealed(values: dict[str, Any]) -> dict[str, Any]:
    """Return what was sealed; raise ValueError when the seal does not fit it."""
    if values.pop(_SEAL, None) != _seal(values):
        raise ValueError("It is not what was published.")
    return values


def _seal(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
