"""What the models are trained on."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.bank import BankQuestion, Split, load_bank
from corpus.library import Library, load_library
from index.training.examples import TrainingSet, training_set
from tests.index.training.pieces import LARGER, row, trained_once
from tests.small import KITCHEN, OFFICE, OPERATIONS, PAGES


def test_no_sentence_and_no_question_of_another_split_is_trained_on(everything: TrainingSet) -> None:
    bank = load_bank()
    apart = {article for row in bank if row.split is not Split.TRAIN for article in row.articles}
    asked = {row.turns[0] for row in bank if row.split is not Split.TRAIN}
    assert len(everything.examples) > 9_000
    assert not apart & set(everything.places)
    assert not asked & {example.text for example in everything.examples}


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


SHARED = "Both roles need patience."


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two articles that hold one sentence word for word."""
    folder = tmp_path_factory.mktemp("twice")
    for name in (OPERATIONS, OFFICE):
        (folder / f"{name}.md").write_text(f"{PAGES[name]}\n## Character\n\n{SHARED}\n", encoding="utf-8")
    return load_library([folder])


def articles_of(data: TrainingSet, group: tuple[int, ...]) -> set[str]:
    return {data.passages[place].article_id for place in group}


def test_a_sentence_that_stands_in_two_articles_answers_only_a_question_on_its_own(
    twice: Library, rows: list[BankQuestion], tmp_path: Path
) -> None:
    data = training_set(twice, [row("Who has to be patient?", OFFICE, SHARED), rows[0]])
    patient = data.examples[0]
    assert len(patient.groups) == 1
    assert [data.passages[place].quote for place in patient.groups[0]] == [SHARED]
    assert articles_of(data, patient.groups[0]) == {OFFICE}
    assert (trained_once(data, tmp_path / "encoder") / "model.safetensors").is_file()


def test_a_question_on_two_articles_knows_answers_of_both(rows: list[BankQuestion], tmp_path: Path) -> None:
    both = replace(
        row("Who has the money, and who buys furniture?", OPERATIONS, LARGER),
        articles=(OPERATIONS, KITCHEN),
        evidence=((LARGER,), ("The Head Chef writes the menu each season.",)),
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, page in PAGES.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    data = training_set(load_library([folder]), [both, rows[2]])
    assert [articles_of(data, group) for group in data.examples[0].groups] == [{OPERATIONS}, {KITCHEN}]
    # A step may hold its first article without its second.
    assert (trained_once(data, tmp_path / "encoder") / "model.safetensors").is_file()
