"""The door to bm25s: how well the words of a question match the words of each chunk (BM25)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from corpus.words import forms
from index.hits import Vectors

# Function words carry no topic; without this list "the" and "of" decide between short sentences.
_STOP_WORDS = frozenset(
    "a an the and or of to in on at by for with from as is are was were be been do doe did has have had it its he she they "
    "their them this that these those who whom whose which what when where why how can could may might must shall should "
    "will would not no if then than so i me my we our you your there about into over out up between any some more most".split()
)


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
        """Write the index into `folder`."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Bm25Keywords:
        """Read an index that `save` wrote."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def scores(self, question: str) -> Vectors:
        """Return the BM25 score of every text, shape (rows,); zero where no word matches."""
        known = [token for token in _tokens(question) if token in self._model.vocab_dict]
        if not known:
            return np.zeros(self._model.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._model.get_scores(known), dtype=np.float32)


def _tokens(text: str) -> list[str]:
    return [form for form in forms(text) if form not in _STOP_WORDS]
