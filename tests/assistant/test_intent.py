"""Whether everything about some roles is asked for, or something in particular."""

from __future__ import annotations

import time

import pytest

from assistant.answer import Outcome, Reason
from assistant.chat import Assistant
from assistant.intent import Intent, intent_of
from assistant.question import QuestionReader


@pytest.mark.parametrize(
    "message",
    [
        "What are the most important differences between head chef and sous chef?",
        "Give me a table of head chef vs sous chef",
        "in one sentence, head chef vs sous chef",
        "Show me a side by side of head chef and sous chef",
        "all topics: head chef, sous chef",
        "Everything that separates a head chef from a sous chef, please",
        "What sets a head chef apart from a sous chef?",
        "Summarise the article on head and sous chefs",
        "Is a head chef the same as a sous chef?",
        "similarities and differences of head chef and sous chef",
    ],
)
def test_a_whole_comparison_is_asked_for_in_many_words(reader: QuestionReader, message: str) -> None:
    question = reader.read([message])
    assert (question.intent, set(question.roles)) == (Intent.COMPARE_ALL, {"Head Chef", "Sous Chef"})


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("What do head chef and sous chef have in common?", Intent.COMMON),
        ("How are the head chef and the sous chef alike?", Intent.COMMON),
        ("Is a budget common for a head chef?", Intent.YES_NO),
        ("Do head chef and sous chef share a budget?", Intent.YES_NO),
        ("Briefly, what does a head chef do?", Intent.DESCRIBE),
        ("What do the head chef and the sous chef do?", Intent.DESCRIBE),
        ("How does the head chef work with the sous chef?", Intent.ASK),  # not joined: what one does to the other
        ("What does the head chef tell the sous chef?", Intent.ASK),
        ("Give me an overview of the head chef", Intent.DESCRIBE),
        ("What is the most important duty of the head chef?", Intent.ASK),
        ("Where does the head chef work?", Intent.ASK),  # small words alone ask for something
        ("How many people does the head chef have?", Intent.ASK),
        ("Why does the head chef do it?", Intent.ASK),
        ("Who works for the head chef?", Intent.WHICH),
        ("Who is the head chef?", Intent.DESCRIBE),
    ],
)
def test_what_is_asked_of_two_roles_is_told_apart(reader: QuestionReader, message: str, intent: Intent) -> None:
    assert reader.read([message]).intent is intent


@pytest.mark.parametrize(
    ("message", "everything"),
    [
        ("Explain the difference between head chef and sous chef to me like I'm five", True),
        ("How do head chef and sous chef differ? I have an interview tomorrow", True),
        ("head chef vs sous chef, please, for my nephew", True),
        ("How do head chef and sous chef differ in their shoes?", False),  # names a respect
        ("head chef vs sous chef: shoes", False),
        ("Compare the shoes of head chef and sous chef", False),
        ("How do head chef and sous chef differ in budget?", False),
        ("How do head chef and sous chef differ? Which one sings?", False),
        ("Do head chef and sous chef sing?", False),
    ],
)
def test_for_whom_or_why_a_comparison_is_asked_is_no_respect(
    reader: QuestionReader, message: str, everything: bool
) -> None:
    assert (reader.read([message]).intent is Intent.COMPARE_ALL) is everything


def test_who_is_only_mentioned_gets_no_remark_that_no_article_compares_them(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Does the head chef pay for what the executive assistant books?"])
    assert answer.reason is not Reason.PAIR_NOT_COMPARED
    assert "Executive Assistant" not in answer.message


@pytest.mark.parametrize(
    ("question", "outcome", "reason"),
    [
        ("What do the operations manager and the production manager have in common?", Outcome.ANSWERED, None),
        ("What do the head chef and the office manager have in common?", Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED),
        ("What do they have in common?", Outcome.UNCLEAR, Reason.AMBIGUOUS),  # who?
    ],
)
def test_what_roles_have_in_common_is_told_where_one_article_says_it(
    small_assistant: Assistant, question: str, outcome: Outcome, reason: Reason | None
) -> None:
    answer = small_assistant.answer([question])
    assert (answer.outcome, answer.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("True or false: The sous chef hires the brigade.", "Is it true that the sous chef hires the brigade?"),
        ("True or false? The sous chef hires the brigade.", "Is it true that the sous chef hires the brigade?"),
        ("The sous chef hires the brigade, true or false?", "Is it true that the sous chef hires the brigade?"),
        ("Yes or no: does the sous chef hire the brigade?", "does the sous chef hire the brigade?"),
        ("Does the sous chef tell right from wrong?", "Does the sous chef tell right from wrong?"),
    ],
)
def test_what_is_to_be_called_true_or_false_is_a_yes_or_no_question(
    reader: QuestionReader, message: str, text: str
) -> None:
    question = reader.read([message])
    assert (question.text, question.message, question.intent) == (text, message, Intent.YES_NO)


@pytest.mark.parametrize("opening", ["in the ", "on it ", "so ", "in a b c d "])
def test_a_long_opening_is_read_in_no_time(opening: str) -> None:
    started = time.perf_counter()
    assert intent_of(opening * (2_000 // len(opening))) is Intent.ASK
    assert time.perf_counter() - started < 1
