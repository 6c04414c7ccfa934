"""Answers about the three short articles, held against evidence named by hand."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome, Reason
from assistant.evaluation.trial import Trial, judge
from corpus.bank import BankQuestion, Kind, Split
from corpus.library import Library
from tests.assistant.pieces import BOTH, BUDGET, CREW, MONEY, answer, claim, evidence
from tests.small import KITCHEN, OPERATIONS

ELSEWHERE = "hires the brigade"


def asked(library: Library, *groups: str, roles: tuple[str, ...] = ("Operations Manager",)) -> BankQuestion:
    """Return a question that these sentences answer, each a side of its own."""
    quotes = (evidence(library, words) for words in groups)
    needed = tuple((found.article.quote(found.sentence.span),) for found in quotes)
    return BankQuestion("q-1", Kind.DIRECT, ("Whose is it?",), (OPERATIONS,), needed, roles, Split.TEST)


def judged(library: Library, question: BankQuestion, *cited: str) -> Trial:
    return judge(question, answer(*(claim(library, words) for words in cited)), library.articles, 0.25)


@pytest.mark.parametrize(
    ("cited", "hit", "full"),
    [
        ((BUDGET,), True, False),
        ((BUDGET, MONEY), True, True),
        ((MONEY, CREW, BUDGET), True, True),
        ((BOTH,), False, False),
        ((CREW,), False, False),
        ((), False, False),
    ],
)
def test_every_group_of_evidence_needs_its_sentence(
    small_library: Library, cited: tuple[str, ...], hit: bool, full: bool
) -> None:
    trial = judged(small_library, asked(small_library, BUDGET, MONEY), *cited)
    assert (trial.hit, trial.full) == (hit, full)


def test_one_of_several_alternatives_is_enough(small_library: Library) -> None:
    question = asked(small_library, BUDGET, MONEY)
    alternatives = (tuple(quote for (quote,) in question.evidence),)
    either = BankQuestion("q-2", Kind.DIRECT, question.turns, question.articles, alternatives, (), Split.TEST)
    assert judged(small_library, either, MONEY).full


def test_a_cited_sentence_is_evidence_or_beside_it_or_about_something_else(small_library: Library) -> None:
    trial = judged(small_library, asked(small_library, BUDGET), BUDGET, MONEY, CREW)
    assert [(one.evidence, one.paragraph, one.role) for one in trial.cited] == [
        (True, True, True),
        (False, True, False),
        (False, False, False),
    ]
    assert trial.cited[0].article == OPERATIONS
    assert BUDGET in trial.cited[0].quote


def test_the_role_is_not_judged_where_the_row_names_none(small_library: Library) -> None:
    trial = judged(small_library, asked(small_library, BUDGET, roles=()), BUDGET)
    assert [one.role for one in trial.cited] == [None]


def test_the_same_role_and_topic_in_another_article_is_no_hit_but_noticed(small_library: Library) -> None:
    team = evidence(small_library, "leads several teams")
    quote = team.article.quote(team.sentence.span)
    question = BankQuestion("q-3", Kind.DIRECT, ("Who leads?",), (OPERATIONS,), ((quote,),), ("Head Chef",), Split.TEST)
    trial = judged(small_library, question, ELSEWHERE)
    assert trial.cited[0].article == KITCHEN
    assert (trial.hit, trial.right_elsewhere) == (False, True)
    assert not judged(small_library, question, "writes the menu").right_elsewhere


@pytest.mark.parametrize("outcome", [Outcome.NOT_COVERED, Outcome.UNCLEAR])
def test_a_question_without_evidence_is_rightly_refused(small_library: Library, outcome: Outcome) -> None:
    question = asked(small_library)
    refused = judge(question, answer(outcome=outcome, reason=Reason.AMBIGUOUS), small_library.articles, 0.1)
    assert (refused.answerable, refused.refused, refused.right, refused.hit, refused.full) == (
        False, True, True, False, False,
    )  # fmt: skip
    assert not judged(small_library, question, BUDGET).right
