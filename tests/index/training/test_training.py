"""What the models are trained on, and that training makes them better on what they saw."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from corpus.bank import BankQuestion, Kind, Split, load_bank
from corpus.library import Library
from index.encoder import DIMENSION, SentenceEncoder, bundled_model
from index.ranker import CrossEncoderRanker
from index.training.__main__ import add_pooling
from index.training.encoder import steps, train_encoder
from index.training.examples import TrainingSet, training_set
from index.training.network import by_length, encode, load_body, load_tokenizer
from index.training.ranker import chosen, mine, train_ranker
from tests.small import KITCHEN, OFFICE, OPERATIONS

LARGER = "The Operations Manager holds the larger budget, which spans several departments."


def row(text: str, article: str, *evidence: str, split: Split = Split.TRAIN) -> BankQuestion:
    kind = Kind.DIRECT if evidence else Kind.UNANSWERABLE
    return BankQuestion(text, kind, (text,), (article,), ((evidence,) if evidence else ()), (), split)


@pytest.fixture(scope="module")
def rows() -> list[BankQuestion]:
    return [
        row("Who has more money?", OPERATIONS, LARGER),
        row("What do they earn?", OPERATIONS),
        row("Who buys furniture?", OFFICE, "The Office Manager pays for supplies and furniture."),
        row("Who writes the menu?", KITCHEN, "The Head Chef writes the menu each season.", split=Split.TEST),
    ]


@pytest.fixture(scope="module")
def data(small_library: Library, rows: list[BankQuestion]) -> TrainingSet:
    return training_set(small_library, rows)


def test_no_sentence_and_no_question_of_another_split_is_trained_on(shipped_library: Library) -> None:
    bank = load_bank()
    data = training_set(shipped_library, bank)
    apart = {article for row in bank if row.split is not Split.TRAIN for article in row.articles}
    asked = {row.turns[0] for row in bank if row.split is not Split.TRAIN}
    assert len(data.examples) > 9_000
    assert not apart & set(data.places)
    assert not asked & {example.text for example in data.examples}


def test_an_article_with_questions_of_two_splits_is_refused(small_library: Library, rows: list[BankQuestion]) -> None:
    with pytest.raises(ValueError, match=OFFICE):
        training_set(small_library, [*rows, replace(rows[2], split=Split.TEST)])


def test_a_question_knows_the_sentences_that_answer_it(data: TrainingSet) -> None:
    money, earning, _ = data.examples
    assert [data.passages[place].quote for place in money.positives] == [LARGER]
    assert earning.groups == ()


def test_a_passage_is_what_is_indexed_and_the_same_without_its_heading(data: TrainingSet) -> None:
    (passage,) = [passage for passage in data.passages if passage.quote == LARGER]
    assert passage.text == f"Budget | Operations Manager: {LARGER}"
    assert passage.bare == f"Operations Manager: {LARGER}"


def test_dialogues_are_left_out(small_library: Library, rows: list[BankQuestion]) -> None:
    dialogue = replace(rows[0], id="two", turns=("Who has more money?", "And why?"))
    assert len(training_set(small_library, [*rows, dialogue]).examples) == 3


def test_a_step_takes_two_articles_whole(data: TrainingSet) -> None:
    random.seed(0)
    ((first, second),) = steps(data)
    assert {first[0], second[0]} == {OPERATIONS, OFFICE}
    assert len(first[1]) + len(second[1]) == 3


def test_batches_hold_every_text_once(data: TrainingSet) -> None:
    assert sorted(place for batch in by_length([5, 1, 9, 3, 3], 2) for place in batch) == [0, 1, 2, 3, 4]


def test_negatives_never_answer_and_the_likeliest_come_first(data: TrainingSet) -> None:
    base = Path(bundled_model())
    body, tokenizer = load_body(base).eval(), load_tokenizer(base)
    money, earning, _ = mine(data, body, tokenizer)
    assert not set(money.own) & money.example.positives
    assert {data.passages[place].article_id for place in money.own} == {OPERATIONS}
    assert {data.passages[place].article_id for place in money.foreign} == {OFFICE}
    positives, negatives = chosen(earning)
    assert positives == []
    assert len(set(negatives)) == len(negatives) >= 4


@pytest.mark.slow
def test_both_models_are_trained_written_and_loaded_again(shipped_library: Library, tmp_path: Path) -> None:
    articles = ("data-analyst-vs-data-scientist", "hr-manager-vs-payroll-manager")
    two = [row for row in load_bank() if row.articles and row.articles[0] in articles]
    data = training_set(shipped_library, two[::8])
    train_encoder(data, Path(bundled_model()), tmp_path / "encoder")
    add_pooling(Path(bundled_model()), tmp_path / "encoder")
    train_ranker(data, tmp_path / "encoder", tmp_path / "ranker")
    vectors = SentenceEncoder(str(tmp_path / "encoder")).encode([example.text for example in data.examples[:3]])
    scores = CrossEncoderRanker(tmp_path / "ranker").relevance(data.examples[0].text, [data.passages[0].text])
    assert vectors.shape == (3, DIMENSION)
    assert 0 <= scores[0] <= 1


def test_vectors_are_those_of_the_encoder_in_use(data: TrainingSet) -> None:
    base = Path(bundled_model())
    with torch.no_grad():
        rows = encode(load_body(base).eval(), load_tokenizer(base), ["one budget", "a far longer text about teams"])
    assert torch.allclose(rows.norm(dim=1), torch.ones(2), atol=1e-5)
