"""The door to the embedding model."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder import DIMENSION, TRAINED_MODEL, SentenceEncoder, bundled_model
from index.hits import SearchError


def test_every_text_becomes_a_row_of_length_one(sentence_encoder: SentenceEncoder) -> None:
    vectors = sentence_encoder.encode(["Who has the bigger budget?", "", "x" * 5_000, "Müller — “ja” 日本 🙂"])
    assert vectors.shape == (4, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_the_same_text_gets_the_same_vector(sentence_encoder: SentenceEncoder) -> None:
    first, second = sentence_encoder.encode(["one budget"]), sentence_encoder.encode(["one budget"])
    assert np.array_equal(first, second)


def test_what_means_the_same_lies_near(sentence_encoder: SentenceEncoder) -> None:
    money, budget, chef = sentence_encoder.encode(["Who spends more money?", "The larger budget", "Peeling shallots"])
    assert money @ budget > money @ chef


def test_the_bundled_weights_are_on_disk() -> None:
    assert (Path(bundled_model()) / "model.safetensors").is_file()


def test_the_name_tells_model_and_weights(sentence_encoder: SentenceEncoder) -> None:
    label, weights = sentence_encoder.name.split("@")
    assert label == f"rolewise-{TRAINED_MODEL}"
    assert len(weights) == 16


def test_other_weights_have_another_name(tmp_path: Path) -> None:
    names = set()
    for weights in (b"one", b"two"):
        (tmp_path / "model.safetensors").write_bytes(weights)
        names.add(SentenceEncoder(str(tmp_path)).name)
    assert len(names) == 2


def test_a_folder_that_is_not_there_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"no-model cannot be loaded .*Unset ROLEWISE_MODEL"):
        SentenceEncoder(str(tmp_path / "no-model")).encode(["text"])


def test_a_folder_without_a_model_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("nonsense", encoding="utf-8")
    with pytest.raises(SearchError, match=r"cannot be loaded.*Unset ROLEWISE_MODEL"):
        SentenceEncoder(str(tmp_path)).encode(["text"])
