"""What must not be said cannot be built."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, replace

import pytest

from assistant.answer import Citation, Outcome, Reason, Verdict
from corpus.article import Span
from corpus.library import Library
from tests.assistant.pieces import BUDGET, CREW, MONEY, answer, citation, claim, evidence
from tests.small import KITCHEN, OPERATIONS


def test_every_sentence_is_quoted_as_its_article_has_it(small_library: Library) -> None:
    for article in small_library.articles.values():
        for section in article.sections:
            for sentence in section.sentences:
                quote = Citation(article, section, sentence).quote
                assert quote == article.text[sentence.span.start : sentence.span.end] != ""


def test_a_citation_leads_to_its_sentence_in_the_reader(small_library: Library) -> None:
    cited = citation(small_library, BUDGET)
    assert cited.url == f"/articles/{OPERATIONS}#s{cited.sentence.number}"


def test_a_sentence_cannot_be_cited_from_another_article(small_library: Library) -> None:
    found = evidence(small_library, BUDGET)
    with pytest.raises(ValueError, match=f"nowhere in {KITCHEN}"):
        Citation(small_library.articles[KITCHEN], found.section, found.sentence)


def test_a_sentence_cannot_be_cited_from_another_section(small_library: Library) -> None:
    with pytest.raises(ValueError, match="stands nowhere"):
        replace(citation(small_library, BUDGET), section=evidence(small_library, CREW).section)


def test_a_sentence_with_other_bounds_or_other_roles_cannot_be_cited(small_library: Library) -> None:
    cited = citation(small_library, BUDGET)
    for made_up in (replace(cited.sentence, span=Span(0, 9)), replace(cited.sentence, roles=("Sous Chef",))):
        with pytest.raises(ValueError, match="stands nowhere"):
            replace(cited, sentence=made_up)


def test_a_claim_needs_words_and_a_citation(small_library: Library) -> None:
    for missing in ({"text": ""}, {"citations": ()}):
        with pytest.raises(ValueError, match="needs words and a citation"):
            claim(small_library, BUDGET, **missing)


@pytest.mark.parametrize("outcome", Outcome)
def test_only_an_answer_that_answers_has_claims_and_it_has_some(small_library: Library, outcome: Outcome) -> None:
    answers = outcome in (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)
    claims = (claim(small_library, BUDGET),)
    assert answer(*(claims if answers else ()), outcome=outcome).outcome is outcome
    with pytest.raises(ValueError, match=f"is {outcome.value} cannot have {0 if answers else 1} claims"):
        answer(*(() if answers else claims), outcome=outcome)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, math.inf, math.nan])
def test_a_confidence_outside_of_nought_and_one_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        answer(confidence=confidence)


@pytest.mark.parametrize("confidence", [0, 1])
def test_a_confidence_may_be_nought_or_one(confidence: float) -> None:
    assert answer(confidence=confidence).confidence == confidence


def test_an_answer_lists_each_citation_once_in_the_order_of_use(small_library: Library) -> None:
    first, second, third = (citation(small_library, words) for words in (CREW, BUDGET, MONEY))
    claims = (
        claim(small_library, CREW, citations=(first, second)),
        claim(small_library, BUDGET, citations=(second, third)),
        claim(small_library, CREW),
    )
    assert answer(*claims).citations() == (first, second, third)


def test_an_answer_stays_as_it_was_made() -> None:
    made = answer()
    with pytest.raises(FrozenInstanceError):
        made.message = "The articles do not say."  # type: ignore[misc]


def test_outcomes_reasons_and_verdicts_are_those_of_the_contract() -> None:
    assert [one.value for one in Outcome] == ["answered", "partly_answered", "not_covered", "unclear"]
    assert {one.value for one in Reason} == {
        "unknown_role", "topic_not_covered", "pair_not_compared", "false_premise", "off_topic", "ambiguous",
    }  # fmt: skip
    assert [one.value for one in Verdict] == ["supported", "partly_supported", "contradicted"]
