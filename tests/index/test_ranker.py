"""The door to the trained ranker, with what is shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.chunks import Chunk
from index.encoder import TRAINED_MODEL, SentenceEncoder, bundled_model
from index.hits import Hit, SearchError
from index.ranker import InteractionRanker, shipped_ranker
from index.weights import WEIGHTS_FOLDER

QUESTION = "How large is the budget of the plant manager?"
ANSWER = "Budget | Plant Manager: The Plant Manager signs for two million a year."
BESIDE = "Shift Patterns | Plant Manager: Nights are rare, but the phone of the Plant Manager stays on."


@pytest.fixture(scope="module")
def ranker(sentence_encoder: SentenceEncoder) -> InteractionRanker:
    found = shipped_ranker(sentence_encoder)
    assert found is not None
    return found


def found(*texts: str) -> list[Hit]:
    """Return hits without tokens: their text is read when they are ranked."""
    return [Hit(Chunk(str(n), "article", 0, n, text), 0.5, 0.5) for n, text in enumerate(texts)]


def indexed(encoder: SentenceEncoder, question: str, *texts: str) -> list[Hit]:
    """Return hits as the index gives them."""
    read, (vector,) = encoder.read(texts), encoder.encode([question])
    rows = zip(texts, read.vectors, read.tokens, strict=True)
    return [Hit(Chunk(str(n), "article", 0, n, t), 0.5, float(v @ vector), s) for n, (t, v, s) in enumerate(rows)]


def test_every_hit_gets_a_probability(ranker: InteractionRanker) -> None:
    scores = ranker.relevance("Who signs for more money?", found(ANSWER, BESIDE, "", "x" * 5_000, "日本 🙂"))
    assert scores.shape == (5,)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()


def test_what_answers_scores_above_what_only_speaks_of_the_role(ranker: InteractionRanker) -> None:
    for question, first in (("Who signs for two million?", True), ("Does the plant manager work at night?", False)):
        answer, beside = ranker.relevance(question, found(ANSWER, BESIDE))
        right, wrong = (answer, beside) if first else (beside, answer)
        assert right > 0.5 > 0.05 > wrong, question


def test_what_the_index_kept_scores_as_what_is_read_now(
    ranker: InteractionRanker, sentence_encoder: SentenceEncoder
) -> None:
    kept = ranker.relevance(QUESTION, indexed(sentence_encoder, QUESTION, ANSWER, BESIDE))
    assert kept == pytest.approx(ranker.relevance(QUESTION, found(ANSWER, BESIDE)), abs=0.02)


def test_a_score_does_not_depend_on_its_neighbours(
    ranker: InteractionRanker, sentence_encoder: SentenceEncoder
) -> None:
    hits = indexed(sentence_encoder, QUESTION, BESIDE, ANSWER, "Team | Plant Manager: " + "People come and go. " * 9)
    assert ranker.relevance(QUESTION, hits)[1] == pytest.approx(ranker.relevance(QUESTION, hits[1:2])[0], abs=1e-3)


def test_no_hit_no_score(ranker: InteractionRanker) -> None:
    assert ranker.relevance("Who?", []).shape == (0,)


def test_beside_another_encoder_it_brings_its_own() -> None:
    ranker = shipped_ranker(SentenceEncoder(bundled_model()))
    assert ranker is not None
    answer, beside = ranker.relevance(QUESTION, found(ANSWER, BESIDE))
    assert answer > beside


def test_a_copy_of_the_encoder_is_as_good_and_another_network_is_not(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(WEIGHTS_FOLDER / TRAINED_MODEL, tmp_path / "copy"))
    assert SentenceEncoder(str(copy)).trained
    with (copy / "model.onnx").open("ab") as file:
        file.write(b"\0")
    assert not SentenceEncoder(str(copy)).trained


def test_a_folder_without_a_model_is_named_with_the_cure(tmp_path: Path, sentence_encoder: SentenceEncoder) -> None:
    with pytest.raises(SearchError, match=r"cannot be loaded.*Install Rolewise again"):
        InteractionRanker(tmp_path, sentence_encoder).relevance("Who?", found(ANSWER))
