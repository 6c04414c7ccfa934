"""Titles say which roles an article compares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.titles import joined_in_title, roles_in_title


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Chef vs Cook", ("Chef", "Cook")),  # the plain form
        ("Chef vs. Cook", ("Chef", "Cook")),  # with a full stop
        ("Chef VERSUS Cook", ("Chef", "Cook")),  # written out, upper case
        ("A Chef compared to the Cook", ("Chef", "Cook")),  # with articles
        ("Chef vs Cook: Differences", ("Chef", "Cook")),  # a tail after a colon
        ("Chef vs Cook – Who Does What?", ("Chef", "Cook")),  # a tail after a dash
        ("Chef vs Cook | The Blog", ("Chef", "Cook")),  # the name of the site
        ("Chef vs Cook (2026)", ("Chef", "Cook")),  # a tail in parentheses
        ("“Chef” vs “Cook”", ("Chef", "Cook")),  # in quotation marks
        ("Chef vs Cook vs Baker", ("Chef", "Cook", "Baker")),  # three
        ("Differences between a Chef and a Cook", ("Chef", "Cook")),  # as a sentence
        ("The main difference between a General Manager (GM) and an Operations Manager",
         ("General Manager", "Operations Manager")),  # with an abbreviation
        ("The difference between a chef, a cook and the baker", ("chef", "cook", "baker")),  # three in a sentence
        ("Differences between Chefs, Cooks, and Bakers", ("Chefs", "Cooks", "Bakers")),  # in the plural
        ("Differences between a Health, Safety and Environment Manager and a Chef",
         ("Health, Safety and Environment Manager", "Chef")),  # a name that is a list itself
        ("Vice President of Sales vs Head of Sales", ("Vice President of Sales", "Head of Sales")),  # long names
        ("Know your kitchen: Chef vs Cook", ("Chef", "Cook")),  # what opens a series
        ("The Blog | Chef vs Cook: who leads?", ("Chef", "Cook")),  # the name of the site before it
        ("Choosing a job? Chef vs Cook", ("Chef", "Cook")),  # a question before it
        ("Memo - Chef vs Cook", ("Chef", "Cook")),  # a kind of text before it
        ("Chef", ()),  # one role
        ("How kitchens work", ()),  # no comparison
        ("", ()),  # nothing
        ("vs Cook", ()),  # one side is missing
        ("One two three four five six seven vs Cook", ()),  # a side too long to be a name
    ],
)  # fmt: skip
def test_a_title_names_the_roles_it_compares(title: str, roles: tuple[str, ...]) -> None:
    assert roles_in_title(title) == roles


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        ("Payroll Clerk and HR Officer: who does what", (("Payroll Clerk", "HR Officer"),)),  # and
        ("Chef or Cook?", (("Chef", "Cook"),)),  # or
        ("Chef & Cook", (("Chef", "Cook"),)),  # an ampersand
        ("Chef, Cook and Baker: who does what", (("Chef", "Cook", "Baker"),)),  # a list
        ("Chef, Cook, or Baker?", (("Chef", "Cook", "Baker"),)),  # with a comma before its last
        ("Memo: Chef and Cook – what is whose", (("Chef", "Cook"),)),  # a kind of text before it
        ("Food and Drink: Chef and Cook", (("Food", "Drink"), ("Chef", "Cook"))),  # two parts that join
        ("Chef", ()),  # one side
    ],
)
def test_a_title_may_join_its_sides(title: str, sides: tuple[tuple[str, ...], ...]) -> None:
    assert joined_in_title(title) == sides


@given(st.text(max_size=80), st.sampled_from([" vs ", " and ", " difference between ", ": ", ""]), st.text(max_size=80))
def test_names_from_any_title_are_never_empty(first: str, joint: str, second: str) -> None:
    for names in (roles_in_title(first + joint + second), *joined_in_title(first + joint + second)):
        assert len(names) != 1
        assert all(name.strip() for name in names)
