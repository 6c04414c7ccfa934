"""Words compare by one form: lower case, singular, without possessive, in one spelling."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import comparable, forms, words


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Managers", "manager"),  # plural and capital
        ("manager's", "manager"),  # possessive
        ("manager’s", "manager"),  # possessive with a typographic apostrophe
        ("duties", "duty"),  # plural in -ies
        ("coaches", "coach"),  # plural in -ches
        ("bosses", "boss"),  # plural in -sses
        ("boss", "boss"),  # no plural, though it ends in s
        ("analysis", "analysis"),  # no plural
        ("status", "status"),  # no plural
        ("its", "its"),  # too short for a plural
        ("ops", "operation"),  # an abbreviation
        ("operations", "operation"),  # the same word, written out
        ("mgr", "manager"),  # an abbreviation
        ("Mgrs", "manager"),  # its plural
        ("organisation", "organization"),  # British spelling
        ("Organisations", "organization"),  # British spelling, plural
        ("organization", "organization"),  # American spelling
        ("counsellors", "counselor"),  # British spelling, plural
        ("centre", "center"),  # British spelling
        ("R&D", "r&d"),  # an ampersand inside a word
        ("STRASSE", "strasse"),  # folded
    ],
)
def test_a_word_has_one_comparable_form(word: str, form: str) -> None:
    assert comparable(word) == form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),  # nothing
        ("—, … !", ()),  # no words
        ("The Ops Mgr's budgets", ("the", "operation", "manager", "budget")),  # a phrase
        ("Head-Chef/Sous Chef", ("head", "chef", "sous", "chef")),  # hyphen and slash part words
        ("snake_case", ("snake", "case")),  # so does an underscore
    ],
)
def test_a_text_is_compared_by_the_forms_of_its_words(text: str, expected: tuple[str, ...]) -> None:
    assert forms(text) == expected


def test_a_word_says_where_it_stands_in_the_text_as_written() -> None:
    text = "The Ops Mgr’s plan"
    assert [text[word.span.start : word.span.end] for word in words(text)] == ["The", "Ops", "Mgr’s", "plan"]


@given(st.text(max_size=200))
def test_the_words_of_any_text_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = words(text)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    assert all(comparable(text[word.span.start : word.span.end]) == word.form for word in found)
