"""What was read of texts, kept in a file: the same sentences are embedded once for all libraries under evaluation."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.hits import Encoder, Read, SearchError, Tokens, Vectors, read_by

_NO_TOKENS: Tokens = np.zeros((0, 1), dtype=np.int8)


class KeptVectors:
    """An encoder that looks texts up in `folder` before it asks the encoder behind it.

    Of two processes that embed at the same time, the later one's vectors are kept; the file is always whole.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self._path = folder / f"vectors-{_digest(self.name)}.npz"
        self._known = self._read()

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Return one row of length 1 for each text; only texts never seen are embedded, and kept."""
        return self.read(texts, progress=progress).vectors

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        """Return the vectors of each text, and those of its tokens if the encoder tells them."""
        different = dict.fromkeys(texts)
        new = [text for text in different if _digest(text) not in self._known]
        looked_up = len(different) - len(new)
        if new:
            read = read_by(self._encoder, new, progress=progress)
            looked_up += read.looked_up
            rows = zip(read.vectors, read.tokens or [_NO_TOKENS] * len(new), strict=True)
            self._known |= {_digest(text): row for text, row in zip(new, rows, strict=True)}
            self._write()
        known = [self._known[_digest(text)] for text in texts]
        tokens = tuple(some for _, some in known)
        return Read(np.stack([row for row, _ in known]), tokens if all(map(len, tokens)) else (), looked_up)

    def _read(self) -> dict[str, tuple[Vectors, Tokens]]:
        try:
            with np.load(self._path) as kept:
                tokens = np.split(kept["tokens"], kept["ends"][:-1])
                return dict(zip(kept["digests"].tolist(), zip(kept["vectors"], tokens, strict=True), strict=True))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}  # missing or damaged: everything is embedded again

    def _write(self) -> None:
        beside = self._path.with_suffix(f".{os.getpid()}.npz")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            vectors, tokens = zip(*self._known.values(), strict=True)
            np.savez(
                beside,
                digests=np.array(list(self._known)),
                vectors=np.stack(vectors),
                tokens=np.concatenate(tokens),
                ends=np.cumsum([len(some) for some in tokens]),
            )
            beside.replace(self._path)
        except OSError as error:
            raise SearchError(
                f"{self._path} cannot be written ({error.strerror or error}). "
                "Set ROLEWISE_DATA to a folder you may write."
            ) from error


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
