"""The transformer in training: its batches, what is frozen of it, and that it tells the vectors of the one in use."""

from pathlib import Path

import torch

from index.encoder import bundled_model
from index.training.network import by_length, encode, load_body, load_tokenizer


def test_batches_hold_every_text_once() -> None:
    assert sorted(place for batch in by_length([5, 1, 9, 3, 3], 2) for place in batch) == [0, 1, 2, 3, 4]


def test_a_small_model_of_the_other_kind_is_loaded_with_its_embeddings_frozen(tmp_path: Path) -> None:
    from transformers import MPNetConfig, MPNetModel

    small = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "vocab_size": 50}
    MPNetModel(MPNetConfig(num_hidden_layers=2, **small)).save_pretrained(tmp_path)
    body = load_body(tmp_path)
    assert body.config.attention_probs_dropout_prob == 0
    assert not body.embeddings.word_embeddings.weight.requires_grad
    assert body.encoder.relative_attention_bias.weight.requires_grad


def test_vectors_are_those_of_the_encoder_in_use() -> None:
    base = Path(bundled_model())
    with torch.no_grad():
        rows = encode(load_body(base).eval(), load_tokenizer(base), ["one budget", "a far longer text about teams"])
    assert torch.allclose(rows.norm(dim=1), torch.ones(2), atol=1e-5)
