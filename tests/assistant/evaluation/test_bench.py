"""The small bank, asked of the three short articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.bench import Bench, run
from assistant.evaluation.selection import Choice, LibraryChoice, Round, rounds
from assistant.evaluation.trial import Trial
from corpus.bank import BankQuestion, Split, load_bank
from tests.assistant.evaluation.questions import write_bank
from tests.small import KITCHEN, OFFICE, OPERATIONS, WordEncoder, assistant_of

PRESENT = (KITCHEN, OFFICE, OPERATIONS)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[BankQuestion, ...]:
    return load_bank(write_bank(tmp_path_factory.mktemp("bank")))


@pytest.fixture(scope="module")
def bench(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(small_folder, tmp_path_factory.mktemp("evaluation"), WordEncoder, "words-1", ranker=False)


def planned(bank: tuple[BankQuestion, ...], library: LibraryChoice) -> tuple[Round, ...]:
    return rounds(Choice(Split.TEST, library=library), bank, PRESENT)


def timeless(trials: tuple[Trial, ...]) -> list[tuple[object, ...]]:
    return [(one.id, one.outcome, one.confidence, one.cited, one.standalone_question) for one in trials]


@pytest.mark.parametrize("library", LibraryChoice)
def test_known_questions_end_as_they_must_in_every_library(
    bench: Bench, bank: tuple[BankQuestion, ...], library: LibraryChoice
) -> None:
    trials = {trial.id: trial for trial in run(bench, planned(bank, library))}
    assert set(trials) == {"budget", "then-budget", "cooks", "pay", "stapler"}
    assert trials["budget"].full
    assert trials["then-budget"].hit
    assert trials["cooks"].full
    assert trials["pay"].refused
    assert trials["stapler"].refused
    assert all(trial.seconds > 0 for trial in trials.values())


def test_a_question_is_answered_as_a_user_would_be(
    bench: Bench, bank: tuple[BankQuestion, ...], tmp_path: Path
) -> None:
    users = assistant_of(bench.library(PRESENT), tmp_path)
    questions = {question.id: question for question in bank}
    for trial in run(bench, planned(bank, LibraryChoice.WHOLE)):
        answer = users.answer(questions[trial.id].turns)
        assert (answer.outcome, answer.confidence) == (trial.outcome, trial.confidence)
        assert [cited.quote for cited in answer.citations()] == [cited.quote for cited in trial.cited]


def test_the_library_holds_the_chosen_articles_alone(bench: Bench) -> None:
    assert list(bench.library((KITCHEN, OFFICE)).articles) == [KITCHEN, OFFICE]
    assert "Production Manager" not in bench.library((KITCHEN,)).roles()


def test_two_processes_find_what_one_finds(bench: Bench, bank: tuple[BankQuestion, ...]) -> None:
    rounds_planned = planned(bank, LibraryChoice.EACH)
    assert timeless(run(bench, rounds_planned, jobs=2)) == timeless(run(bench, rounds_planned))


def test_a_changed_article_is_read_anew(bank: tuple[BankQuestion, ...], own_library: object, tmp_path: Path) -> None:
    bench = Bench(tmp_path / "articles", tmp_path / "evaluation", WordEncoder, "words-1", ranker=False)
    asked = planned(bank, LibraryChoice.SPLIT)
    assert run(bench, asked)[0].full
    page = tmp_path / "articles" / f"{OPERATIONS}.md"
    page.write_text(page.read_text(encoding="utf-8").replace("holds the larger", "has the larger"), "utf-8")
    assert not run(bench, asked)[0].full
