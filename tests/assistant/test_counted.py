"""Who counts roles instead of naming them means those spoken of, or all that an article compares."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.counted import counts, uncounted, with_names
from assistant.question import QuestionReader
from assistant.understood import Understood
from corpus.library import Library, load_library

TRIO = {"Baker": ["Miller", "Farmer"], "Miller": ["Baker", "Farmer"], "Farmer": ["Baker", "Miller"]}
APART = {"Baker": ["Miller"], "Miller": ["Baker"], "Nurse": ["Doctor"], "Doctor": ["Nurse"]}
ALL = "the Baker and the Miller and the Farmer"

BAKERY = """# Baker vs Miller vs Farmer

## Budget

The Baker pays for flour. The Miller pays for grain. The Farmer pays for seed.

## Team

The Baker leads two journeymen. The Miller works alone. The Farmer hires helpers in summer.
"""


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("bakery")
    (folder / "baker-miller-farmer.md").write_text(BAKERY, encoding="utf-8")
    return load_library([folder])


def spoken_of(*asked: tuple[str, ...]) -> list[Understood]:
    return [Understood(""), *(Understood("What do they do?", roles=roles) for roles in asked)]


@pytest.mark.parametrize(
    ("message", "asked", "meant"),
    [
        ("Compare all three", [("Baker",), ("Miller",), ("Nurse",)], "Compare the Baker and the Miller and the Nurse"),
        ("Do the three meet?", [("Baker", "Miller", "Nurse")], "Do the Baker and the Miller and the Nurse meet?"),
        ("the pay of each of them", [("Baker", "Nurse")], "the pay of the Baker and the Nurse"),
        ("the pay of all of them", [("Baker",), ("Nurse",)], "the pay of the Baker and the Nurse"),
        ("and the third one's pay?", [("Baker", "Miller", "Nurse")], "and the Nurse's pay?"),
        ("And the first one?", [("Baker", "Miller", "Nurse")], "And the Baker?"),
        ("Who of all of them is paid?", [("Baker", "Nurse")], "Who of the Baker and the Nurse is paid?"),
        ("Who leads all of them?", [("Baker", "Nurse")], "Who leads all of them?"),  # people, not roles
        ("Compare all three", [("Baker",), ("Nurse",)], "Compare all three"),  # of two
        ("Compare all three", [], "Compare all three"),  # nothing was spoken of
        ("What do the three departments do?", [("Baker", "Miller", "Nurse")], "What do the three departments do?"),
        ("What is the third step?", [("Baker", "Miller", "Nurse")], "What is the third step?"),
    ],
)  # fmt: skip
def test_those_spoken_of_are_meant(message: str, asked: list[tuple[str, ...]], meant: str) -> None:
    assert with_names(message, spoken_of(*asked), APART) == meant


@pytest.mark.parametrize(
    ("message", "asked", "meant"),
    [
        ("Compare all three", [], f"Compare {ALL}"),
        ("What is the pay of each of them?", [], f"What is the pay of {ALL}?"),
        ("What does the third one do?", [], "What does the Farmer do?"),  # in the order of the article
        ("Compare all three", [("Miller",)], "Compare the Miller and the Baker and the Farmer"),
        ("And the third one?", [("Baker",), ("Farmer",)], "And the Miller?"),  # the one that is left
        ("And the third one?", [("Baker",)], "And the other one?"),  # either of two
        ("And the fourth one?", [("Baker",), ("Farmer",)], "And the fourth one?"),  # there are no more
        ("Compare all four", [], "Compare all four"),
    ],
)
def test_where_all_roles_are_compared_with_each_other_all_are_meant(
    message: str, asked: list[tuple[str, ...]], meant: str
) -> None:
    assert with_names(message, spoken_of(*asked), TRIO) == meant


def test_what_counts_roles_is_told_from_the_rest_of_a_question() -> None:
    assert counts("Which of the three is paid?")
    assert not counts("Which of the three bakers is paid?")
    assert uncounted("the budget of each of them").split() == ["the", "budget", "of"]


@pytest.mark.parametrize(
    ("turns", "roles"),
    [
        (["Compare all three"], ("Baker", "Miller", "Farmer")),
        (["What does the third one do?"], ("Farmer",)),
        (["What does the baker do?", "and the farmer?", "and the third one?"], ("Miller",)),
        (["What do the baker and the miller do?", "What is the budget of each of them?"], ("Baker", "Miller")),
        (["What does the baker do?", "and the miller?", "budgets of all three"], ("Baker", "Miller", "Farmer")),
    ],
)  # fmt: skip
def test_a_conversation_goes_on_with_the_roles_counted(
    bakery: Library, turns: list[str], roles: tuple[str, ...]
) -> None:
    assert set(QuestionReader(bakery).read(turns).roles) == set(roles)


def test_one_who_takes_the_place_of_two_does_what_they_did(bakery: Library) -> None:
    question = QuestionReader(bakery).read(["What do the baker and the miller do?", "And the third one?"])
    assert question.text == "What does the Farmer do?"


def test_which_of_the_others_is_the_third_is_asked_back(bakery: Library) -> None:
    choice = QuestionReader(bakery).read(["What does the baker do?", "and the third one?"]).choice
    assert choice is not None
    assert set(choice.roles) == {"Miller", "Farmer"}
