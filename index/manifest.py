"""What an index was built from. An index whose manifest is not the expected one is built again, never patched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from corpus.library import Library
from index.hits import SearchError

FORMAT = 2  # raise when the files of a generation or the text of a chunk change their form
FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that the content of an index depends on, and how many chunks it must hold."""

    format: int
    model: str
    chroma: str
    corpus_hash: str
    articles: Mapping[str, str]
    chunks: int

    @classmethod
    def expected(cls, library: Library, model: str, chroma: str, chunks: int) -> Manifest:
        """Return the manifest that an index of this library must have."""
        hashes = {name: article.content_hash() for name, article in library.articles.items()}
        return cls(FORMAT, model, chroma, library.content_hash(), hashes, chunks)

    def write(self, folder: Path) -> None:
        """Write it into the folder of a generation."""
        (folder / FILE_NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it back; raise SearchError when it is missing or not a manifest."""
        try:
            values = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            return cls(**{field.name: values[field.name] for field in fields(cls)})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SearchError(
                f"The index in {folder} has no readable manifest. Build it again: rolewise index build"
            ) from error

    def differences(self, expected: Manifest) -> tuple[str, ...]:
        """Say in words what is different from `expected`; nothing when the index fits."""
        said = []
        if self.format != expected.format:
            said.append(f"made in format {self.format}, now {expected.format}")
        if self.model != expected.model:
            said.append(f"made by the model {self.model}, now {expected.model}")
        if self.chroma != expected.chroma:
            said.append(f"written by chromadb {self.chroma}, now {expected.chroma}")
        changed = {name for name, _ in self.articles.items() ^ expected.articles.items()}
        if changed:
            said.append(f"{len(changed)} articles changed")
        if self.chunks != expected.chunks and not changed:
            said.append(f"{self.chunks} chunks, expected {expected.chunks}")
        return tuple(said)
