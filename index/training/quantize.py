"""Make a trained transformer an eighth of its size: clipped, written as ONNX, its weights whole numbers of four bits.

Each block of neighbouring weights shares one scale. A block's largest weight is often far larger than all others and
would waste most of the sixteen steps; so each block is first clipped to the range with the least squared error.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch

from index.training.head import SHORT
from index.training.network import LONGEST, load_body
from index.training.outputs import add_outputs
from index.weights import FILE_NAMES

_MODEL, _TOKENIZER = FILE_NAMES[1], "tokenizer.json"
_BITS = 4
_STEPS = 2 ** (_BITS - 1)  # of a scale below zero; one fewer above
_BLOCKS = (256, 128, 64, 32)  # weights that share a scale; the more, the smaller the file
_LEAST_RANGE, _RANGES = 0.5, 21  # the narrowest range tried, as a share of a block's largest weight; how many are tried
_OPSET = 21  # of ONNX, the first one with whole numbers of four bits
_INTEGER_SUMS = 4  # accuracy_level of MatMulNBits: products are summed as whole numbers of eight bits


class _Vectors(torch.nn.Module):
    """A transformer with what makes one vector of length 1 of its output: the mean of all tokens."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self.body = body

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return one row for each text."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)


def quantize(trained: Path, target: Path) -> None:
    """Write the transformer of a folder, in four bits, and its tokenizer to `target`, as `index/quantized.py` reads it.

    Raise ValueError when no block size divides the width of its layers.
    """
    body = load_body(trained).eval()
    size = block_size(body.config.hidden_size, body.config.intermediate_size)
    clip(body, size)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / _MODEL
        export(body, whole)
        _write_quantized(whole, target / _MODEL, size)
        add_outputs(target / _MODEL, SHORT)
    write_tokenizer(trained / _TOKENIZER, target / _TOKENIZER)


def block_size(*widths: int) -> int:
    """Return the largest block that divides every width; raise ValueError when none does."""
    for size in _BLOCKS:
        if all(width % size == 0 for width in widths):
            return size
    raise ValueError(f"No block of {_BLOCKS} weights divides {widths}. Train from a model with other widths.")


@torch.no_grad()
def clip(body: Any, size: int) -> None:
    """Clip each block of every matrix of the layers, and of the word embeddings, to its best range, in place."""
    for name, weights in body.named_parameters():
        if weights.dim() > 1 and ("encoder.layer." in name or "word_embeddings" in name):
            weights.copy_(clipped(weights, size))


def clipped(weights: torch.Tensor, size: int) -> torch.Tensor:
    """Return a matrix whose blocks, along its rows, lie in the range that loses least when it is quantised."""
    blocks = weights.reshape(len(weights), -1, size)
    largest = blocks.gather(-1, blocks.abs().argmax(-1, keepdim=True))
    least, best = torch.full_like(largest, torch.inf), blocks
    for share in torch.linspace(_LEAST_RANGE, 1, _RANGES):
        scale = -share * largest / _STEPS  # as the quantiser chooses it: the largest weight is the lowest step
        rounded = (blocks / scale).nan_to_num().round().clamp(-_STEPS, _STEPS - 1) * scale
        loss = (rounded - blocks).square().sum(-1, keepdim=True)
        limit = share * largest.abs()
        best = torch.where(loss < least, blocks.clamp(-limit, limit), best)
        least = torch.minimum(least, loss)
    return best.view_as(weights)


def export(body: Any, path: Path) -> None:
    """Write a transformer as ONNX in full precision."""
    body.set_attn_implementation("eager")  # of plain products of matrices, which the quantiser knows
    ids = torch.arange(5, 56).reshape(3, 17)  # of any words
    mask = torch.ones_like(ids)
    mask[1, 10:] = 0
    texts, tokens = {0: "texts"}, {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # this way to export is called old, the new one needs another library
        torch.onnx.export(
            _Vectors(body),
            (ids, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": tokens, "attention_mask": tokens, "vectors": texts},
            opset_version=_OPSET,
            dynamo=False,
        )


def _write_quantized(whole: Path, target: Path, size: int) -> None:
    import onnx  # noqa: PLC0415 - comes with the extra "train"
    from onnxruntime.quantization import QuantFormat, matmul_nbits_quantizer  # noqa: PLC0415

    logging.getLogger(matmul_nbits_quantizer.__name__).setLevel(logging.WARNING)  # it tells of every matrix
    settings = matmul_nbits_quantizer.DefaultWeightOnlyQuantConfig(
        block_size=size,
        is_symmetric=True,
        accuracy_level=_INTEGER_SUMS,
        quant_format=QuantFormat.QOperator,
        op_types_to_quantize=("MatMul", "Gather"),
        bits=_BITS,
    )
    quantizer = matmul_nbits_quantizer.MatMulNBitsQuantizer(onnx.load(str(whole)), algo_config=settings)
    with np.errstate(invalid="ignore"):  # it divides by the scale of blocks that hold nothing but zeros
        quantizer.process()
    quantizer.model.save_model_to_file(str(target), False)


def write_tokenizer(source: Path, target: Path) -> None:
    """Write a tokenizer that cuts texts off as in training and fills them up to the longest of a batch."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - takes a moment to import

    tokenizer: Any = Tokenizer.from_file(str(source))
    padding = tokenizer.padding
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding(pad_id=padding["pad_id"], pad_token=padding["pad_token"])
    tokenizer.save(str(target))
