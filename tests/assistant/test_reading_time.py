"""However often a question repeats itself, it is read in a moment: a minute's reading would stop the whole server."""

from __future__ import annotations

import time

import pytest

from assistant.limits import LONGEST_QUESTION
from assistant.question import QuestionReader

FIRST = "Who has the bigger budget, the head chef or the sous chef?"
LONGEST = 5  # seconds; a machine that does other work takes a second for the slowest


@pytest.mark.parametrize(
    "repeated",
    [
        "chef", "nurse", "mayor", "1 chef", "in the", "on a", "so", "who is above the chef", "a chef and",
        "chef or nurse", "and what does the chef", "both", "what does it cost", "until when", "head chef, sous chef;",
        "“team” in “menu”", "does she cook and also shop", "who reports to whom", "the other one", "no, I meant",
        "each of the three", "PT (",
    ],
)  # fmt: skip
def test_a_question_that_repeats_itself_is_read_in_a_moment(reader: QuestionReader, repeated: str) -> None:
    asked = (f"{repeated} " * LONGEST_QUESTION)[:LONGEST_QUESTION].strip()
    started = time.perf_counter()
    reader.read([asked])
    reader.read([FIRST, asked])
    assert time.perf_counter() - started < LONGEST
