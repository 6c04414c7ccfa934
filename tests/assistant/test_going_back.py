"""After an answer one may ask for more of it, for its reasons and for what it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome, Reason
from assistant.chat import Assistant
from tests.small import assistant_of, library_of

PAGE = """# Baker vs Butcher

## Hours

The Baker starts at three. The Baker sleeps at noon, because the ovens cool down then. The Baker sings while kneading.
The Baker opens the door at six. The Baker sweeps the floor at seven. The Baker goes home at eight.
The Butcher starts at six.

## Tools

The Butcher cuts with a long knife. The Baker kneads with a machine.

## Apprentices

The Baker trains two apprentices.
"""
ASKED = "What does the butcher cut with, which knife?"


@pytest.fixture(scope="module")
def trades(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("trades")
    return assistant_of(library_of(folder / "a", {"baker-vs-butcher": PAGE}), folder / "i")


def quotes(answer: Answer) -> set[str]:
    return {citation.quote for citation in answer.citations()}


HOURS = ("When does the baker start, at three?",)


def test_more_is_the_rest_of_the_section_until_there_is_no_more(trades: Assistant) -> None:
    first, more = trades.answer(HOURS), trades.answer([*HOURS, "What else?"])
    assert more.outcome is Outcome.ANSWERED
    assert not quotes(first) & quotes(more)
    assert all("Baker" in quote for quote in quotes(more))
    done = trades.answer([*HOURS, "What else?", "what else?", "and more?"])
    assert (done.outcome, done.reason, done.claims) == (Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, ())
    assert done.message == "The articles say no more about this."
    assert done.suggestions


def test_a_reason_is_given_if_there_is_one(trades: Assistant) -> None:
    assert quotes(trades.answer([*HOURS, "why?"])) == {"The Baker sleeps at noon, because the ovens cool down then."}
    none = trades.answer([ASKED, "Why?"])
    assert (none.outcome, none.message) == (Outcome.NOT_COVERED, "The articles give no reason for this.")


@pytest.mark.parametrize("doubt", ["Are you sure?", "Where does it say that?"])
def test_doubt_is_answered_with_what_the_answer_rests_on(trades: Assistant, doubt: str) -> None:
    first, again = trades.answer([ASKED]), trades.answer([ASKED, doubt])
    assert again.citations() == first.citations()
    assert again.message.startswith("The answer rests on")
    assert again.standalone_question == ASKED


def test_less_is_one_claim_for_each_role_then_one_alone(trades: Assistant) -> None:
    both = ["At what hour do the baker and the butcher start?"]
    first, less = trades.answer(both), trades.answer([*both, "shorter, please"])
    assert less.claims == first.claims[: len(less.claims)]
    assert len(less.claims) < len(first.claims)
    single = trades.answer([ASKED, "in one sentence"])
    assert single.citations() == trades.answer([ASKED]).citations()[:1]


def test_a_comparison_in_short_is_its_first_topic(trades: Assistant) -> None:
    answer = trades.answer(["Compare baker and butcher", "that's too long"])
    assert answer.comparison is None
    assert {citation.section.heading for citation in answer.citations()} == {"Hours"}


def test_more_of_a_description_is_its_next_topics(trades: Assistant) -> None:
    first = trades.answer(["What does the baker do?"])
    more = trades.answer(["What does the baker do?", "and what else does he do?"])
    assert [citation.section.heading for citation in first.citations()] == ["Hours", "Tools"]
    assert quotes(more) == {"The Baker trains two apprentices."}


@pytest.mark.parametrize("message", ["What else?", "Shorter!", "Why?", "And the tools?"])
def test_the_self_contained_question_has_the_same_answer(trades: Assistant, message: str) -> None:
    answer = trades.answer([*HOURS, message])
    alone = trades.answer([answer.standalone_question])
    assert (alone.outcome, alone.citations()) == (answer.outcome, answer.citations())


def test_the_last_question_is_gone_on_from_after_more_was_asked(trades: Assistant) -> None:
    answer = trades.answer([*HOURS, "What else?", "And the butcher?"])
    assert answer.standalone_question.startswith("When does the Butcher start, at three?")
