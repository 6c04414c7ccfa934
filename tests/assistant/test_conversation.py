"""A message and those before it make one self-contained question."""

from __future__ import annotations

import pytest

from assistant.conversation import Understood, standalone
from corpus.library import Library

HEAD, SOUS, OPERATIONS, PRODUCTION = "Head Chef", "Sous Chef", "Operations Manager", "Production Manager"
PARTNERS = {HEAD: SOUS, SOUS: HEAD}
ASKED = "What is the budget of the head chef?"
PAIR = "Who has the bigger team, the operations manager or the production manager?"


def understood(library: Library, turns: tuple[str, ...]) -> Understood:
    finder = library.catalogue.finder_within(library.roles())
    return standalone(turns, finder, PARTNERS)


@pytest.mark.parametrize(
    ("turns", "text", "roles"),
    [
        # a first message stands for itself
        ((ASKED,), ASKED, (HEAD,)),
        (("Who  has\nmoney?",), "Who has money?", ()),
        # another topic, the same roles
        ((ASKED, "And the team?"), "Head Chef: the team?", (HEAD,)),
        ((ASKED, "who leads more people"), "Head Chef: who leads more people", (HEAD,)),
        ((PAIR, "And their careers?"), f"{OPERATIONS} and {PRODUCTION}: their careers?", (OPERATIONS, PRODUCTION)),
        # another role, the same question
        ((ASKED, "And the sous chef?"), "Sous Chef: What is the budget?", (SOUS,)),
        ((ASKED, "and of the operations manager"), f"{OPERATIONS}: What is the budget?", (OPERATIONS,)),
        ((ASKED, "the sous chef's?"), "Sous Chef: What is the budget?", (SOUS,)),
        # the other one: of the two spoken of, or the one it is always compared with
        ((ASKED, "And the other one?"), "Sous Chef: What is the budget?", (SOUS,)),
        ((PAIR, "What about the ops manager's machines?", "and the other one?"),
         f"{PRODUCTION}: What about the machines?", (PRODUCTION,)),
        # there and back again
        ((ASKED, "And the other one?", "And the other one?"), "Head Chef: What is the budget?", (HEAD,)),
        # over several messages
        ((ASKED, "And the team?", "And the sous chef?"), "Sous Chef: the team?", (SOUS,)),
        ((PAIR, "And the software?", "And suppliers?"), f"{OPERATIONS} and {PRODUCTION}: suppliers?",
         (OPERATIONS, PRODUCTION)),
        # a new question with a role of its own takes nothing over
        ((ASKED, "Does the production manager lead a crew?"), "Does the production manager lead a crew?",
         (PRODUCTION,)),
        # nothing to take over
        (("Hello", "And the team?"), "And the team?", ()),
        # no new words: the same question again
        ((ASKED, "Please?"), "Head Chef: What is the budget?", (HEAD,)),
    ],
)  # fmt: skip
def test_a_follow_up_takes_over_what_it_leaves_unsaid(
    small_library: Library, turns: tuple[str, ...], text: str, roles: tuple[str, ...]
) -> None:
    found = understood(small_library, turns)
    assert (found.text, found.roles) == (text, roles)


@pytest.mark.parametrize(
    ("turns", "pair"),
    [
        ((PAIR,), (OPERATIONS, PRODUCTION)),  # two named at once
        ((ASKED,), (HEAD, SOUS)),  # one named, and its only partner
        (("Does the ops manager lead?",), (OPERATIONS,)),  # a role with more partners than one
        (("Does the ops manager lead?", "And the production manager?"), (PRODUCTION, OPERATIONS)),  # one by one
        ((PAIR, "And the software?"), (OPERATIONS, PRODUCTION)),  # carried
        ((PAIR, ASKED), (OPERATIONS, PRODUCTION)),  # a third role does not break up the pair
        (("Who leads?",), ()),  # none named
    ],
)
def test_the_two_roles_spoken_of_are_remembered(
    small_library: Library, turns: tuple[str, ...], pair: tuple[str, ...]
) -> None:
    assert understood(small_library, turns).pair == pair


def test_a_self_contained_question_asked_again_stays_the_same(small_library: Library) -> None:
    turns = (ASKED, "And the sous chef?", "And the team?")
    text = understood(small_library, turns).text
    assert understood(small_library, (text,)).roles == understood(small_library, turns).roles


def test_no_messages_say_nothing(small_library: Library) -> None:
    assert understood(small_library, ()) == Understood("")
