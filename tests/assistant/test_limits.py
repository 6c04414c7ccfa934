"""How long questions and conversations may be."""

from __future__ import annotations

import pytest

from assistant.limits import LONGEST_QUESTION, MOST_TURNS, LimitError, checked_question, checked_turns


def test_the_limits_are_those_of_the_contract() -> None:
    assert LONGEST_QUESTION == 2_000
    assert MOST_TURNS == 20


@pytest.mark.parametrize(
    "question",
    [
        "?",  # one character
        "x" * LONGEST_QUESTION,  # just short enough
        "😀" * LONGEST_QUESTION,  # characters are counted, not bytes
        "  Who\nleads?  ",  # white space is left as typed
    ],
)
def test_a_good_question_passes_as_it_was_typed(question: str) -> None:
    assert checked_question(question) == question


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "is empty. Ask something"),  # nothing
        (" \t\n\u00a0", "is empty. Ask something"),  # nothing to be seen
        ("x" * 2_001, "has 2,001 characters, the limit is 2,000. Shorten it."),  # one too many
        (" " * 1_000 + "x" * 1_001, "has 2,001 characters"),  # white space counts
        ("Who\ud800?", "half a character"),  # nothing that UTF-8 can write
        (None, "must be text"),  # no text
        (7, "must be text"),
        (["Who?"], "must be text"),
    ],
)
def test_a_question_that_cannot_be_taken_says_why_and_what_to_do(question: object, says: str) -> None:
    with pytest.raises(LimitError, match=says):
        checked_question(question)


def test_a_conversation_of_most_turns_passes() -> None:
    turns = [f"Question {number}" for number in range(MOST_TURNS)]
    assert checked_turns(turns) == tuple(turns)


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        ([], "There is no question"),  # none
        (["Who?"] * 21, "There are 21 messages, the limit is 20"),  # one too many
        (["Who?", " "], "is empty"),  # the last is empty
        ([" ", "Who?"], "is empty"),  # an earlier one is
        ([{"text": "Who?"}], "must be text"),  # no text
        (["x" * 2_001, "Who?"], "Shorten it"),  # an earlier one is too long
    ],
)
def test_a_conversation_that_cannot_be_taken_says_why(turns: list[object], says: str) -> None:
    with pytest.raises(LimitError, match=says):
        checked_turns(turns)
