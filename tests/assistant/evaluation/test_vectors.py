from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.evaluation.vectors import KeptVectors
from tests.small import WordEncoder


def test_a_text_is_embedded_once_and_known_to_the_next_encoder(tmp_path: Path, word_encoder: WordEncoder) -> None:
    KeptVectors(word_encoder, tmp_path).encode(["bees", "wasps", "bees"])
    vectors = KeptVectors(word_encoder, tmp_path).encode(["hornets", "bees"])
    assert word_encoder.encoded == ["bees", "wasps", "hornets"]
    assert np.allclose(vectors, WordEncoder().encode(["hornets", "bees"]))
    assert vectors.dtype == np.float32


def test_vectors_of_another_model_are_not_taken(tmp_path: Path) -> None:
    KeptVectors(WordEncoder("one"), tmp_path).encode(["bees"])
    other = WordEncoder("two")
    KeptVectors(other, tmp_path).encode(["bees"])
    assert other.encoded == ["bees"]


def test_a_damaged_file_is_made_anew(tmp_path: Path, word_encoder: WordEncoder) -> None:
    KeptVectors(word_encoder, tmp_path).encode(["bees"])
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"PK\x03\x04 half a file")
    KeptVectors(word_encoder, tmp_path).encode(["bees"])
    assert word_encoder.encoded == ["bees", "bees"]
