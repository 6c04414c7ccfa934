"""The door to onnxruntime: an embedding model whose weights are whole numbers of four bits.

A network of 94 million weights fits into 50 MB this way and reads a question in 16 ms on one core; what it loses stands
in `index/weights/README.md`. Its folder holds `model.onnx`, which takes `input_ids` and `attention_mask` and gives
`vectors` of length 1, and `tokenizer.json`, which says where texts are cut off and how they are filled up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from index.hits import SearchError, Vectors

_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
_BATCH = 16  # sorted by length: little is padded


class QuantizedModel:
    """An ONNX model of one core. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder; raise SearchError when a file is missing or is none of a model."""
        import onnxruntime  # noqa: PLC0415 - takes a moment to import; asked for late
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        # Several cores read several batches instead: threads that share one wait for each other at every layer.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / _MODEL), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer: Any = Tokenizer.from_file(str(folder / _TOKENIZER))
        except Exception as error:  # both libraries raise plain Exception
            raise SearchError(f"The model in {folder} cannot be loaded ({error}). Install Rolewise again.") from error

    def encode(self, texts: Sequence[str], threads: int | None = None, *, progress: bool = False) -> Vectors:
        """Return one row of length 1 for each text; `threads` cores read batches, None means all."""
        batches = list(_by_length(texts))
        with ThreadPoolExecutor(min(threads or os.cpu_count() or 1, max(len(batches), 1))) as pool:
            read = pool.map(lambda places: self._read([texts[place] for place in places]), batches)
            vectors = list(tqdm(read, total=len(batches), desc="Batches", disable=not progress))
        order = np.argsort([place for places in batches for place in places])
        return np.concatenate(vectors)[order] if vectors else np.zeros((0, 0), dtype=np.float32)

    def _read(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        inputs = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
        }
        (vectors,) = self._session.run(["vectors"], inputs)
        return np.asarray(vectors, dtype=np.float32)


def is_quantized(folder: Path) -> bool:
    """Say whether a folder holds a model of this kind."""
    return (folder / _MODEL).is_file() and (folder / _TOKENIZER).is_file()


def _by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]
