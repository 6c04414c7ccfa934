"""Roles that the library does not know, beside roles that it knows."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome, Reason
from assistant.chat import Assistant
from assistant.intent import Intent
from assistant.question import QuestionReader
from corpus.library import Library


@pytest.mark.parametrize(
    "question",
    [
        "What do the head chef and the CEO do?",
        "Who has the bigger team, the head chef or the dental nurse?",
        "Compare the head chef with a zookeeper",
    ],
)
def test_an_unknown_side_is_named(small_assistant: Assistant, question: str) -> None:
    answer = small_assistant.answer([question])
    assert answer.outcome is not Outcome.ANSWERED
    assert answer.message


def test_a_role_after_an_unknown_one_takes_over_no_unknown_role(small_library: Library) -> None:
    question = QuestionReader(small_library).read(["What does a dental nurse do?", "And the head chef?"])
    assert "nurse" not in question.text
    assert question.intent is Intent.DESCRIBE


@pytest.mark.parametrize(
    "question", ["Who trains young cooks?", "Who leads the machinists?", "Who are the growers and cooks?"]
)
def test_a_word_of_the_articles_is_no_unknown_role(small_assistant: Assistant, question: str) -> None:
    assert small_assistant.answer([question]).reason is not Reason.UNKNOWN_ROLE


@pytest.mark.parametrize("question", ["How do they judge a head chef?", "Does he vet suppliers?", "Who can cook?"])
def test_a_verb_is_no_title(small_library: Library, question: str) -> None:
    assert QuestionReader(small_library).read([question]).unknown_roles == ()


def test_becoming_director_is_no_role(small_library: Library) -> None:
    assert QuestionReader(small_library).read(["Could the head chef become director?"]).unknown_roles == ()


def test_an_unknown_role_is_named_in_full(small_assistant: Assistant) -> None:  # said: none of them is about “nurse”
    assert "“dental nurse”" in small_assistant.answer(["What does a dental nurse do?"]).message
