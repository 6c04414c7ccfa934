"""Whatever is typed is read, and in a moment: an exception is no answer, and a minute's reading stops the server."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


PIECES = (
    "does", "is", "who", "what", "why", "which", "how many", "until when", "the head chef", "a nurse", "mayor",
    "manager", "and", "also", "or", "both", "all three", "the third one", "the other one", "her boss", "reports to",
    "under", "cost", "as well", "true or false:", "since", "in may", "2019", "budget", "buy fish", "“team”", "(", ")",
    ",", ":", "?", "no",
)  # fmt: skip
FRAGMENTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join)


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FRAGMENTS, st.booleans())
def test_whatever_is_typed_is_read(reader: QuestionReader, typed: str, follows: bool) -> None:
    assert reader.read([FIRST, typed] if follows else [typed]).message == typed


@pytest.mark.parametrize("torn", ["Is the head chef and ?", "Does the head chef buy fish and also ?"])
def test_a_question_that_breaks_off_is_one_question(reader: QuestionReader, torn: str) -> None:
    assert reader.read([torn]).parts == ()
