"""Comparing and describing more than one article holds, names that stand for several roles, and their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome, Reason
from assistant.chat import Assistant
from assistant.question import QuestionReader
from corpus.library import Library
from tests.small import assistant_of, library_of


@pytest.mark.parametrize("question", ["Compare baker and butcher", "What are the differences?"])
@pytest.mark.parametrize("head", ["", "## Conclusion\n\n"])
def test_comparing_roles_of_an_article_without_topics_does_not_crash(tmp_path: Path, head: str, question: str) -> None:
    page = f"# Baker vs Butcher\n\n{head}The Baker kneads. The Butcher cuts.\n"
    one = assistant_of(library_of(tmp_path / "a", {"baker-vs-butcher": page}), tmp_path / "i")
    assert one.answer([question]).outcome


def test_both_roles_of_two_articles_are_described(small_assistant: Assistant) -> None:
    answer = small_assistant.answer(["What do the head chef and the office manager do?"])
    assert {role for claim in answer.claims for role in claim.roles} == {"Head Chef", "Office Manager"}
    assert "do not state this for the Office Manager" not in answer.message


def test_comparing_three_roles_names_the_one_that_is_missing(small_assistant: Assistant) -> None:
    answer = small_assistant.answer(["Compare head chef, sous chef and office manager"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert "Office Manager" in answer.message


def test_three_roles_of_two_articles_are_compared_in_one_table(small_assistant: Assistant) -> None:
    answer = small_assistant.answer(["Compare operations manager, production manager and office manager"])
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, Reason.PAIR_NOT_COMPARED)
    assert answer.comparison is not None
    assert answer.comparison.roles == ("Operations Manager", "Production Manager", "Office Manager")
    assert all(sum(cell is not None for cell in row.cells) >= 2 for row in answer.comparison.rows)


def test_the_order_of_three_roles_changes_no_outcome(small_assistant: Assistant) -> None:
    first = small_assistant.answer(["Compare head chef, sous chef and office manager"])
    assert small_assistant.answer(["Compare office manager, head chef and sous chef"]).outcome is first.outcome


def test_no_suggestion_is_given_twice(small_assistant: Assistant) -> None:
    suggestions = small_assistant.answer(["Compare office manager, head chef and sous chef"]).suggestions
    assert len(set(suggestions)) == len(suggestions)


def test_the_ambiguous_name_is_replaced_where_it_stands(small_assistant: Assistant) -> None:
    assert (
        "Is the room of the Office Manager big?" in small_assistant.answer(["Is the room of the om big?"]).suggestions
    )


def test_a_choice_is_not_offered_between_roles_that_no_article_treats(small_assistant: Assistant) -> None:
    answer = small_assistant.answer(["What is the budget of the people manager?"])  # HR Manager or Line Manager
    assert answer.reason is Reason.UNKNOWN_ROLE


@pytest.mark.parametrize("follow_up", ["And the other role?", "And the other job?"])
def test_the_other_role_is_asked_the_same_question(small_library: Library, follow_up: str) -> None:
    question = QuestionReader(small_library).read(["What is the team of the head chef?", follow_up])
    assert question.text == "What is the team of the Sous Chef?"


def test_roles_keep_the_order_of_the_question(small_library: Library) -> None:
    assert QuestionReader(small_library).read(["OM vs PM"]).roles == ("Operations Manager", "Production Manager")
