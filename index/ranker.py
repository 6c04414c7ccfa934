"""The door to the trained ranker: how likely a sentence answers a question, from what the encoder says of their tokens.

Each token of the question is compared with the likest one of the sentence (late interaction: O. Khattab and M. Zaharia,
"ColBERT", 2020), and two layers of attention read the question beside the sentence's tokens. The network that turns
words into tokens has run long before, when the index was built: that is what makes it quick.
What it was trained on, how, and what it brings stands in `index/weights/README.md`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from index.encoder import TRAINED_MODEL, SentenceEncoder
from index.hits import Hit, Reader, Tokens, Vectors
from index.quantized import session
from index.tokens import restored
from index.weights import trained

RANKER = "ranker"
_MODEL = "model.onnx"
_REMEMBERED = 4_000  # texts that the index holds no tokens of, of some 10 kB each


class QuestionReader(Reader, Protocol):
    """The encoder that the ranker was trained with."""

    def question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return the vector of a question, shape (dimension,), and the long vectors of its tokens, (tokens, width)."""


class InteractionRanker:
    """The ranker beside its encoder, loaded at first use. Safe to use from several threads."""

    def __init__(self, folder: Path, encoder: QuestionReader) -> None:
        """Take the folder of the network, and the encoder that it was trained with."""
        self._folder = folder
        self._encoder = encoder
        self._read: dict[str, tuple[Vectors, Tokens]] = {}

    def relevance(self, question: str, hits: Sequence[Hit]) -> Vectors:
        """Return for each hit the probability (0..1) that it answers the question, shape (len(hits),)."""
        if not hits:
            return np.zeros(0, dtype=np.float32)
        vector, states = self._encoder.question(question)
        similarities, tokens = self._known(vector, hits)
        logits = self._logits(states, similarities, tokens)
        return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)

    def _known(self, vector: Vectors, hits: Sequence[Hit]) -> tuple[Vectors, list[Tokens]]:
        """Return cosine and tokens of each hit; one that the index holds no tokens of is read now, which takes time."""
        read = self._read_now([hit.chunk.text for hit in hits if hit.tokens is None])
        similarities, tokens = [], []
        for hit in hits:
            if hit.tokens is None:
                own, some = read[hit.chunk.text]
                similarities.append(float(own @ vector))
                tokens.append(some)
            else:
                similarities.append(hit.similarity)
                tokens.append(hit.tokens)
        return np.array(similarities, dtype=np.float32), tokens

    def _read_now(self, texts: Sequence[str]) -> dict[str, tuple[Vectors, Tokens]]:
        """Return what the encoder says of texts; it is remembered, since every question would ask for it again."""
        known = {text: self._read[text] for text in texts if text in self._read}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            read = self._encoder.read(new)
            known |= dict(zip(new, zip(read.vectors, read.tokens, strict=True), strict=True))
            self._read = {**self._read, **known} if len(self._read) < _REMEMBERED else known
        return known

    def _logits(self, states: Vectors, similarities: Vectors, tokens: Sequence[Tokens]) -> Vectors:
        longest = max(len(some) for some in tokens)
        padded = np.zeros((len(tokens), longest, tokens[0].shape[1]), dtype=np.float32)
        there = np.zeros((len(tokens), longest), dtype=bool)
        for row, some in enumerate(tokens):
            padded[row, : len(some)], there[row, : len(some)] = restored(some), True
        inputs = {"states": states[None], "tokens": padded, "there": there, "similarity": similarities}
        (logits,) = self._session.run(["logits"], inputs)
        return np.asarray(logits, dtype=np.float32)

    @functools.cached_property
    def _session(self) -> Any:
        return session(self._folder / _MODEL)


def shipped_ranker(encoder: SentenceEncoder | None = None) -> InteractionRanker | None:
    """Return the ranker that comes with the package, or None when its weights or those of its encoder are left out.

    `encoder` is shared when it is the one that the ranker was trained with; else that one is loaded beside it.
    """
    folder = trained(RANKER)
    if folder is None or trained(TRAINED_MODEL) is None:
        return None
    return InteractionRanker(folder, encoder if encoder is not None and encoder.trained else SentenceEncoder())
