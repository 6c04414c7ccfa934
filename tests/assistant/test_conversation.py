"""A message and those before it make one self-contained question."""

from __future__ import annotations

import pytest

from assistant.conversation import OTHER_ONE, Conversation
from assistant.ground import Ground
from assistant.understood import Understood
from assistant.wish import Wants, Wish
from corpus.library import Library

HEAD, SOUS, OPERATIONS, PRODUCTION = "Head Chef", "Sous Chef", "Operations Manager", "Production Manager"
OFFICE, ASSISTANT = "Office Manager", "Executive Assistant"
PARTNERS = {HEAD: [SOUS], SOUS: [HEAD], OPERATIONS: [PRODUCTION, OFFICE]}
SUPERIORS = {SOUS: HEAD}
ASKED = "What is the budget of the head chef?"
TEAM = "What about the team of the Head Chef?"
PAIR = "Who has the bigger team, the operations manager or the production manager?"


def understood(library: Library, turns: tuple[str, ...]) -> Understood:
    finder = library.catalogue.finder_within(library.roles())
    return Conversation(library.catalogue, finder, PARTNERS, SUPERIORS).standalone(turns)


@pytest.mark.parametrize(
    ("turns", "text", "roles"),
    [
        # a first message stands for itself
        ((ASKED,), ASKED, (HEAD,)),
        (("Who  has\nmoney?",), "Who has money?", ()),
        # another topic, the same roles
        ((ASKED, "And the team?"), TEAM, (HEAD,)),
        ((ASKED, "and budgets"), "What about budgets for the Head Chef?", (HEAD,)),
        ((ASKED, "And in a crisis?"), "What about the Head Chef in a crisis?", (HEAD,)),
        ((ASKED, "How is success measured?"), "How is success measured for the Head Chef?", (HEAD,)),
        ((PAIR, "And their careers?"), f"What about the {OPERATIONS}'s and the {PRODUCTION}'s careers?",
         (OPERATIONS, PRODUCTION)),
        # "who" asks about both
        ((ASKED, "who leads more people"), "Who leads more people, the Head Chef or the Sous Chef?", (HEAD, SOUS)),
        # pronouns
        ((ASKED, "Do they hire?"), "Does the Head Chef hire?", (HEAD,)),
        ((ASKED, "What can they decide?"), "What can the Head Chef decide?", (HEAD,)),
        ((ASKED, "Who is in her team?"), "Who is in the Head Chef's team?", (HEAD,)),
        ((PAIR, "Do they travel?"), f"Do the {OPERATIONS} and the {PRODUCTION} travel?", (OPERATIONS, PRODUCTION)),
        ((PAIR, "How are the two of them judged?"), f"How are the {OPERATIONS} and the {PRODUCTION} judged?",
         (OPERATIONS, PRODUCTION)),
        # another role, the same question
        ((ASKED, "And the sous chef?"), "What is the budget of the Sous Chef?", (SOUS,)),
        ((ASKED, "and of the operations manager"), f"What is the budget of the {OPERATIONS}?", (OPERATIONS,)),
        ((ASKED, "the sous chef's?"), "What is the budget of the Sous Chef?", (SOUS,)),
        ((ASKED, "Same for the sous one, please"), "What is the budget of the Sous Chef?", (SOUS,)),
        (("Does a head chef lead?", "An executive assistant?"), "Does an Executive Assistant lead?", (ASSISTANT,)),
        (("What do head chefs do all day?", "And sous chefs?"), "What do Sous Chefs do all day?", (SOUS,)),
        (("Does the sous chef answer to the head chef?", "And the head chef?"),
         "Does the Head Chef answer to the Sous Chef?", (HEAD, SOUS)),
        # corrections
        ((ASKED, "No, sorry, I meant the sous chef."), "What is the budget of the Sous Chef?", (SOUS,)),
        ((PAIR, "no, I meant the head chef"), "Who has the bigger team, the Head Chef?", (HEAD,)),
        ((ASKED, "no, I meant the sous chef in a crisis"), "What about the sous chef in a crisis?", (SOUS,)),
        # the other one: of the two spoken of, or the one it is always compared with
        ((ASKED, "And the other one?"), "What is the budget of the Sous Chef?", (SOUS,)),
        ((ASKED, "Does the other one lead?"), "Does the Sous Chef lead?", (SOUS,)),
        ((ASKED, "Who leads other departments?"), "Who leads other departments, the Head Chef or the Sous Chef?",
         (HEAD, SOUS)),
        ((PAIR, "What about the ops manager's machines?", "and the other one?"),
         f"What about the {PRODUCTION}'s machines?", (PRODUCTION,)),
        ((PAIR, "Does the latter travel?"), f"Does the {PRODUCTION} travel?", (PRODUCTION,)),
        # there and back again
        ((ASKED, "And the other one?", "And the other one?"), "What is the budget of the Head Chef?", (HEAD,)),
        # short names among the roles spoken of
        ((PAIR, "Does the production one travel?"), f"Does the {PRODUCTION} travel?", (PRODUCTION,)),
        # a pronoun beside a name stands for somebody else: the role spoken of
        (("What does a sous chef do?", "Can she become a head chef?"), "Can the Sous Chef become a head chef?",
         (SOUS, HEAD)),
        (("What does a sous chef do?", "Does the head chef pay her?"), "Does the head chef pay the Sous Chef?",
         (HEAD, SOUS)),
        (("What does a sous chef do?", "Does the head chef eat his own soup?"), "Does the head chef eat his own soup?",
         (HEAD,)),
        (("What does a sous chef do?", "If a guest shouts, does the head chef calm him?"),
         "If a guest shouts, does the head chef calm him?", (HEAD,)),
        # "her" is an owner before a noun alone
        ((ASKED, "What if I ask her for money?"), "What if I ask the Head Chef for money?", (HEAD,)),
        ((ASKED, "Who helps him at night?"), "Who helps the Head Chef at night?", (HEAD,)),
        # "does he", asked of two
        ((PAIR, "Does he travel?"), f"Do the {OPERATIONS} and the {PRODUCTION} travel?", (OPERATIONS, PRODUCTION)),
        # one of two that were compared
        (("Compare head chef and sous chef on hygiene", "Only the sous chef please"),
         "What about hygiene for the Sous Chef?", (SOUS,)),
        (("Head chef vs sous chef hygiene", "and how is that for an office manager?"),
         f"What about hygiene for the {OFFICE}?", (OFFICE,)),
        (("Head chef vs sous chef", "And the sous chef?"), "What about the Sous Chef?", (SOUS,)),
        # one name in the place of another
        ((ASKED, "not head, sous"), "What is the budget of the Sous Chef?", (SOUS,)),
        ((ASKED, "not the head chef but the sous chef"), "What is the budget of the Sous Chef?", (SOUS,)),
        # a verb after a verb without an object, or with the same one
        (("Who hires in a hotel?", "and fires?"), "Who fires in a hotel?", ()),
        (("Who hires the cooks?", "and fires them?"), "Who fires the cooks?", ()),
        (("Who hires in a hotel?", "And tools?"), "What about tools, as in “Who hires in a hotel”?", ()),
        (("Who hires in a hotel?", "What about fires?"), "What about fires, as in “Who hires in a hotel”?", ()),
        # other circumstances of the same kind
        (("Who hires in a hotel?", "And in a hospital?"), "Who hires in a hospital?", ()),
        (("Compare head chef and sous chef on hygiene", "and on what they spend?"),
         "Compare head chef and sous chef on what they spend?", (HEAD, SOUS)),
        (("Who cooks if it rains, the head chef or the sous chef?", "and when it snows?"),
         "Who cooks when it snows, the head chef or the sous chef?", (HEAD, SOUS)),
        (("Who hires?", "I work in a hotel"), "Who hires in a hotel?", ()),
        (("I work in a hotel.", "Who hires?"), "Who hires in a hotel?", ()),
        # one role instead of another, or against it
        (("Compare head chef and sous chef on hygiene", "Now the office manager instead of the head chef"),
         "Compare Office Manager and sous chef on hygiene?", (OFFICE, SOUS)),
        (("Compare head chef and sous chef on hygiene", "instead of the head chef, the office manager"),
         "Compare Office Manager and sous chef on hygiene?", (OFFICE, SOUS)),
        (("What does the head chef buy?", "vs the sous chef?"), "What do the Head Chef and the Sous Chef buy?",
         (HEAD, SOUS)),
        # who does what one was said to do
        (("Can the sous chef order fish?", "Who can?"), "Who can order fish, the Sous Chef or the Head Chef?",
         (SOUS, HEAD)),
        # a boss with an owner is asked for
        ((ASKED, "And the sous chef's boss?"), "What about the sous chef's boss?", (SOUS,)),
        # the speaker's own affairs are not for anybody
        ((PAIR, "Can I swap shifts?"), f"Can I swap shifts ({OPERATIONS} and {PRODUCTION})?", (OPERATIONS, PRODUCTION)),
        # in the same circumstances
        (("Does a head chef shout in a crisis?", "And what does the sous chef do then?"),
         "What does the sous chef do in a crisis?", (SOUS,)),
        (("Does a head chef shout?", "And what does the sous chef do then?"), "Does a Sous Chef shout?", (SOUS,)),
        ((PAIR, "in that case who pays the flowers?"),
         f"Who pays the flowers, the {OPERATIONS} or the {PRODUCTION}?", (OPERATIONS, PRODUCTION)),
        # the superior
        (("Who is the boss of the sous chef?", "And who is her boss?"), "Who is the Head Chef's boss?", (HEAD,)),
        (("What does the sous chef order?", "And his boss?"), "What does the Head Chef order?", (HEAD,)),
        (("What does the sous chef order?", "Who is his boss?"), "Who is the Sous Chef's boss?", (SOUS,)),
        # what was said to be confirmed is gone on from
        (("The head chef writes the menu, right?", "And the prices?"),
         "The head chef writes the menu, right? What about the prices of the Head Chef and the Sous Chef?",
         (HEAD, SOUS)),
        # over several messages
        ((ASKED, "And the team?", "And the sous chef?"), "What about the team of the Sous Chef?", (SOUS,)),
        ((PAIR, "And the software?", "And suppliers?"), f"What about suppliers for the {OPERATIONS} and the "
         f"{PRODUCTION}?", (OPERATIONS, PRODUCTION)),
        # back to what was asked before
        ((ASKED, "And the team?", "Back to the first question: and the sous chef?"),
         "What is the budget of the Sous Chef?", (SOUS,)),
        ((ASKED, "And the team?", "What about the budget you mentioned?"), "What about the budget of the Head Chef?",
         (HEAD,)),
        (("Head chef vs sous chef", "budget", "And the team?", "the first topic again"),
         "What about budget for the Head Chef and the Sous Chef?", (HEAD, SOUS)),
        ((ASKED, "And the team?", "the first question again"), ASKED, (HEAD,)),
        ((PAIR, "And the software?", "what about the first one again?"),
         f"What about the software of the {OPERATIONS}?", (OPERATIONS,)),
        # a new question with a role of its own takes nothing over
        ((ASKED, "Does the production manager lead a crew?"), "Does the production manager lead a crew?",
         (PRODUCTION,)),
        # no role to take over: the last question is quoted
        (("Who draws the plans?", "No, I meant the sketches."), "What about the sketches, as in “Who draws the plans”?",
         ()),
        # no new words: the same question again
        ((ASKED, "Please?"), ASKED, (HEAD,)),
    ],
)  # fmt: skip
def test_a_follow_up_takes_over_what_it_leaves_unsaid(
    small_library: Library, turns: tuple[str, ...], text: str, roles: tuple[str, ...]
) -> None:
    found = understood(small_library, turns)
    assert (found.text, found.roles) == (text, roles)


def on(compared: tuple[str, ...], *answering: str) -> Ground:
    return Ground("an-article", 1, compared, answering)


CHEFS, MANAGERS = (HEAD, SOUS), (OPERATIONS, PRODUCTION)
NAMELESS = "Who signs for the fish?"


@pytest.mark.parametrize(
    ("turns", "ground", "text", "roles"),
    [
        # of several partners the one that the article which answered compares it with
        (("Does the ops manager lead?", "And the other one?"), on(MANAGERS), f"Does the {PRODUCTION} lead?",
         (PRODUCTION,)),
        # no role was named: those of the article are spoken of
        ((NAMELESS, "And who signs for the meat?"), on(CHEFS, SOUS),
         "Who signs for the meat, the Head Chef or the Sous Chef?", CHEFS),
        ((NAMELESS, "And what else do they order?"), on(CHEFS, SOUS), "What else does the Sous Chef order?", (SOUS,)),
        ((NAMELESS, "Does the other one sign too?"), on(CHEFS, SOUS), "Does the Head Chef sign too?", (HEAD,)),
        ((NAMELESS, "And her boss?"), on(CHEFS, SOUS), f"What about the Head Chef, as in “{NAMELESS[:-1]}”?", (HEAD,)),
        # of two asked about, the other one is the one that did not answer; "she" is the one that did
        (("Who buys fish, the head chef or the sous chef?", "And what does the other one buy?"), on(CHEFS, SOUS),
         "What does the Head Chef buy?", (HEAD,)),
        (("Who buys fish, the head chef or the sous chef?", "And what do the others buy?"), on(CHEFS, SOUS),
         "What does the Head Chef buy?", (HEAD,)),
        (("Who buys fish, the head chef or the sous chef?", "May she cook it?"), on(CHEFS, SOUS),
         "May the Sous Chef cook it?", (SOUS,)),
        # an article about other roles settles nothing
        ((ASKED, "And the team?"), on(MANAGERS), TEAM, (HEAD,)),
        # nor does one that compares more than two
        ((NAMELESS, "And the meat?"), on((*CHEFS, OFFICE)), f"What about the meat, as in “{NAMELESS[:-1]}”?", ()),
    ],
)  # fmt: skip
def test_the_article_that_answered_settles_what_a_follow_up_leaves_open(
    small_library: Library, turns: tuple[str, ...], ground: Ground, text: str, roles: tuple[str, ...]
) -> None:
    finder = small_library.catalogue.finder_within(small_library.roles())
    found = Conversation(small_library.catalogue, finder, PARTNERS, SUPERIORS).standalone(turns, [ground])
    assert (found.text, found.roles) == (text, roles)


def test_the_other_one_of_several_is_left_open(small_library: Library) -> None:
    found = understood(small_library, ("Does the operations manager lead?", "And the other one?"))
    assert (found.text, found.roles, found.open) == (f"Does the {OTHER_ONE} lead?", (), (PRODUCTION, OFFICE))


@pytest.mark.parametrize(
    ("turns", "pair"),
    [
        ((PAIR,), (OPERATIONS, PRODUCTION)),  # two named at once
        ((ASKED,), (HEAD, SOUS)),  # one named, and its only partner
        (("Does the ops manager lead?",), (OPERATIONS,)),  # a role with more partners than one
        (("Does the ops manager lead?", "And the production manager?"), (PRODUCTION, OPERATIONS)),  # one by one
        ((PAIR, "And the software?"), (OPERATIONS, PRODUCTION)),  # carried
        ((PAIR, ASKED), (HEAD, SOUS)),  # a new question with a role of its own forgets the old ones
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


def test_a_wish_keeps_the_question_and_counts_how_often_it_is_had(small_library: Library) -> None:
    turns = (ASKED, "What else?", "and what else?")
    found = understood(small_library, turns)
    assert (found.text, found.roles, found.wish) == (ASKED, (HEAD,), Wish(Wants.MORE, 2))
    assert understood(small_library, (*turns, "and the team?")).wish is None


def test_no_messages_say_nothing(small_library: Library) -> None:
    assert understood(small_library, ()) == Understood("")
