"""What the trained encoder says of the sentences of the shipped articles, kept beside it.

Reading them takes minutes on a small machine, and everybody who installs Rolewise would do it once. A sentence is known
by a digest of the text that is indexed; one that was changed since is read as any other.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from index.hits import Read, Tokens, Vectors
from index.weights import weights_hash

FILE_NAME = "known.safetensors"
_DIGEST = 16  # bytes
_MODEL = "model"  # in the metadata: the SHA-256 of the weights that read the texts
_PARTS = ("digests", "vectors", "tokens", "ends")


class KnownTexts:
    """Texts that need not be read again. The file is opened when the first text is looked up."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the encoder. Without the file, or with that of other weights, no text is known."""
        self._path = folder / FILE_NAME

    def __contains__(self, text: str) -> bool:
        """Say whether a text is known."""
        return _digest(text) in self._place_of

    def __getitem__(self, text: str) -> tuple[Vectors, Tokens]:
        """Return the vector of a known text, length 1, shape (dimension,), and its tokens', shape (tokens, width)."""
        place, kept = self._place_of[_digest(text)], self._kept
        vector = kept["vectors"][place].astype(np.float32)
        start = kept["ends"][place - 1] if place else 0
        return vector / np.linalg.norm(vector), kept["tokens"][start : kept["ends"][place]]

    @functools.cached_property
    def _kept(self) -> dict[str, np.ndarray]:
        try:
            with safe_open(self._path, "np") as file:
                fits = (file.metadata() or {}).get(_MODEL) == weights_hash(self._path.parent)
                kept = {name: file.get_tensor(name) for name in _PARTS} if fits else {}
        except (OSError, SafetensorError):
            kept = {}
        return kept or {"digests": np.zeros((0, _DIGEST), dtype=np.uint8)}

    @functools.cached_property
    def _place_of(self) -> dict[bytes, int]:
        return {row.tobytes(): place for place, row in enumerate(self._kept["digests"])}


def write_known(folder: Path, texts: Sequence[str], read: Read) -> None:
    """Write what was read of texts, in the same order, into the folder of their encoder. Raises OSError."""
    kept = {
        "digests": np.array([np.frombuffer(_digest(text), dtype=np.uint8) for text in texts]),
        "vectors": read.vectors.astype(np.float16),
        "tokens": np.concatenate(read.tokens),
        "ends": np.cumsum([len(tokens) for tokens in read.tokens]),
    }
    save_file(kept, folder / FILE_NAME, metadata={_MODEL: weights_hash(folder)})


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_DIGEST]
