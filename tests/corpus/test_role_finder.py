"""Role names are found as people write them, and verbs are no roles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.role_finder import RoleFinder, names_of

ROLES = (
    ("Operations Manager", ("ops lead", "OM")),
    ("Office Manager", ("OM",)),
    ("Production Manager", ()),
    ("Head of Operations", ()),
    ("Teacher", ()),
    ("Recruiter", ()),
    ("Organizational Development Manager", ()),
    ("Sous Chef", ("second chef", "chef")),
    ("Chef", ()),
    ("Kitchen Lead", ("kitchen sous",)),
)
FINDER = RoleFinder(names_of(ROLES))


def found(text: str, *, misspelt: bool = True) -> list[tuple[str, tuple[str, ...]]]:
    mentions = FINDER.find(text, misspelt=misspelt)
    return [(text[mention.span.start : mention.span.end], mention.roles) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        ("an operations manager decides", "operations manager", "Operations Manager"),  # lower case
        ("OPERATIONS MANAGERS decide", "OPERATIONS MANAGERS", "Operations Manager"),  # plural, upper case
        ("the operation manager", "operation manager", "Operations Manager"),  # singular of the first word
        ("an Operations Manager's budget", "Operations Manager's", "Operations Manager"),  # possessive
        ("the Operations Managers’ budget", "Operations Managers", "Operations Manager"),  # plural possessive
        ("is the ops mgr in?", "ops mgr", "Operations Manager"),  # abbreviated words
        ("organisational development manager", "organisational development manager",
         "Organizational Development Manager"),  # British spelling
        ("sous-chef", "sous-chef", "Sous Chef"),  # a hyphen for the space
        ("the head of ops", "head of ops", "Head of Operations"),  # longer than any name inside it
        ("ask the ops lead", "ops lead", "Operations Manager"),  # an alias
        ("a prodction maneger", "prodction maneger", "Production Manager"),  # two typing errors
        ("produciton manager", "produciton manager", "Production Manager"),  # two letters swapped
        ("a recruter calls", "recruter", "Recruiter"),  # one long word misspelt
    ],
)  # fmt: skip
def test_a_role_is_found_as_people_write_it(text: str, quote: str, role: str) -> None:
    assert found(text) == [(quote, (role,))]


@pytest.mark.parametrize(
    "text",
    [
        "how do I manage operations",  # a verb and a department
        "she teaches physics",  # a verb close to "teacher"
        "they manage production",  # a verb close to "manager"
        "the manager",  # a noun that many roles share
        "productive people",  # a word close to "production"
        "",  # nothing
        "?!",  # no words
    ],
)
def test_what_only_resembles_a_role_is_none(text: str) -> None:
    assert found(text) == []


def test_typing_errors_are_forgiven_only_on_request() -> None:
    assert found("a prodction maneger", misspelt=False) == []


def test_an_alias_of_two_roles_gives_both() -> None:
    assert found("the OM") == [("OM", ("Operations Manager", "Office Manager"))]


def test_the_own_name_of_a_role_beats_the_alias_of_another() -> None:
    assert found("the chef") == [("chef", ("Chef",))]


def test_mentions_come_in_reading_order_misspelt_or_not() -> None:
    text = "A prodction manager, a teacher and an opertions manager"
    assert [role for _, (role,) in found(text)] == ["Production Manager", "Teacher", "Operations Manager"]


def test_no_name_reaches_over_a_comma_into_a_longer_one() -> None:
    assert found("who leads in a kitchen, sous chef or teacher") == [
        ("sous chef", ("Sous Chef",)),
        ("teacher", ("Teacher",)),
    ]


def test_a_finder_without_names_finds_nothing() -> None:
    assert RoleFinder({}).find("an operations manager", misspelt=True) == ()


WORDS = st.sampled_from(
    ["operations", "ops", "manager", "mgr", "prodction", "production", "chef", "sous", "OM", "the", "of", "head", ","]
)


@given(st.one_of(st.text(max_size=100), st.lists(WORDS, max_size=15).map(" ".join)))
def test_mentions_in_any_text_stand_in_order_do_not_overlap_and_name_known_roles(text: str) -> None:
    mentions = FINDER.find(text, misspelt=True)
    pairs = pairwise(mentions)
    assert all(first.span.end <= second.span.start for first, second in pairs)
    assert all(mention.span.end <= len(text) for mention in mentions)
    assert {role for mention in mentions for role in mention.roles} <= {name for name, _ in ROLES}


def test_what_was_read_once_is_found_alike() -> None:
    finder = RoleFinder(names_of([("Head Chef", ())]))
    texts = ["The head chef cooks.", "Nobody cooks."]
    assert [finder.having_read(texts).find(text) for text in [*texts, "A head chef"]] == [
        finder.find(text) for text in [*texts, "A head chef"]
    ]
