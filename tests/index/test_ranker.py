"""The door to the trained ranker."""

from pathlib import Path

import numpy as np
import pytest

from index.hits import SearchError
from index.ranker import CrossEncoderRanker, shipped_ranker

ANSWER = "Budget | Plant Manager: The Plant Manager signs for two million a year."
BESIDE = "Shift Patterns | Plant Manager: Nights are rare, but the phone of the Plant Manager stays on."


@pytest.fixture(scope="module")
def ranker() -> CrossEncoderRanker:
    found = shipped_ranker()
    assert found is not None
    return found


def test_every_text_gets_a_probability(ranker: CrossEncoderRanker) -> None:
    scores = ranker.relevance("Who signs for more money?", [ANSWER, BESIDE, "", "x" * 5_000, "日本 🙂"])
    assert scores.shape == (5,)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()


def test_what_answers_scores_above_what_only_speaks_of_the_role(ranker: CrossEncoderRanker) -> None:
    answer, beside = ranker.relevance("How large is the budget of the plant manager?", [ANSWER, BESIDE])
    assert answer > 0.5 > beside


def test_a_score_does_not_depend_on_its_neighbours_beyond_rounding(ranker: CrossEncoderRanker) -> None:
    alone = ranker.relevance("How large is the budget?", [ANSWER])
    beside = ranker.relevance("How large is the budget?", [BESIDE, ANSWER])
    assert alone[0] == pytest.approx(beside[1], abs=0.02)


def test_no_text_no_score(ranker: CrossEncoderRanker) -> None:
    assert ranker.relevance("Who?", []).shape == (0,)


def test_a_folder_without_a_model_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"cannot be loaded.*Install Rolewise again"):
        CrossEncoderRanker(tmp_path).relevance("Who?", [ANSWER])
