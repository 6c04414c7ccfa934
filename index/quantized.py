"""The door to onnxruntime: networks whose weights are whole numbers of four bits, and the small one that ranks.

A network of 94 million weights fits into 50 MB this way; what it loses stands in `index/weights/README.md`. Its folder
holds `model.onnx`, which takes `input_ids` and `attention_mask` and gives `vectors` of length 1, for each token a short
vector of length 1 (`tokens`, of sentences) and a long one (`states`, of questions), and `tokenizer.json`, which says
where texts are cut off and how they are filled up.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from index.hits import Read, SearchError, Vectors
from index.tokens import compressed

_MODEL, _TOKENIZER = "model.onnx", "tokenizer.json"
_OUTPUTS = frozenset({"vectors", "tokens", "states"})
_BATCH = 16  # sorted by length: little is padded


def session(path: Path) -> Any:
    """Open a network for one core; raise SearchError when there is none in the file.

    Several cores read several batches instead: threads that share one wait for each other at every layer.
    """
    import onnxruntime  # noqa: PLC0415 - takes a moment to import; asked for late

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise SearchError(f"The model in {path.parent} cannot be loaded ({error}). Install Rolewise again.") from error


class QuantizedModel:
    """A network that reads texts. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load the model in a folder; raise SearchError when a file is missing or is none of a model."""
        from tokenizers import Tokenizer  # noqa: PLC0415 - takes a moment to import; asked for late

        self._session = session(folder / _MODEL)
        missing = _OUTPUTS - {output.name for output in self._session.get_outputs()}
        if missing:
            raise SearchError(
                f"The model in {folder} cannot be loaded (it does not give {', '.join(sorted(missing))}). "
                "Install Rolewise again, or unset ROLEWISE_MODEL."
            )
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / _TOKENIZER))
        except Exception as error:  # it raises plain Exception
            raise SearchError(f"The model in {folder} cannot be loaded ({error}). Install Rolewise again.") from error

    def read(self, texts: Sequence[str], threads: int | None = None, *, progress: bool = False) -> Read:
        """Return what it says of each text; `threads` cores read batches, None means all.

        With `progress`, show a bar on stderr.
        """
        read = self._each("tokens", compressed, texts, threads, progress=progress)
        vectors = np.stack([vector for vector, _ in read]) if read else np.zeros((0, 0), dtype=np.float32)
        return Read(vectors, tuple(tokens for _, tokens in read))

    def states(self, texts: Sequence[str]) -> list[tuple[Vectors, Vectors]]:
        """Return for each text its vector, shape (dimension,), and the long vectors of its tokens, (tokens, width)."""
        return self._each("states", np.copy, texts, None, progress=False)

    def _each(
        self,
        output: str,
        kept: Callable[[Vectors], Any],
        texts: Sequence[str],
        threads: int | None,
        *,
        progress: bool,
    ) -> list[tuple[Vectors, Any]]:
        """Return for each text its vector and, as `kept` makes them, those of its tokens that `output` gives."""

        def batch(places: list[int]) -> list[tuple[Vectors, Any]]:
            inputs = self._inputs([texts[place] for place in places])
            vectors, tokens = self._session.run(["vectors", output], inputs)
            lengths = inputs["attention_mask"].sum(1)
            return [(vector, kept(row[:n])) for vector, row, n in zip(vectors, tokens, lengths, strict=True)]

        batches = list(_by_length(texts))
        with ThreadPoolExecutor(min(threads or os.cpu_count() or 1, max(len(batches), 1))) as pool:
            done = list(tqdm(pool.map(batch, batches), total=len(batches), desc="Batches", disable=not progress))
        read = [one for some in done for one in some]
        return [read[row] for row in np.argsort([place for places in batches for place in places])]

    def _inputs(self, texts: Sequence[str]) -> dict[str, Any]:
        encoded = self._tokenizer.encode_batch(list(texts))
        return {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
        }


def is_quantized(folder: Path) -> bool:
    """Say whether a folder holds a model of this kind."""
    return (folder / _MODEL).is_file() and (folder / _TOKENIZER).is_file()


def _by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]
