"""The door to the embedding model."""

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import BUNDLED_DIMENSION, DIMENSION, TRAINED_MODEL, SentenceEncoder, bundled_model
from index.hits import SearchError


def test_every_text_becomes_a_row_of_length_one(sentence_encoder: SentenceEncoder) -> None:
    vectors = sentence_encoder.encode(["Who has the bigger budget?", "", "x" * 5_000, "Müller — “ja” 日本 🙂"])
    assert vectors.shape == (4, DIMENSION)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4), abs=1e-5)


def test_a_text_of_no_known_letter_and_an_empty_list_are_no_error(sentence_encoder: SentenceEncoder) -> None:
    assert sentence_encoder.encode(["\u2603"]).shape == (1, DIMENSION)
    assert len(sentence_encoder.encode([])) == 0


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


class Trap:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self.place,)  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "2_Dense/pytorch_model.bin", "weights.pkl"])
def test_a_model_that_could_run_code_is_refused_with_the_cure(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(bundled_model(), tmp_path / "model"))
    if "/" not in name:
        (folder / "model.safetensors").unlink()
    trap = folder / name
    trap.parent.mkdir(exist_ok=True)
    trap.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(SearchError, match=rf"{trap.name} could run code.*Take a model that brings model\.safetensors"):
        SentenceEncoder(str(folder)).encode(["budget"])
    assert not (tmp_path / "sprung").exists()


def test_a_program_in_a_models_folder_is_refused_even_beside_safe_weights(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled_model(), tmp_path / "model"))
    (folder / "modeling_own.py").write_text("raise SystemExit", encoding="utf-8")
    with pytest.raises(SearchError, match=r"modeling_own\.py could run code"):
        SentenceEncoder(str(folder)).encode(["budget"])


def test_old_weights_beside_safe_ones_are_left_alone(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundled_model(), tmp_path / "model"))
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    assert SentenceEncoder(str(folder)).encode(["budget"]).shape == (1, BUNDLED_DIMENSION)
    assert not (tmp_path / "sprung").exists()
