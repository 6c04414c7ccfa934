"""Whether a number is asked for, and whether a sentence states one."""

from __future__ import annotations

import pytest

from assistant.quantities import asks_for_amount, states_amount

HOW_MANY, HOW_OFTEN = "How many cooks are there?", "How often is the menu changed?"


@pytest.mark.parametrize(
    "question",
    [
        "How many cooks does the head chef lead?",
        "For how long is the licence valid?",
        "Within how many minutes must the fitter be there?",
        "Who trains apprentices, and for how many months?",
        "At a big hotel, how much does a sous chef earn?",
        "Can you tell me how many people a fleet manager leads?",
        "My lead left. How often does that happen?",
    ],
)
def test_a_question_for_a_number_asks_for_an_amount(question: str) -> None:
    assert asks_for_amount(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who knows how many filters are left?",
        "Whose decision is it how much goes to the trade fair?",
        "The board wants to see how many of us passed; who fetches the figures?",
        "Which of the two is told how often the lift broke down?",
        "Who leads the cooks?",
    ],
)
def test_a_question_for_a_person_asks_for_none_whatever_that_person_counts(question: str) -> None:
    assert not asks_for_amount(question)


@pytest.mark.parametrize(
    "sentence", ["She leads 12 cooks.", "About thirty cooks.", "Half a dozen cooks.", "Twice a day."]
)
def test_a_number_in_figures_or_letters_is_an_amount(sentence: str) -> None:
    assert states_amount(HOW_MANY, sentence)


@pytest.mark.parametrize(
    "sentence", ["She leads the cooks.", "The one leads, the other follows.", "Every cook is led."]
)
def test_one_and_every_count_nothing(sentence: str) -> None:
    assert not states_amount(HOW_MANY, sentence)


def test_what_is_done_daily_says_how_often_and_not_how_many() -> None:
    sentence = "The chef changes the menu daily."
    assert states_amount(HOW_OFTEN, sentence)
    assert not states_amount(HOW_MANY, sentence)
