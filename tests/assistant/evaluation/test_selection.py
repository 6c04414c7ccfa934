from __future__ import annotations

import pytest

from assistant.evaluation.selection import Choice, LibraryChoice, rounds, split_articles
from corpus.article import CorpusError
from corpus.bank import BankQuestion, Kind, Split


def question(name: str, split: Split, *articles: str, kind: Kind = Kind.DIRECT) -> BankQuestion:
    return BankQuestion(name, kind, ("Who?",), articles, (("She.",),) if articles else (), (), split)


BANK = (
    question("a1", Split.TEST, "a"),
    question("a2", Split.TEST, "a", kind=Kind.NOISY),
    question("bc1", Split.TEST, "c", "b"),
    question("d1", Split.TRAIN, "d"),
    question("g1", Split.TEST, kind=Kind.GENERAL),
)
PRESENT = ("a", "b", "c", "d", "e")


def planned(choice: Choice) -> list[tuple[str, list[str]]]:
    return [("".join(one.articles), [asked.id for asked in one.questions]) for one in rounds(choice, BANK, PRESENT)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(Split.TEST), [("abc", ["a1", "a2", "bc1", "g1"])]),
        (Choice(Split.TEST, library=LibraryChoice.WHOLE), [("abcde", ["a1", "a2", "bc1", "g1"])]),
        (Choice(Split.TEST, library=LibraryChoice.EACH), [("a", ["a1", "a2"]), ("bc", ["bc1"]), ("abc", ["g1"])]),
        (Choice(Split.TEST, ("b",)), [("abc", ["bc1"])]),
        (Choice(Split.TEST, ("a", "b")), [("abc", ["a1", "a2", "bc1"])]),
        (Choice(Split.TEST, kinds=(Kind.NOISY, Kind.GENERAL)), [("abc", ["a2", "g1"])]),
        (Choice(Split.TRAIN), [("d", ["d1"])]),
    ],
)
def test_which_questions_are_asked_of_which_library(choice: Choice, expected: list[tuple[str, list[str]]]) -> None:
    assert planned(choice) == expected


def test_the_articles_of_a_split_are_those_its_questions_are_about() -> None:
    assert split_articles(BANK, Split.TEST) == ("a", "b", "c")


def test_an_article_of_another_split_is_refused_with_those_there_are() -> None:
    with pytest.raises(CorpusError, match=r"The split test has no article 'd'. It has: a, b, c\."):
        planned(Choice(Split.TEST, ("d",)))


def test_a_choice_that_leaves_nothing_says_so() -> None:
    with pytest.raises(CorpusError, match="No question of the split test fits"):
        planned(Choice(Split.TEST, ("b",), (Kind.NOISY,)))


def test_questions_about_an_article_that_is_not_there_are_refused() -> None:
    with pytest.raises(CorpusError, match=r"no article 'd'.*ROLEWISE_ARTICLES"):
        rounds(Choice(Split.TRAIN), BANK, ("a", "b"))
