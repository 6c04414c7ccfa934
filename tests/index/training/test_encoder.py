"""How the encoder is trained."""

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoder import BUNDLED_DIMENSION, SentenceEncoder
from index.training.encoder import leave_out_layers, steps
from index.training.examples import TrainingSet
from index.training.network import encode, load_body, load_tokenizer
from index.training.quantize import quantize
from tests.index.training.pieces import trained_once
from tests.small import OFFICE, OPERATIONS


def test_a_step_takes_two_articles_whole(data: TrainingSet) -> None:
    random.seed(0)
    ((first, second),) = steps(data)
    assert {first[0], second[0]} == {OPERATIONS, OFFICE}
    assert len(first[1]) + len(second[1]) == 3


def test_of_twelve_layers_two_are_left_out_and_of_fewer_none() -> None:
    from transformers import MPNetConfig, MPNetModel

    small = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "vocab_size": 50}
    body = MPNetModel(MPNetConfig(num_hidden_layers=12, **small))
    layers = list(body.encoder.layer)
    leave_out_layers(body)
    assert list(body.encoder.layer) == [layer for place, layer in enumerate(layers) if place not in {4, 8}]
    assert body.config.num_hidden_layers == 10
    leave_out_layers(body)
    assert len(body.encoder.layer) == 10


@pytest.mark.slow
def test_the_encoder_is_trained_and_in_four_bits_nearly_the_same(some: TrainingSet, tmp_path: Path) -> None:
    folder = trained_once(some, tmp_path / "whole")
    quantize(folder, tmp_path / "encoder")
    texts = [example.text for example in some.examples[:40]]
    with torch.no_grad():
        whole = encode(load_body(folder).eval(), load_tokenizer(folder), texts).numpy()
    vectors = SentenceEncoder(str(tmp_path / "encoder")).encode(texts)
    assert vectors.shape == (40, BUNDLED_DIMENSION)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    alike = (vectors * whole).sum(axis=1)
    assert alike.mean() > 0.93  # of so small a model; 0.95 measured
    assert alike.min() > 0.85  # 0.91 measured
    assert (tmp_path / "encoder" / "model.onnx").stat().st_size < 20_000_000
    assert (folder / "model.safetensors").stat().st_size > 80_000_000  # full precision
