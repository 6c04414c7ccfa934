"""Who leaves open whom a question is about is offered a choice, and may take it in few words."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome, Reason
from assistant.asking_back import which_of
from assistant.chat import Assistant
from assistant.offer import Offer
from assistant.question import QuestionReader
from corpus.library import Library

OFFER = Offer(
    "Which?", ("the baker?", "the shoe maker?", "the hat maker?"),
    (("Baker", "the baker?"), ("Shoe Maker", "the shoe maker?"), ("Hat Maker", "the hat maker?")), "all of them?",
)  # fmt: skip
BUDGET = "What is the OM's budget?"
OFFICE, OPERATIONS = "What is the Office Manager's budget?", "What is the Operations Manager's budget?"


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("The second one, please", "the shoe maker?"),
        ("3", "the hat maker?"),
        ("option 1", "the baker?"),
        ("no. 2", "the shoe maker?"),
        ("the last", "the hat maker?"),
        ("baker", "the baker?"),
        ("I mean the hat one", "the hat maker?"),
        ("all of them", "all of them?"),
        ("any", "all of them?"),
        ("the fourth", None),  # so many were not offered
        ("the maker", None),  # two have it
        ("the hat maker's pay", None),  # asks more
        ("the one", None),
    ],
)
def test_a_choice_is_taken_by_its_place_or_by_a_telling_word(message: str, question: str | None) -> None:
    assert OFFER.taken(message) == question


def test_a_choice_keeps_the_possessive(small_library: Library) -> None:
    question = QuestionReader(small_library).read([BUDGET])
    assert question.choice is not None
    assert which_of(question, question.choice).listed == (OFFICE, OPERATIONS)


def test_a_question_that_quotes_an_ambiguous_name_is_offered_without_the_quotation(small_library: Library) -> None:
    question = QuestionReader(small_library).read(["What about the OM?", "and the suppliers?"])
    assert question.choice is not None
    assert which_of(question, question.choice).listed[0] == "What about the suppliers for the Office Manager?"


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("the second one", OPERATIONS),
        ("1", OFFICE),
        ("operations", OPERATIONS),
        ("both", "What is the Office Manager and the Operations Manager's budget?"),
    ],
)
def test_what_is_chosen_is_asked(model_assistant: Assistant, message: str, asked: str) -> None:
    asked_back = model_assistant.answer([BUDGET])
    assert (asked_back.outcome, asked_back.reason) == (Outcome.UNCLEAR, Reason.AMBIGUOUS)
    answer, alone = model_assistant.answer([BUDGET, message]), model_assistant.answer([asked])
    assert answer.standalone_question == asked
    assert (answer.outcome, answer.citations()) == (alone.outcome, alone.citations())


def test_what_was_chosen_is_spoken_of_in_what_follows(model_assistant: Assistant) -> None:
    answer = model_assistant.answer([BUDGET, "hm", "the first one", "thanks", "And whom does he answer to?"])
    assert answer.standalone_question.startswith("Whom does the Office Manager answer to?")


def test_a_place_is_no_choice_where_none_was_offered(model_assistant: Assistant) -> None:
    answer = model_assistant.answer([OFFICE, "2"])
    assert answer.reason is Reason.OFF_TOPIC
