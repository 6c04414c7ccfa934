"""A question that asks for two things is taken apart, any other is left whole."""

from __future__ import annotations

import pytest

from assistant.parts import parts_of
from assistant.question import QuestionReader


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "What may a head chef decide, and with which tools does he work?",
            ("What may a head chef decide", "Head Chef: with which tools does he work?"),
        ),
        (
            "Who chooses the fish supplier and who trains young cooks?",
            ("Who chooses the fish supplier", "who trains young cooks?"),
        ),
        (
            "Who tunes the hyperparameters and justifies idle GPU hours?",
            ("Who tunes the hyperparameters?", "Who justifies idle GPU hours?"),
        ),
        (
            "Who trains the young cooks? Who bargains with growers?",
            ("Who trains the young cooks?", "Who bargains with growers?"),
        ),
        ("Who hires and trains the young cooks?", ()),  # one thing
        ("How do the head chef and the sous chef differ in team?", ()),  # two roles, one thing
        ("Which supplies are bought, and by whom?", ()),  # the second half says nothing alone
        ("Who has the bigger budget?", ()),
    ],
)
def test_a_question_is_taken_apart_where_it_asks_twice(
    reader: QuestionReader, question: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(reader.read([question])) == parts
