"""From the messages of a conversation to an answer, over three short articles."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Claim, Evidence, Outcome, Reason
from assistant.chat import Assistant
from assistant.render import NOT_STATED, to_markdown, to_object
from assistant.writer import ExtractiveWriter
from corpus.library import Library
from index.hits import Hit
from index.search import Searcher
from tests.assistant.pieces import BUDGET, CREW, MONEY, SOFTWARE, TEAMS
from tests.small import KITCHEN, OPERATIONS

BOTH_BUDGETS = "Who has the bigger budget, the operations manager or the production manager?"
CONVERSATIONS = (
    (BOTH_BUDGETS,),
    (BOTH_BUDGETS, "And their teams?"),
    ("Compare head chef and sous chef",),
    ("What does an executive assistant do?",),
    ("Who bargains with growers?",),
    ("What is the team of the sous chef?", "And the other one?"),
    ("What does a sous chef earn?",),
    ("Why is grass green?",),
)


def said(answer: Answer) -> dict[tuple[str, ...], str]:
    return {claim.roles: claim.text for claim in answer.claims}


def lasting(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in to_object(answer).items() if name not in ("id", "elapsed_ms")}


@pytest.mark.parametrize(
    ("turns", "first", "second"),
    [
        ((BOTH_BUDGETS,), BUDGET, MONEY),
        ((BOTH_BUDGETS, "And their teams?"), TEAMS, CREW),  # a follow-up
        (("Who has the larger budget?", "I mean ops manager and production manager"), BUDGET, MONEY),
        (("How do ops mgr and prodction manager differ in team?",), TEAMS, CREW),  # abbreviated, misspelt
    ],
)
def test_both_sides_are_answered_when_two_roles_are_asked_about(
    model_assistant: Assistant, turns: Sequence[str], first: str, second: str
) -> None:
    answer = model_assistant.answer(turns)
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, None)
    texts = said(answer)
    assert first in texts["Operations Manager",]
    assert second in texts["Production Manager",]


def test_one_side_is_answered_when_one_role_is_asked_about(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["What is the production manager's team?"])
    assert list(said(answer)) == [("Production Manager",)]
    assert CREW in answer.claims[0].text


def test_a_side_of_which_nothing_is_said_is_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Do the ops manager and the production manager choose the technology?"])
    assert answer.outcome is Outcome.PARTLY_ANSWERED
    assert answer.message == "The articles do not state this for the Production Manager."
    assert SOFTWARE in said(answer)["Operations Manager",]


def test_who_of_two_is_answered_by_the_sentence_on_the_one(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who chooses the technology, the ops manager or the production manager?"])
    assert (answer.outcome, answer.message) == (Outcome.ANSWERED, "")
    assert list(said(answer)) == [("Operations Manager",)]


def test_what_is_said_of_the_other_role_is_told_to_be_so(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Why does the production manager choose the technology?"])
    assert answer.message == (
        "The articles say this of the Operations Manager; they do not state this for the Production Manager."
    )


def test_roles_that_no_article_compares_are_answered_with_a_remark(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who has the bigger budget, the office manager or the production manager?"])
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, Reason.PAIR_NOT_COMPARED)
    assert answer.message.startswith("No article compares Office Manager and Production Manager")
    assert len({citation.article.id for citation in answer.citations()}) == 2


def test_a_comparison_has_both_columns_and_in_each_cell_a_citation_or_that_nothing_is_stated(
    model_assistant: Assistant,
) -> None:
    answer = model_assistant.answer(["Compare production manager and operations manager"])
    assert answer.comparison is not None
    assert answer.comparison.roles == ("Production Manager", "Operations Manager")
    _, *table = to_markdown(answer).split("\n\n")[-1].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1:]]
    assert [row[0] for row in rows] == ["**Budget**", "**Team**", "**Technology**", "**Career**"]
    cells = [cell for row in rows for cell in row[1:]]
    assert len(cells) == 8
    assert [cell for cell in cells if not cell.endswith("]")] == [f"*{NOT_STATED}*"]


def test_a_comparison_that_no_article_makes_is_composed_and_says_so(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Compare the production manager and the sous chef"])
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, Reason.PAIR_NOT_COMPARED)
    assert answer.message.startswith(
        "No article compares Production Manager and Sous Chef. This comparison is composed"
    )
    assert {citation.article.id for citation in answer.citations()} == {OPERATIONS, KITCHEN}


def test_a_role_is_described(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["What does a sous chef do?"])
    assert answer.outcome is Outcome.ANSWERED
    assert [claim.roles for claim in answer.claims] == [("Sous Chef",)] * 2


@pytest.mark.parametrize("turns", CONVERSATIONS)
def test_the_same_question_gets_the_same_answer(model_assistant: Assistant, turns: Sequence[str]) -> None:
    assert lasting(model_assistant.answer(turns)) == lasting(model_assistant.answer(turns))


def test_eight_threads_get_the_answers_that_one_gets(model_assistant: Assistant) -> None:
    alone = [lasting(model_assistant.answer(turns)) for turns in CONVERSATIONS]
    with ThreadPoolExecutor(8) as pool:
        together = [lasting(answer) for answer in pool.map(model_assistant.answer, CONVERSATIONS * 4)]
    assert together == alone * 4


@pytest.mark.parametrize("turns", CONVERSATIONS)
def test_every_cited_sentence_is_about_the_roles_of_its_claim(model_assistant: Assistant, turns: Sequence[str]) -> None:
    for claim in model_assistant.answer(turns).claims:
        for citation in claim.citations:
            assert set(claim.roles) <= set(citation.sentence.roles)


def test_an_answer_bears_the_id_given_or_a_random_one(model_assistant: Assistant) -> None:
    assert model_assistant.answer(["Who leads?"], answer_id="row 7").id == "row 7"
    drawn = {model_assistant.answer(["Hello"]).id for _ in range(50)}
    assert len(drawn) == 50
    assert min(len(one) for one in drawn) >= 22  # 128 bits in letters of 6 bits


@pytest.mark.parametrize("turns", [(), ("",), ("Who leads?", " \n")])
def test_a_blank_question_is_refused(model_assistant: Assistant, turns: Sequence[str]) -> None:
    with pytest.raises(ValueError, match="The question is empty"):
        model_assistant.answer(turns)


class Inventor:
    """A writer that makes something up."""

    def __init__(self, **invented: Any) -> None:
        self._invented = invented

    def write(self, evidence: Sequence[Evidence], sides: Sequence[str]) -> tuple[Claim, ...]:
        return tuple(replace(claim, **self._invented) for claim in ExtractiveWriter().write(evidence, sides))


class Silence:
    """A search that finds nothing."""

    def search(self, question: str, articles: Sequence[str] | None = None) -> Sequence[Hit]:
        del question, articles
        return []


@pytest.mark.parametrize("invented", [{"text": "Both are rich."}, {"roles": ("Sous Chef", "Head Chef")}])
@pytest.mark.parametrize("question", [BOTH_BUDGETS, "What does an ops manager do?"])
def test_a_writer_that_makes_things_up_is_not_believed(
    small_library: Library, searcher: Searcher, invented: dict[str, Any], question: str
) -> None:
    answer = Assistant(small_library, searcher, Inventor(**invented)).answer([question])
    assert (answer.outcome, answer.reason) == (Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED)


def test_what_the_search_does_not_find_is_not_answered(small_library: Library) -> None:
    answer = Assistant(small_library, Silence()).answer([BOTH_BUDGETS])
    assert (answer.outcome, answer.reason) == (Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED)
    assert answer.suggestions


PIECES = st.sampled_from(
    ["head chef", "sous chef", "OM", "ops manager", "budget", "compare", "and", "the other one", "nurse", "?", "thanks"]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=5).map(" ".join) | st.text(max_size=40), min_size=1, max_size=4))
def test_whatever_is_typed_gets_an_answer_of_the_contract(small_assistant: Assistant, turns: list[str]) -> None:
    answer = small_assistant.answer([*turns, "and the team?"])
    assert to_markdown(answer)
    assert all(claim.text == " ".join(claim.citations[0].quote.split()) for claim in answer.claims)
    assert answer.claims or (answer.reason and answer.suggestions)
