"""What a question takes for granted is found, and a sentence speaks for it, against it, or not of it."""

from __future__ import annotations

import pytest

from assistant.checks.naming import Naming
from assistant.premises import Premise, Stance, premise_of, stance
from corpus.library import Library
from tests.assistant.pieces import BUDGET, CREW, MONEY, TEAMS, evidence


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why does the sous chef write the menu?", Premise("does the sous chef write the menu")),
        ("why can't the sous chef write the menu", Premise("can not the sous chef write the menu")),
        ("Since sous chefs write the menu, who cooks?", Premise("sous chefs write the menu")),
        ("Given that sous chefs write the menu, who cooks?", Premise("sous chefs write the menu")),
        ("The chef, who hires the cooks, is strict. Why?", Premise("The chef hires the cooks")),
        ("Is it true that sous chefs write the menu?", Premise("sous chefs write the menu", asked=True)),
        ("I heard that sous chefs write the menu, is that right?", Premise("sous chefs write the menu", asked=True)),
        ("Sous chefs write the menu, don't they?", Premise("Sous chefs write the menu", asked=True)),
        ("Does the sous chef write the menu?", Premise("Does the sous chef write the menu", asked=True)),
    ],
)
def test_what_a_question_takes_for_granted_is_found(question: str, premise: Premise) -> None:
    assert premise_of(question) == premise


@pytest.mark.parametrize("question", ["Who writes the menu?", "Which of them earns more?", "And budgets?", "Hello", ""])
def test_an_open_question_takes_nothing_for_granted(question: str) -> None:
    assert premise_of(question) is None


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("Why does the production manager hold the larger budget?", BUDGET, Stance.CONTRADICTED),
        ("Why does the operations manager hold the smaller budget?", BUDGET, Stance.CONTRADICTED),
        ("Why does the operations manager not hold the larger budget?", BUDGET, Stance.CONTRADICTED),
        ("Why does the operations manager hold the larger budget?", BUDGET, Stance.CONFIRMED),
        ("Is it true that the production manager leads two crews of machinists?", CREW, Stance.CONTRADICTED),
        ("Why does the production manager lead teams across the company?", TEAMS, Stance.SILENT),  # so may both
        ("Why does the production manager hold the larger budget?", MONEY, Stance.SILENT),
        ("Why does the head chef hold the larger budget?", BUDGET, Stance.SILENT),  # not of this article
    ],
)
def test_a_sentence_speaks_for_a_premise_or_against_it_or_not_of_it(
    small_library: Library, question: str, words: str, expected: Stance
) -> None:
    premise = premise_of(question)
    assert premise is not None
    found = evidence(small_library, words)
    assert stance(premise, found.article.roles, found, Naming(small_library.catalogue)) is expected
