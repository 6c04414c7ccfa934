"""What an encoder says of chunks: taken from a generation before where it stands there, else read, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.chunks import Chunk
from index.generation import generations
from index.hits import Encoder, SearchError, Tokens, Vectors, read_by
from index.manifest import FORMAT, Manifest
from index.parts import Row, read_parts

_AT_ONCE = 8_000  # chunks, whose token vectors take some 33 MB
_ROUNDING = 0.01  # that a length may differ by; whole numbers of four bits cost less


class Reading:
    """Reads chunks in their order. `embedded` is how many texts the encoder had to read."""

    def __init__(self, root: Path, encoder: Encoder, *, progress: bool = False, at_once: int = _AT_ONCE) -> None:
        """Take the folder of the generations that may hold some of it already."""
        self._known = _known(root, encoder.name)
        self._encoder = encoder
        self._progress = progress
        self._at_once = at_once
        self.embedded = 0

    def rows(self, chunks: Sequence[Chunk]) -> Iterator[Row]:
        """Yield what there is of each chunk. No more is in memory than what was known, and what is read at once."""
        for start in range(0, len(chunks), self._at_once):
            texts = [chunk.text for chunk in chunks[start : start + self._at_once]]
            fresh = self._read([text for text in dict.fromkeys(texts) if text not in self._known])
            yield from (self._known[text] if text in self._known else fresh[text] for text in texts)

    def _read(self, new: Sequence[str]) -> Mapping[str, Row]:
        if not new:
            return {}
        read = read_by(self._encoder, new, progress=self._progress)
        _check_lengths(new, read.vectors)
        self.embedded += len(new) - read.looked_up
        return dict(zip(new, zip(read.vectors, read.tokens or [None] * len(new), strict=True), strict=True))


def _check_lengths(texts: Sequence[str], vectors: Vectors) -> None:
    """Raise SearchError when a vector is not of length 1: one that is no number would hide all others from a search."""
    right = np.abs(np.linalg.norm(vectors, axis=1) - 1) < _ROUNDING
    if not right.all():
        text = texts[int(np.argmin(right))]
        raise SearchError(
            f"The model gives no vector of length 1 for {np.sum(~right)} sentences, the first of them {text!r}. "
            "Unset ROLEWISE_MODEL to use the one that comes along, or change the sentence."
        )


def _known(root: Path, model: str) -> dict[str, Row]:
    """Return what was read of chunks, by their text, from the newest intact generation that the same model made."""
    for folder in generations(root):
        try:
            manifest = Manifest.read(folder)
            if (manifest.format, manifest.model) == (FORMAT, model):
                parts = read_parts(folder)
                tokens: Iterable[Tokens | None] = parts.tokens or [None] * len(parts.chunks)
                rows = zip(parts.vectors, tokens, strict=True)
                return dict(zip((chunk.text for chunk in parts.chunks), rows, strict=True))
        except SearchError:
            continue
    return {}
