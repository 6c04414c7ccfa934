"""Whether a number, a time or a name is asked for that a sentence leaves open."""

from __future__ import annotations

import pytest

from assistant.specifics import leaves_open

HOW_MANY, HOW_OFTEN = "How many cooks are there?", "How often is the menu changed?"
NOTHING = "The head chef leads the cooks."


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
    assert leaves_open(question, NOTHING)


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
    assert not leaves_open(question, NOTHING)


@pytest.mark.parametrize(
    "sentence", ["She leads 12 cooks.", "About thirty cooks.", "Half a dozen cooks.", "Twice a day."]
)
def test_a_number_in_figures_or_letters_is_an_amount(sentence: str) -> None:
    assert not leaves_open(HOW_MANY, sentence)


@pytest.mark.parametrize(
    "sentence", ["She leads the cooks.", "The one leads, the other follows.", "Every cook is led."]
)
def test_one_and_every_count_nothing(sentence: str) -> None:
    assert leaves_open(HOW_MANY, sentence)


def test_what_is_done_daily_says_how_often_and_not_how_many() -> None:
    sentence = "The chef changes the menu daily."
    assert not leaves_open(HOW_OFTEN, sentence)
    assert leaves_open(HOW_MANY, sentence)


@pytest.mark.parametrize(
    ("question", "states", "leaves"),
    [
        ("Until when may a guest order?", "Orders are taken until ten.", "The waiter takes the orders."),
        ("What time does the kitchen open?", "The kitchen opens at noon.", "The head chef opens the kitchen."),
        ("In which month is the menu changed?", "A new menu comes in May.", "The head chef changes the menu."),
        ("Up to what sum may she sign?", "She signs for up to 500 pounds.", "She signs smaller sums alone."),
        ("At what noise level must they stop?", "At 80 decibels they stop.", "They stop when it is too loud."),
        ("What does a new oven cost?", "A new oven costs about 4,000 pounds.", "The head chef pays for ovens."),
        ("In which countries may she teach?", "She may teach in France.", "She may teach in some countries."),
        ("Which law does he follow?", "He follows the Food Act.", "A Head Chef follows the law."),
        ("What's the name of the cook?", "The cook is called Rosa.", "The Head Chef has a cook."),
    ],
)
def test_a_sentence_states_the_time_the_sum_or_the_name_or_leaves_it_open(
    question: str, states: str, leaves: str
) -> None:
    assert not leaves_open(question, states, ["Head Chef", "Sous Chef"])
    assert leaves_open(question, leaves, ["Head Chef", "Sous Chef"])


@pytest.mark.parametrize(
    "question",
    [
        "Which company car does she drive?",
        "What does she do about costs?",
        "Which year group does he teach, and who tells him?",
        "What is the day of a head chef like?",
        "Who knows what a new oven costs?",
    ],
)
def test_other_questions_for_things_leave_nothing_open(question: str) -> None:
    assert not leaves_open(question, NOTHING)
