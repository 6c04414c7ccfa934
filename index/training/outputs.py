"""Let the network of an encoder tell of tokens too, beside its vector for the whole text.

`states` are the vectors after a middle layer and after the last one, one beside the other: the middle tells more of the
words, the end more of what they mean here. `tokens` are the same, shortened by a matrix that the ranker learned, of
length 1.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import torch

_LAYER_END = re.compile(r"encoder/layer\.(\d+)/output/LayerNorm/LayerNormalization_output_0$")
_MIDDLE = 0.7  # of all layers, the middle one tells of words
_WEIGHTS, _OFFSET = "shorten.weight", "shorten.bias"
_PRECISION = np.float16  # of the weights: the file must stay below 50 MB


def add_outputs(model: Path, short: int = 1) -> None:
    """Add `states` and `tokens`, of `short` numbers each and without meaning yet, to a network that has neither."""
    import onnx  # noqa: PLC0415 - comes with the extra "train"
    from onnx import TensorProto, helper, numpy_helper  # noqa: PLC0415

    network = onnx.load(str(model))
    graph = network.graph
    ends = {int(end[1]): end.string for node in graph.node for name in node.output if (end := _LAYER_END.search(name))}
    middle, last = ends[round(_MIDDLE * len(ends)) - 1], ends[len(ends) - 1]
    width = 2 * _width(graph, last)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.zeros((width, short), dtype=_PRECISION), _WEIGHTS),
            numpy_helper.from_array(np.zeros(short, dtype=np.float32), _OFFSET),
        ]
    )
    graph.node.extend(
        [
            helper.make_node("Concat", [middle, last], ["states"], axis=-1),
            helper.make_node("Cast", [_WEIGHTS], ["whole"], to=TensorProto.FLOAT),
            helper.make_node("MatMul", ["states", "whole"], ["shortened"]),
            helper.make_node("Add", ["shortened", _OFFSET], ["moved"]),
            helper.make_node("LpNormalization", ["moved"], ["tokens"], axis=-1, p=2),
        ]
    )
    graph.output.extend(
        [
            helper.make_tensor_value_info("states", TensorProto.FLOAT, ["texts", "tokens", width]),
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["texts", "tokens", None]),
        ]
    )
    onnx.save(network, str(model))


def put_shortening(model: Path, shorten: torch.nn.Linear) -> None:
    """Put what the ranker learned into a network that has the outputs."""
    import onnx  # noqa: PLC0415 - comes with the extra "train"
    from onnx import numpy_helper  # noqa: PLC0415

    network = onnx.load(str(model))
    weights_learned = np.ascontiguousarray(shorten.weight.detach().numpy().T.astype(_PRECISION))
    learned = {_WEIGHTS: weights_learned, _OFFSET: shorten.bias.detach().numpy()}
    for weights in network.graph.initializer:
        if weights.name in learned:
            weights.CopyFrom(numpy_helper.from_array(learned[weights.name], weights.name))
    onnx.save(network, str(model))


def _width(graph: Any, output: str) -> int:
    """Return how long the vectors of a layer are, from the weights of what ends it."""
    node = next(node for node in graph.node if output in node.output)
    return int(next(weights.dims[0] for weights in graph.initializer if weights.name == node.input[1]))
