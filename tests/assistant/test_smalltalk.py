"""Greetings, thanks and farewells get a kind word; a question never does."""

from __future__ import annotations

import pytest

from assistant.smalltalk import FAREWELL, GREETING, THANKS, reply_to


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("Hello", GREETING),
        ("hi there!", GREETING),
        ("HEY :-)", GREETING),  # upper case, punctuation
        ("Good morning, everyone.", GREETING),
        ("Hello, how are you today?", GREETING),
        ("  good\n evening ", GREETING),  # white space
        ("Thanks!", THANKS),
        ("ok, thank you so much", THANKS),
        ("Great - many thanks for your help", THANKS),
        ("thanks, bye!", THANKS),  # thanks first
        ("Bye", FAREWELL),
        ("see you later", FAREWELL),
        ("Goodbye everyone!", FAREWELL),
    ],
)
def test_small_talk_is_answered_in_kind(message: str, reply: str) -> None:
    assert reply_to(message) == reply


@pytest.mark.parametrize(
    "message",
    [
        "Hello, who has the bigger budget?",  # a greeting and a question
        "Thanks. And the team?",  # thanks and a follow-up
        "Good managers lead well",  # begins like a greeting
        "High or low rank?",  # begins with the letters of one
        "Who says hello to guests?",  # has one inside
        "Thankless tasks",  # begins with the letters of thanks
        "see how they differ",  # begins like a farewell
        "budget",  # a word
        "?!",  # no words
        "",  # nothing
    ],
)
def test_a_question_is_no_small_talk(message: str) -> None:
    assert reply_to(message) is None
