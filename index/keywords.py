"""The door to bm25s: how well the words of a question match the words of each chunk (BM25)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from corpus.words import forms, word_list
from index.hits import Vectors


class Bm25Keywords:
    """A BM25 index over chunk texts, in memory; it saves to and loads from a folder."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model

    @classmethod
    def build(cls, texts: Sequence[str]) -> Bm25Keywords:
        """Index the texts in the order given."""
        model = bm25s.BM25(method="lucene")
        model.index([_tokens(text) for text in texts], show_progress=False)
        return cls(model)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`. Raises OSError."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Bm25Keywords:
        """Read an index that `save` wrote. Raises OSError or ValueError when it is missing or damaged."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def scores(self, question: str) -> Vectors:
        """Return the BM25 score of every text, shape (rows,); zero where no word matches."""
        known = [token for token in _tokens(question) if token in self._model.vocab_dict]
        if not known:
            return np.zeros(self._model.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)


def _tokens(text: str) -> list[str]:
    """Leave out function words: "the" and "of" would decide between short sentences."""
    return [form for form in forms(text) if form not in word_list("function")]
