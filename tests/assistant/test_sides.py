"""Which of the roles that a question names it asks about, and which it only mentions."""

from __future__ import annotations

import pytest

from assistant.sides import in_a_row, sides
from corpus.catalogue import shipped_catalogue

OFFICE, ASSISTANT, PLUMBER = "Office Manager", "Executive Assistant", "Plumber"
CEO, COO = "Chief Executive Officer", "Chief Operating Officer"
PARTNERS = {OFFICE: [ASSISTANT], ASSISTANT: [OFFICE], CEO: [COO], COO: [CEO], PLUMBER: []}
FINDER = shipped_catalogue().finder_within(PARTNERS)


def asked(text: str) -> tuple[str, ...]:
    return sides(text, FINDER.find(text, misspelt=True), PARTNERS)


@pytest.mark.parametrize(
    "text",
    [
        "Does the executive assistant plan trips for the CEO?",
        "How does an executive assistant work with plumbers?",
        "What may the executive assistant tell the CEO?",
        "The executive assistant writes speeches for the CEO, right?",
        "In which room does the executive assistant meet the CEO?",
        "If there is no CEO, does the executive assistant decide?",  # whoever does something, wherever it stands
    ],
)
def test_a_role_that_is_only_mentioned_is_no_side(text: str) -> None:
    assert asked(text) == (ASSISTANT,)


@pytest.mark.parametrize(
    "text",
    [
        "Who travels more, the executive assistant or the CEO?",
        "executive assistant vs CEO",
        "Does the executive assistant earn as much as the CEO?",
        "Does an executive assistant travel more often than the CEO?",
        "Is the executive assistant senior to the CEO?",
        "Is an executive assistant the same as a CEO?",
        "How does the executive assistant's week differ from that of the CEO?",
        "What does the executive assistant do that the CEO doesn't?",
        "Executive assistant, CEO: budget",
        "Whose budget is it when executive assistants travel with CEOs?",  # nothing tells who does what
    ],
)
def test_roles_that_are_joined_or_compared_are_sides_though_no_article_compares_them(text: str) -> None:
    assert asked(text) == (ASSISTANT, CEO)


@pytest.mark.parametrize(
    "text",
    [
        "Does the office manager help the executive assistant?",
        "Our CEO travels. Who plans it, the office manager or the executive assistant?",
        "The trips of our CEO: does the office manager plan them, as the executive assistant says?",
    ],
)
def test_two_that_an_article_compares_are_sides_and_a_third_is_none(text: str) -> None:
    assert asked(text) == (OFFICE, ASSISTANT)


def test_what_is_joined_to_a_side_is_a_side_before_and_after_it() -> None:
    assert asked("Compare the plumber, the office manager, the executive assistant and the CEO") == (
        PLUMBER, OFFICE, ASSISTANT, CEO,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("office manager and executive assistant", True),
        ("plumber, office manager or the CEO", True),
        ("office manager", True),
        ("Does the office manager help the executive assistant?", False),
    ],
)
def test_names_in_a_row_have_nothing_but_joining_words_between_them(text: str, joined: bool) -> None:
    assert in_a_row(text, FINDER.find(text, misspelt=True)) is joined
