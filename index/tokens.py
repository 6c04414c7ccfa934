"""The vectors of the words of sentences, kept beside the one vector of each: what the ranker reads instead of the text.

A token vector has length 1 and is kept in whole numbers of eight bits, `STEPS` to a length of 1 (late interaction over
compressed token vectors: K. Santhanam et al., "ColBERTv2", 2022).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.hits import Tokens, Vectors
from index.seal import DamagedError

STEPS = 127
_ROWS, _ENDS = "tokens.npy", "token-ends.npy"


def compressed(vectors: Vectors) -> Tokens:
    """Return vectors of length 1 in eight bits, of the same shape."""
    return np.rint(vectors * STEPS).astype(np.int8)


def restored(tokens: Tokens) -> Vectors:
    """Return what was compressed, nearly, in float32 and of the same shape."""
    return np.asarray(tokens.astype(np.float32) / np.float32(STEPS), dtype=np.float32)


class TokenRows:
    """The token vectors of all chunks of a generation, in the order of its chunks.

    They are held in memory: a file that is mapped and then cut off or deleted elsewhere would end the whole process.
    """

    def __init__(self, rows: Tokens, ends: np.ndarray) -> None:
        """Take all vectors one under the other, shape (tokens, width), and where those of each chunk end."""
        self._rows, self._ends = rows, ends

    def __len__(self) -> int:
        """Return of how many chunks there are vectors."""
        return len(self._ends)

    def __iter__(self) -> Iterator[Tokens]:
        """Yield the vectors of one chunk after the other."""
        return (self[chunk] for chunk in range(len(self)))

    def __getitem__(self, chunk: int) -> Tokens:
        """Return the vectors of the chunk in this place, shape (tokens, width)."""
        return self._rows[self._ends[chunk - 1] if chunk else 0 : self._ends[chunk]]


def write_tokens(folder: Path, tokens: Sequence[Tokens]) -> None:
    """Write the vectors of each chunk, shape (tokens, width), into the folder of a generation. Raises OSError."""
    np.save(folder / _ROWS, np.concatenate(tokens))
    np.save(folder / _ENDS, np.cumsum([len(some) for some in tokens]))


def read_tokens(folder: Path) -> TokenRows | None:
    """Open the vectors in the folder of a generation; None when it was built without any.

    Raises DamagedError when its files do not fit together, OSError or ValueError when one cannot be read.
    """
    if not (folder / _ROWS).is_file():
        return None
    rows, ends = np.load(folder / _ROWS), np.load(folder / _ENDS)
    if len(rows) != (ends[-1] if len(ends) else 0):
        raise DamagedError(f"{folder} is damaged: its token vectors do not fit together")
    return TokenRows(rows, ends)
