"""The door to onnxruntime, with the encoder that is shipped."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest

from index.encoder import DIMENSION, TRAINED_MODEL
from index.hits import Read, SearchError
from index.quantized import QuantizedModel, is_quantized
from index.tokens import restored
from index.weights import WEIGHTS_FOLDER

SHIPPED = WEIGHTS_FOLDER / TRAINED_MODEL
LONGEST = 160  # word pieces
TEXTS = [
    "Who has the larger budget?",
    "",
    "Budget | Operations Manager: The Operations Manager holds the larger budget, which spans several departments.",
    "Müller — “ja” 日本 🙂",
    *(f"Role {number} writes the menu each season" + " and buys" * (7 * number % 30 // 2) for number in range(30)),
]
SOME = 12  # of all kinds and lengths, and of every batch


@pytest.fixture(scope="module")
def model() -> QuantizedModel:
    return QuantizedModel(SHIPPED)


@pytest.fixture(scope="module")
def read(model: QuantizedModel) -> Read:
    """What it says of all texts, in three batches, one after the other."""
    return model.read(TEXTS, 1)


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: QuantizedModel, read: Read) -> None:
    assert read.vectors.shape == (len(TEXTS), DIMENSION)
    assert read.vectors.dtype == np.float32
    pairs = [model.read([text, text]).vectors[0] for text in TEXTS[:SOME]]
    assert read.vectors[:SOME] == pytest.approx(np.stack(pairs), abs=1e-3)


def test_a_text_alone_has_nearly_the_same_vector(model: QuantizedModel, read: Read) -> None:
    # onnxruntime computes batches of one in another way; in whole numbers the difference is not lost in the noise.
    alone = np.concatenate([model.read([text]).vectors for text in TEXTS[:SOME]])
    assert (alone * read.vectors[:SOME]).sum(axis=1).min() > 0.998  # 0.999 measured


def test_every_row_has_length_one(read: Read) -> None:
    assert np.linalg.norm(read.vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_the_number_of_threads_changes_nothing(model: QuantizedModel, read: Read) -> None:
    assert np.array_equal(read.vectors, model.read(TEXTS, 3).vectors)


def test_several_threads_may_ask_at_once(model: QuantizedModel) -> None:
    some = TEXTS[:18]  # two batches each, so that eight are under way at once
    expected = model.read(some, 1).vectors
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(lambda _: model.read(some, 2).vectors, range(4)):
            assert np.array_equal(rows, expected)


def test_of_no_text_there_is_no_row(model: QuantizedModel) -> None:
    read = model.read([])
    assert (len(read.vectors), read.tokens) == (0, ())


def test_a_long_text_is_cut(model: QuantizedModel) -> None:
    words = "budget " * (LONGEST - 2)  # with the two marks of start and end as many pieces as are read
    longer, much_longer = model.read([f"{words}menu", f"{words}menu " + "chef " * 5_000]).vectors
    assert longer == pytest.approx(model.read([words]).vectors[0], abs=1e-3)
    assert much_longer == pytest.approx(longer, abs=1e-3)


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_cure(tmp_path: Path, missing: str) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "model"))
    (folder / missing).unlink()
    assert not is_quantized(folder)
    with pytest.raises(SearchError, match=r"The model in .* cannot be loaded .*Install Rolewise again"):
        QuantizedModel(folder)


def test_a_damaged_file_is_named_with_the_cure(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "model"))
    (folder / "model.onnx").write_bytes(b"nonsense")
    with pytest.raises(SearchError, match="Install Rolewise again"):
        QuantizedModel(folder)


def test_each_token_that_is_read_has_a_vector_of_length_one(model: QuantizedModel) -> None:
    read = model.read(["Who leads?", "word " * 1_000])
    assert [len(tokens) for tokens in read.tokens] == [5, LONGEST]
    for tokens in read.tokens:
        assert tokens.dtype == np.int8
        assert np.linalg.norm(restored(tokens), axis=1) == pytest.approx(np.ones(len(tokens)), abs=0.02)


def test_a_question_has_long_vectors_of_the_same_tokens(model: QuantizedModel) -> None:
    (vector, states), _ = model.states(["Who leads?", "And the other?"])
    assert (vector.shape, states.shape) == ((DIMENSION,), (5, 2 * DIMENSION))
    assert vector == pytest.approx(model.read(["Who leads?", "And the other?"]).vectors[0], abs=1e-3)


def test_a_network_that_tells_nothing_of_tokens_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "model"))
    network = onnx.load(str(folder / "model.onnx"))
    del network.graph.output[1:]
    onnx.save(network, str(folder / "model.onnx"))
    with pytest.raises(SearchError, match="does not give states, tokens"):
        QuantizedModel(folder)
