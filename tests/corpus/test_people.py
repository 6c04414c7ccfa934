"""Who has which job in an article, by name, and which role "she" and "he" stand for in it."""

from __future__ import annotations

import pytest

from corpus.attribution import attribute
from corpus.catalogue import shipped_catalogue
from corpus.people import People, people_of

ROLES = ("Sous Chef", "Restaurant Manager")
CATALOGUE = shipped_catalogue()
FINDER = CATALOGUE.finder_for(ROLES)


def people(*sentences: str) -> People:
    return people_of([sentences], FINDER, CATALOGUE.find_titles)


def about(*sentences: str) -> list[str]:
    """Return for each sentence the initials of the roles that it is about."""
    found = attribute(sentences, ROLES, FINDER, people=people(*sentences))
    return ["".join(role[0] for role in ROLES if role in roles) for roles in found]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Oyelaran is the sous chef.", {"Oyelaran"}),
        ("Dr. Ana Kowalczyk is now our sous chef in Leeds.", {"Ana", "Kowalczyk"}),
        ("Kowalczyk, a sous chef with ten years behind her, laughs.", {"Kowalczyk"}),
        ("“Salt first,” says Kowalczyk, sous chef at the Anchor.", {"Kowalczyk"}),
        ("The sous chef, Ana Kowalczyk, laughs.", {"Ana", "Kowalczyk"}),
        ("They hired a sous chef named Kowalczyk.", {"Kowalczyk"}),
        # another job than the role's, or none any more
        ("Kowalczyk is no sous chef.", set()),
        ("Kowalczyk, a former sous chef, laughs.", set()),
        ("Kowalczyk is the sous chef's brother.", set()),
        # a capital that makes no name: the first word of a sentence, a department, a title
        ("Today, a sous chef, like anybody, wants weekends.", set()),
        ("In short, the sous chef cooks.", set()),
        ("The sous chef, Human Resources, and the owner meet.", set()),
        ("The sous chef, Executive Chef, and the owner meet.", set()),
        ("This is the sous chef.", set()),
    ],
)
def test_a_name_beside_a_role_is_that_of_somebody_who_has_it(sentence: str, names: set[str]) -> None:
    assert set(people(sentence).names) == names


def test_a_name_of_two_people_of_different_jobs_tells_nothing() -> None:
    told = people("Ana Kowalczyk is the sous chef.", "Jan Kowalczyk is the restaurant manager.")
    assert told.names == {"Ana": "Sous Chef", "Jan": "Restaurant Manager"}


def test_a_sentence_that_names_somebody_is_about_their_role() -> None:
    assert about(
        "Kowalczyk is the sous chef.",
        "A restaurant manager greets the guests.",
        "Kowalczyk never sees them.",
        "“Leave the door to others,” says Kowalczyk.",
        "“It is loud there.”",
    ) == ["S", "R", "S", "S", "S"]


def test_who_is_only_spoken_of_in_a_quotation_does_not_say_it() -> None:
    assert about(
        "Kowalczyk is the sous chef.",
        "The restaurant manager shrugs.",
        "“Kowalczyk likes it hot,” is the reply.",
    ) == ["S", "R", "R"]


def test_somebody_beside_a_stranger_speaks_for_no_role_alone() -> None:
    assert about("Kowalczyk is the sous chef.", "Both stay late.", "At one, Kowalczyk and Oyelaran lock up.") == [
        "S", "SR", "SR",
    ]  # fmt: skip


SHE_AND_HE = (
    "The sous chef tastes before she sends a plate.",
    "The restaurant manager says what he sells.",
    "He orders the wine.",
    "The sous chef plans her week.",
    "She has few quiet evenings.",
)


def test_a_pronoun_that_the_article_keeps_for_one_role_stands_for_it() -> None:
    told = about(
        *SHE_AND_HE, "Only she may change the menu.", "He may close the door.", "She cooks what he has promised."
    )
    assert told[-3:] == ["S", "R", "SR"]


def test_a_pronoun_that_follows_both_roles_stands_for_none() -> None:
    assert people(*SHE_AND_HE).pronouns == {"she": "Sous Chef", "he": "Restaurant Manager"}
    assert not people(*SHE_AND_HE, "The sous chef sleeps when he can.").pronouns
    assert not people("The sous chef tastes before she cooks.", "The restaurant manager knows her trade.").pronouns


@pytest.mark.parametrize(
    "sentence",
    [
        "A guest may send back what she dislikes.",
        "“Nobody tells me what she thinks.”",
        "The head waiter stays until she has the keys.",
    ],
)
def test_a_pronoun_after_somebody_else_may_mean_that_one(sentence: str) -> None:
    told = people(*SHE_AND_HE)
    assert told.meant("Here she rules.", "") == ("Sous Chef",)
    assert told.meant(sentence, "") == ()


def test_a_pronoun_after_a_stranger_may_mean_that_one() -> None:
    told = people(*SHE_AND_HE, "The sous chef says that she likes Oyelaran.")
    assert told.meant("She laughs.", "Oyelaran waits at the door.") == ()
