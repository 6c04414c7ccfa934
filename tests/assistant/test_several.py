"""Of several things that are asked for each is answered or named as not stated."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome
from assistant.chat import Assistant
from assistant.render import NOT_STATED, to_markdown
from tests.assistant.pieces import BUDGET, CREW, MONEY, SOFTWARE, TEAMS


def test_each_topic_of_two_roles_is_a_row_of_a_table(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Operations manager vs production manager: budget and team?"])
    assert answer.outcome is Outcome.ANSWERED
    assert answer.comparison is not None
    assert [row.heading for row in answer.comparison.rows] == ["Budget", "Team"]
    told = [[answer.claims[cell].text for cell in row.cells if cell is not None] for row in answer.comparison.rows]
    assert [[words in text for words, text in zip(row, texts, strict=True)] for row, texts in zip(
        ((BUDGET, MONEY), (TEAMS, CREW)), told, strict=True)] == [[True, True], [True, True]]  # fmt: skip


def test_a_topic_of_which_nothing_is_said_is_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Operations manager vs production manager: team, holidays and budget"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert "do not say anything about holidays for the Operations Manager and the Production Manager" in answer.message
    assert f"| **Holidays** | *{NOT_STATED}* | *{NOT_STATED}* |" in to_markdown(answer)


def test_the_topics_of_one_role_are_told_one_after_the_other(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["What are the technology and the pay of the operations manager?"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert answer.message == "The articles do not say anything about pay for the Operations Manager."
    assert any(SOFTWARE in claim.text for claim in answer.claims)


def test_two_questions_are_answered_each(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who hires the brigade and who bargains with growers?"])
    quoted = " ".join(claim.text for claim in answer.claims)
    assert "hires the brigade" in quoted
    assert "bargains with fishmongers" in quoted


def test_half_of_a_question_that_nothing_answers_is_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who hires the brigade, and who repairs leaking submarine engines?"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert answer.message == "The articles do not say: “who repairs leaking submarine engines”."


def test_what_is_asked_of_one_role_and_then_of_another_is_answered_of_each(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Whom does the operations manager lead, and whom does the production manager?"])
    assert [words in claim.text for words, claim in zip((TEAMS, CREW), answer.claims, strict=True)] == [True, True]


def test_what_is_not_stated_of_the_second_role_is_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who writes the menu with the head chef, and who with the production manager?"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert "do not state this for the Production Manager" in answer.message


@pytest.mark.parametrize("question", ["Operations manager: pay and holidays?", "head chef vs sous chef: pay, holidays"])
def test_nothing_of_what_is_asked_for_is_a_refusal(model_assistant: Assistant, question: str) -> None:
    assert model_assistant.answer([question]).outcome is Outcome.NOT_COVERED
