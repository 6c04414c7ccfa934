"""The door to the trained ranker: how likely a sentence answers a question (a cross-encoder that reads both together).

What it was trained on, how, and what it brings stands in `index/weights/README.md`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import use_threads
from index.hits import SearchError, Vectors
from index.weights import trained

RANKER = "ranker"
_LONGEST = 192  # word pieces of question and sentence together; longer ones are cut at the end
_BATCH = 32
_PROCESSOR = Path("/proc/cpuinfo")
_BFLOAT16 = ("avx512_bf16", "amx_bf16")


class CrossEncoderRanker:
    """A cross-encoder of sentence-transformers, loaded at first use. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Take a folder with the weights of a sequence classifier with one output."""
        self._folder = folder
        self._loaded: Any = None
        self._one_at_a_time = threading.Lock()  # the tokenizer cannot be borrowed twice

    def relevance(self, question: str, texts: Sequence[str]) -> Vectors:
        """Return for each text the probability (0..1) that it answers the question, shape (len(texts),)."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        with self._one_at_a_time:
            model = self._load()
            use_threads(1 if len(texts) == 1 else None)
            scores = model.predict([(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32)

    def _load(self) -> Any:
        if self._loaded is None:
            from sentence_transformers import CrossEncoder  # noqa: PLC0415 - seconds to import; asked for late
            from transformers.utils import logging  # noqa: PLC0415

            logging.disable_progress_bar()  # loading takes a moment; the bar would be taken for an error
            try:
                self._loaded = CrossEncoder(
                    str(self._folder),
                    device="cpu",
                    max_length=_LONGEST,
                    local_files_only=True,
                    model_kwargs={"dtype": _precision()},
                )
            except (OSError, ValueError) as error:
                raise SearchError(
                    f"The ranker in {self._folder} cannot be loaded ({error}). Install Rolewise again."
                ) from error
        return self._loaded


def _precision() -> str:
    """Return bfloat16 where the processor computes with it: half the time there, several times as long elsewhere.

    Measured for 24 sentences of 49 word pieces on two cores with avx512_bf16: 98 ms against 211 ms in float32; logits
    differ by less than 0.04.
    """
    try:
        flags = _PROCESSOR.read_text(encoding="utf-8")
    except OSError:
        return "float32"
    return "bfloat16" if any(name in flags for name in _BFLOAT16) else "float32"


def shipped_ranker() -> CrossEncoderRanker | None:
    """Return the ranker that comes with the package, or None when its weights are left out."""
    folder = trained(RANKER)
    return CrossEncoderRanker(folder) if folder else None
