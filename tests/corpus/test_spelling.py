"""Typing errors in a question are put right towards the words of the articles; what is right stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import shipped_texts
from corpus.spelling import Spelling, is_comparative, is_verb

SPELLING = Spelling(
    ["The Manager handles the budget.", "Überstunden, machinery and recipes"], ["the badger gets money"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bugdet", "budget"),  # two letters swapped
        ("buget", "budget"),  # a letter missing
        ("budgget", "budget"),  # a letter too many
        ("bidget", "budget"),  # a wrong letter
        ("BUGDET", "budget"),  # upper case
        ("machinrey", "machinery"),  # in a longer word
        ("machnrey", "machinery"),  # in a longer word two errors are forgiven
        ("WHO HANDELS THE BUGDET", "WHO handles THE budget"),  # all in capitals
        ("the bugdet: who handels it?", "the budget: who handles it?"),  # in a sentence
        ("überstundn", "überstunden"),  # with an umlaut
    ],
)
def test_a_typing_error_is_put_right(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "budget",  # right
        "Budget",  # right, in another case
        "budgets",  # the plural of a right word
        "recipe",  # the singular
        "the badger",  # an ordinary word that the articles do not use
        "badgers",  # its plural
        "tha",  # too short to tell
        "gudget",  # another first letter
        "bigger",  # two errors away in a short word
        "mochnry tools",  # short, two errors away, and one of them no vowel left out
        "zebra",  # nothing is near
        "gadget handled bodged",  # ordinary English, near to words of the articles
        "is Buget a town?",  # a name
        "budg3t 2026 b_dget",  # numbers
        "",  # nothing
        "?! … 😀",  # no words
    ],
)
def test_what_may_be_meant_as_it_stands_stays(text: str) -> None:
    assert SPELLING.corrected(text) == text


def test_nobody_is_corrected_towards_an_ordinary_word() -> None:
    assert SPELLING.corrected("baddger") == "baddger"


def test_without_texts_nothing_is_corrected() -> None:
    assert Spelling([]).corrected("The bugdet of the mangaer") == "The bugdet of the mangaer"


@given(st.text(max_size=80))
def test_a_second_look_changes_nothing_more(text: str) -> None:
    once = SPELLING.corrected(text)
    assert SPELLING.corrected(once) == once


@given(st.lists(st.sampled_from(["manager", "handles", "budget", "badger", "money", "recipes", ", ", " ", "12"])))
def test_right_words_are_never_touched(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert SPELLING.corrected(text) == text


@pytest.mark.parametrize(
    "word",
    [
        "maths",
        "mins",
        "standups",
        "offboarding",
        "influencer",
        "influencers",
    ],  # the dictionary has the words they are of
)
def test_a_well_formed_word_is_right_though_the_dictionary_lacks_it(word: str) -> None:
    near = Spelling(["moths minds stands onboarding influence influences"])
    assert near.corrected(f"who needs {word}") == f"who needs {word}"


@pytest.mark.parametrize(("typed", "meant"), [("operater", "operator"), ("supervisers", "supervisors")])
def test_er_for_or_is_a_slip(typed: str, meant: str) -> None:
    assert Spelling([meant]).corrected(typed) == meant


@pytest.mark.parametrize("word", ["resign", "fired", "demoted", "woman", "election", "elephant", "boring", "Paris"])
def test_right_english_is_not_taken_for_a_word_of_the_shipped_articles(word: str) -> None:
    assert Spelling(shipped_texts()).corrected(f"What about {word}?") == f"What about {word}?"


@pytest.mark.parametrize(
    ("word", "verb"),
    [("hires", True), ("promotes", True), ("teaches", True), ("carries", True), ("writes", True), ("tools", False),
     ("suppliers", False), ("budgets", False), ("holidays", False)],
)  # fmt: skip
def test_a_verb_is_told_from_a_plural_by_its_past(word: str, verb: bool) -> None:
    assert is_verb(word) is verb


@pytest.mark.parametrize(
    ("form", "raised"), [("bigger", True), ("longest", True), ("reminder", False), ("request", False)]
)
def test_an_adjective_is_told_raised_by_its_other_forms(form: str, raised: bool) -> None:
    assert is_comparative(form) is raised
