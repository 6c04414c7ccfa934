"""A pronoun beside the name of a role stands for that role or for one spoken of before."""

from __future__ import annotations

import pytest

from assistant.conversation import Conversation
from assistant.pronouns import PRONOUN, pointing_back
from corpus.library import Library


@pytest.mark.parametrize(
    ("message", "pronoun"),
    [
        ("Can she become a head chef?", "she"),
        ("Does the head chef pay her?", "her"),
        ("Does the head chef report to them?", "them"),
        ("Does the head chef earn more than he does?", "he"),
        ("What does the head chef cook that she doesn't?", "she"),
        ("Does the head chef like his soup?", None),
        ("What does the head chef do when she is ill?", None),
        ("Does the head chef tell the sous chef to replace her?", None),
        ("If my brother cooks, does he help the head chef?", None),
        ("Which of them pays the head chef?", None),
        ("Does the head chef travel?", None),
    ],
)
def test_a_pronoun_that_no_name_beside_it_explains_points_back(
    small_library: Library, message: str, pronoun: str | None
) -> None:
    finder = small_library.catalogue.finder_within(small_library.roles())
    found = pointing_back(message, finder.find(message, misspelt=True))
    assert (found.group() if found else None) == pronoun


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Ask her for advice.", "object"),
        ("Should I ask her?", "object"),
        ("Who tells her what to do?", "object"),
        ("Who is in her team?", "owner"),
        ("Is it his?", "own"),
    ],
)
def test_her_is_an_owner_before_a_noun_alone(message: str, kind: str) -> None:
    found = PRONOUN.search(message)
    assert found
    assert found[kind]


def test_a_role_of_some_turns_ago_is_found_by_its_short_name(small_library: Library) -> None:
    finder = small_library.catalogue.finder_within(small_library.roles())
    turns = ("What does the executive assistant type?", "What does the head chef buy?", "Does he travel?")
    read = Conversation(small_library.catalogue, finder, {}).standalone([*turns, "And the executive one: is she loud?"])
    assert (read.text, read.roles) == ("What about the Executive Assistant: is she loud?", ("Executive Assistant",))
