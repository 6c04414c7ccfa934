"""A few questions on three short articles, and what is trained on of them."""

import pytest

from corpus.bank import BankQuestion, Split, load_bank
from corpus.library import Library
from index.training.examples import TrainingSet, training_set
from tests.index.training.pieces import LARGER, row
from tests.small import KITCHEN, OFFICE, OPERATIONS


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


@pytest.fixture(scope="session")
def everything(shipped_library: Library) -> TrainingSet:
    """What the shipped models were trained on: to gather it takes seconds."""
    return training_set(shipped_library, load_bank())


@pytest.fixture(scope="module")
def some(shipped_library: Library) -> TrainingSet:
    """A few questions on two shipped articles."""
    articles = ("data-analyst-vs-data-scientist", "hr-manager-vs-payroll-manager")
    two = [row for row in load_bank() if row.articles and row.articles[0] in articles]
    return training_set(shipped_library, two[::8])
