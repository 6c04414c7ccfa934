"""What becomes of weights in four bits."""

from pathlib import Path

import pytest
import torch

from index.encoder import bundled_model
from index.quantized import QuantizedModel
from index.training.network import encode, load_body, load_tokenizer
from index.training.outputs import add_outputs
from index.training.quantize import block_size, clipped, export, write_tokenizer


@pytest.mark.parametrize(("widths", "size"), [((768, 3072), 256), ((384, 1536), 128), ((96, 384), 32)])
def test_the_largest_block_that_divides_every_width_is_taken(widths: tuple[int, ...], size: int) -> None:
    assert block_size(*widths) == size


def test_a_width_that_no_block_divides_is_told_with_the_cure() -> None:
    with pytest.raises(ValueError, match=r"divides \(100,\)\. Train from a model"):
        block_size(100)


def in_four_bits(weights: torch.Tensor) -> torch.Tensor:
    scale = -weights.gather(-1, weights.abs().argmax(-1, keepdim=True)) / 8
    return (weights / scale).round().clamp(-8, 7) * scale


def test_clipping_brings_four_bits_nearer_to_the_weights() -> None:
    torch.manual_seed(0)
    weights = torch.randn(50, 256)
    share = (in_four_bits(clipped(weights, 256)) - weights).norm() / (in_four_bits(weights) - weights).norm()
    assert share < 0.95


def test_only_what_lies_outside_the_range_is_changed_and_by_half_at_most() -> None:
    torch.manual_seed(0)
    weights = torch.randn(4, 64)
    changed = clipped(weights, 32)
    largest = weights.view(4, 2, 32).abs().amax(-1, keepdim=True).expand(4, 2, 32).reshape(4, 64)
    moved = changed != weights
    assert 0 < int(moved.sum()) < 64
    assert bool((weights.abs()[moved] >= largest[moved] / 2).all())


def test_a_block_of_zeros_stays_as_it_is() -> None:
    assert torch.equal(clipped(torch.zeros(2, 64), 32), torch.zeros(2, 64))


def test_what_is_exported_gives_the_vectors_of_the_transformer(tmp_path: Path) -> None:
    base, texts = Path(bundled_model()), ["one budget", "x", "a far longer text about teams " * 50]
    body = load_body(base).eval()
    with torch.no_grad():
        whole = encode(body, load_tokenizer(base), texts).numpy()
    export(body, tmp_path / "model.onnx")
    add_outputs(tmp_path / "model.onnx")
    write_tokenizer(base / "tokenizer.json", tmp_path / "tokenizer.json")
    assert QuantizedModel(tmp_path).read(texts).vectors == pytest.approx(whole, abs=1e-4)
