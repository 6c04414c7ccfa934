"""What is known of the shipped sentences need not be read again, and is what reading them would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.chunks import chunks_of
from corpus.library import Library
from index.encoder import TRAINED_MODEL, SentenceEncoder
from index.hits import Read
from index.known import KnownTexts, write_known
from index.quantized import QuantizedModel
from index.tokens import restored
from index.weights import WEIGHTS_FOLDER

SHIPPED = WEIGHTS_FOLDER / TRAINED_MODEL
TEXTS = ["Menu | Head Chef: The Head Chef writes the menu.", "Team | Sous Chef: The Sous Chef trains the cooks."]
READ = Read(
    np.array([[0.6, 0.8], [1.0, 0.0]], dtype=np.float32),
    (np.full((3, 2), 7, dtype=np.int8), np.full((1, 2), -7, dtype=np.int8)),
)


def test_each_text_is_known_with_its_own_vectors(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"weights")
    write_known(tmp_path, TEXTS, READ)
    known = KnownTexts(tmp_path)
    for place, text in enumerate(TEXTS):
        vector, tokens = known[text]
        assert vector == pytest.approx(READ.vectors[place], abs=1e-3)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
        assert np.array_equal(tokens, READ.tokens[place])
    assert "Menu | Head Chef: The Head Chef burns the menu." not in known


@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_without_a_whole_file_no_text_is_known(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "known.safetensors").write_bytes(content)
    assert TEXTS[0] not in KnownTexts(tmp_path)


def test_what_other_weights_have_read_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"weights")
    write_known(tmp_path, TEXTS, READ)
    (tmp_path / "model.onnx").write_bytes(b"weights trained again")
    assert TEXTS[0] not in KnownTexts(tmp_path)


def shipped_texts(library: Library) -> list[str]:
    return [chunk.text for article in library.articles.values() for chunk in chunks_of(article)]


def test_every_sentence_of_the_shipped_articles_is_known(shipped_library: Library) -> None:
    known = KnownTexts(SHIPPED)
    unknown = [text for text in shipped_texts(shipped_library) if text not in known]
    assert not unknown, f"{len(unknown)} sentences are new. Run: python -m index.training --known-only"


def test_what_is_known_is_what_reading_gives(shipped_library: Library, sentence_encoder: SentenceEncoder) -> None:
    some = shipped_texts(shipped_library)[::211]
    read, known = QuantizedModel(SHIPPED).read(some), sentence_encoder.read(some)
    assert (read.vectors * known.vectors).sum(axis=1).min() > 0.997  # texts beside a text move it a little
    for one, other in zip(read.tokens, known.tokens, strict=True):
        assert (restored(one) * restored(other)).sum(axis=1).mean() > 0.99
