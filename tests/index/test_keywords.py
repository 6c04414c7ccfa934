"""BM25 over words in their comparable form."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keywords import Bm25Keywords

TEXTS = (
    "The Operations Manager holds the larger budget.",
    "The Production Manager leads a crew of machinists.",
    "Budgets and money: the office pays for supplies.",
)
WORDS = Bm25Keywords.build(TEXTS)


@pytest.mark.parametrize("question", ["", "?", "zebra quark", "the of and which", "日本語"])
def test_a_question_without_a_known_word_scores_zero_everywhere(question: str) -> None:
    assert WORDS.scores(question).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("question", "best"),
    [("larger budget", 0), ("crews", 1), ("CREW?", 1), ("who pays the money", 2), ("mgr of prodn", 1)],
)
def test_the_text_with_the_words_scores_best(question: str, best: int) -> None:
    assert int(np.argmax(WORDS.scores(question))) == best


def test_plural_and_singular_are_one_word() -> None:
    assert WORDS.scores("budgets").tolist() == WORDS.scores("budget").tolist()


def test_unknown_words_beside_known_ones_change_nothing() -> None:
    assert WORDS.scores("zebra budget").tolist() == WORDS.scores("budget").tolist()


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    WORDS.save(tmp_path / "keywords")
    loaded = Bm25Keywords.load(tmp_path / "keywords")
    for question in ("budget", "crew of machinists", "zebra"):
        assert loaded.scores(question).tolist() == WORDS.scores(question).tolist()


@given(st.text(max_size=80))
def test_any_question_gets_one_score_a_text_and_none_below_zero(question: str) -> None:
    scores = WORDS.scores(question)
    assert scores.shape == (len(TEXTS),)
    assert (scores >= 0).all()
