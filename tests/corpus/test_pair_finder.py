"""Names as people type them in a hurry: parts of names beside a partner, words cut short, people by the way."""

from __future__ import annotations

import pytest

from corpus.catalogue import shipped_catalogue
from corpus.pair_finder import telling_parts

ROLES = ("Fish Farmer", "Pond Keeper", "Pond Owner", "Net Maker", "Boat Builder", "Chief Boat Officer")
PARTNERS = {
    "Fish Farmer": ("Pond Keeper", "Net Maker"),
    "Pond Keeper": ("Fish Farmer",),
    "Net Maker": ("Fish Farmer",),
    "Boat Builder": ("Chief Boat Officer",),
    "Chief Boat Officer": ("Boat Builder",),
}
FINDER = shipped_catalogue().finder_within(ROLES, PARTNERS)


def found(text: str) -> list[str]:
    return [role for mention in FINDER.find(text, misspelt=True) for role in mention.roles]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("fish farmer or keeper?", ["Fish Farmer", "Pond Keeper"]),  # after
        ("net or fish farmer?", ["Net Maker", "Fish Farmer"]),  # before
        ("pond / fish farmer", ["Pond Keeper", "Fish Farmer"]),
        ("fish farmer vs the maker", ["Fish Farmer", "Net Maker"]),
        ("CBO or builder", ["Chief Boat Officer", "Boat Builder"]),  # beside initials
        ("fish farmer and net", ["Fish Farmer"]),  # "and" joins too much else
        ("pond and fish farmers", ["Pond Keeper", "Fish Farmer"]),  # but shares out a noun in the plural
        ("keeper or the farmer?", ["Pond Keeper", "Fish Farmer"]),  # two halves
        ("boat or lake?", []),  # of which one is none
        ("fish farmer or lake?", ["Fish Farmer"]),  # in no partner's name
        ("net maker or chief?", ["Net Maker"]),  # of a role with which it is not compared
        ("the fsh farmer", ["Fish Farmer"]),  # cut short
        ("chf boat officer", ["Chief Boat Officer"]),
        ("asks the CBO", ["Chief Boat Officer"]),  # a word before initials makes no other title of them
    ],
)
def test_a_name_is_found_as_it_is_typed(text: str, roles: list[str]) -> None:
    assert found(text) == roles


def test_no_name_reaches_over_a_semicolon() -> None:
    text = "who has the pond; keeper?"
    assert [text[named.span.start : named.span.end] for named in FINDER.find(text, misspelt=True)] == ["keeper"]


def test_the_words_that_tell_partners_apart() -> None:
    others = {"Pond Keeper": ["Pond Keeper"], "Pond Owner": ["Pond Owner", "Fish Owner"]}
    assert telling_parts(["Fish Farmer"], others) == {"keeper": "Pond Keeper", "owner": "Pond Owner"}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Do developers travel?", ["Software Engineer"]),
        ("the pay of developers", ["Software Engineer"]),
        ("Who talks to developers?", []),  # people by the way
        ("Which tools does a vet use?", ["Veterinarian"]),
        ("vet or vet nurse?", ["Veterinarian", "Veterinary Nurse"]),
        ("How do they vet the hens?", []),  # a verb
        ("Who is the manager of a product?", ["Product Manager"]),  # turned round
        ("Who helps at 5 pm?", []),  # a time of day
        ("Does the PM help?", ["Product Manager"]),
        ("Where does it lead?", []),
        ("Does the IT lead travel?", ["IT Manager"]),
        ("Which inspections are due?", []),  # a word of the dictionary is no misspelt inspector
        ("Does the inspecter travel?", ["Quality Inspector"]),
    ],
)
def test_ordinary_words_are_no_roles(text: str, roles: list[str]) -> None:
    finder = shipped_catalogue().finder_within(
        ("Software Engineer", "Product Manager", "IT Manager", "Quality Inspector"), {}
    )
    assert [role for mention in finder.find(text, misspelt=True) for role in mention.roles] == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("nurse or veterinarian?", [("Veterinary Nurse",), ("Veterinarian",)]),
        ("What does the nurse do?", [("Registered Nurse",)]),
        ("the chef or the restaurant manager?", [("Executive Chef",), ("Restaurant Manager",)]),
        ("What does the chef do?", [("Executive Chef", "Head Chef")]),
    ],
)
def test_the_role_beside_a_short_name_tells_whose_it_is(text: str, roles: list[tuple[str, ...]]) -> None:
    pairs = [("Veterinarian", "Veterinary Nurse"), ("Nurse Manager", "Registered Nurse"), ("Head Chef", "Sous Chef")]
    pairs.append(("Restaurant Manager", "Executive Chef"))
    partners = {role: (other,) for one in pairs for role, other in (one, one[::-1])}
    finder = shipped_catalogue().finder_within(sorted(partners), partners)
    assert [tuple(sorted(mention.roles)) for mention in finder.find(text, misspelt=True)] == roles


def test_initials_that_are_a_word_of_talk_are_a_role_in_capitals_only() -> None:
    finder = shipped_catalogue().finder_within(("Test Analyst", "Shepherd"))
    assert [mention.roles for mention in finder.find("Who pays the TA?", misspelt=True)] == [("Test Analyst",)]
    assert not finder.find("Who pays the shepherds, ta", misspelt=True)[1:]
