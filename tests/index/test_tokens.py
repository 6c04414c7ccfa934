"""The vectors of tokens: short, compressed, kept with their generation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.hits import Vectors
from index.seal import DamagedError
from index.tokens import compressed, read_tokens, restored, write_tokens


def unit(rows: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def test_a_vector_in_eight_bits_is_nearly_the_same() -> None:
    vectors = unit(50)
    assert restored(compressed(vectors)) == pytest.approx(vectors, abs=0.5 / 127 + 1e-6)


def test_each_chunk_gets_its_own_vectors_back(tmp_path: Path) -> None:
    written = [compressed(unit(rows, rows)) for rows in (3, 1, 7)]
    write_tokens(tmp_path, written)
    read = read_tokens(tmp_path)
    assert read is not None
    assert len(read) == 3
    for place, tokens in enumerate(written):
        assert np.array_equal(read[place], tokens)
    assert [len(tokens) for tokens in read] == [3, 1, 7]


@pytest.mark.parametrize("counts", [(3, 1, 7), (1,) * 1_500])
def test_the_file_is_what_numpy_makes_of_all_of_them(tmp_path: Path, counts: tuple[int, ...]) -> None:
    chunks = [compressed(unit(rows, rows)) for rows in counts]
    write_tokens(tmp_path, iter(chunks))
    np.save(tmp_path / "whole.npy", np.concatenate(chunks))
    assert (tmp_path / "tokens.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()


def test_a_generation_without_token_vectors_has_none(tmp_path: Path) -> None:
    write_tokens(tmp_path, [])
    assert not list(tmp_path.iterdir())
    assert read_tokens(tmp_path) is None


def test_vectors_that_do_not_fit_their_ends_are_damage(tmp_path: Path) -> None:
    write_tokens(tmp_path, [compressed(unit(3)), compressed(unit(2))])
    np.save(tmp_path / "tokens.npy", compressed(unit(4)))
    with pytest.raises(DamagedError, match="do not fit together"):
        read_tokens(tmp_path)
