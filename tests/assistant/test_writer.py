"""The extractive writer says what the sentences say, the first side first."""

from __future__ import annotations

from assistant.answer import Verdict
from assistant.writer import ExtractiveWriter
from corpus.library import Library
from tests.assistant.pieces import BOTH, BUDGET, CREW, MONEY, evidence

SIDES = ("Operations Manager", "Production Manager")


def test_a_claim_says_its_sentence_word_for_word(small_library: Library) -> None:
    found = evidence(small_library, CREW)
    (claim,) = ExtractiveWriter().write([found], SIDES)
    assert claim.text == claim.citations[0].quote == found.article.quote(found.sentence.span)
    assert (claim.roles, claim.topic, claim.verdict) == (SIDES[1:], "people and team", Verdict.SUPPORTED)


def test_the_first_side_comes_first_whatever_was_found_first(small_library: Library) -> None:
    found = [evidence(small_library, words) for words in (MONEY, BUDGET)]
    assert [claim.roles for claim in ExtractiveWriter().write(found, SIDES)] == [SIDES[:1], SIDES[1:]]
    assert [claim.roles for claim in ExtractiveWriter().write(found, SIDES[::-1])] == [SIDES[1:], SIDES[:1]]


def test_a_sentence_about_both_is_said_of_the_sides_asked_for_in_their_order(small_library: Library) -> None:
    found = [evidence(small_library, BOTH)]
    for sides in (SIDES, SIDES[::-1], SIDES[:1]):
        assert [claim.roles for claim in ExtractiveWriter().write(found, sides)] == [sides]


def test_a_sentence_about_no_side_asked_for_is_said_of_its_own_roles_last(small_library: Library) -> None:
    found = [evidence(small_library, words) for words in (CREW, BUDGET)]
    assert [claim.roles for claim in ExtractiveWriter().write(found, SIDES[:1])] == [SIDES[:1], SIDES[1:]]
