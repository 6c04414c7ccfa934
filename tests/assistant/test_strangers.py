"""Roles that the library does not know, beside roles that it knows."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome, Reason
from assistant.chat import Assistant
from assistant.intent import Intent
from assistant.question import QuestionReader
from corpus.library import Library


@pytest.mark.parametrize(
    "question",
    [
        "What do the head chef and the CEO do?",
        "Who has the bigger team, the head chef or the dental nurse?",
        "Compare the head chef with a zookeeper",
    ],
)
def test_an_unknown_side_is_named(small_assistant: Assistant, question: str) -> None:
    answer = small_assistant.answer([question])
    assert answer.outcome is not Outcome.ANSWERED
    assert answer.message


def test_a_role_after_an_unknown_one_takes_over_no_unknown_role(small_library: Library) -> None:
    question = QuestionReader(small_library).read(["What does a dental nurse do?", "And the head chef?"])
    assert "nurse" not in question.text
    assert question.intent is Intent.DESCRIBE


@pytest.mark.parametrize(
    "question", ["Who trains young cooks?", "Who leads the machinists?", "Who are the growers and cooks?"]
)
def test_a_word_of_the_articles_is_no_unknown_role(small_assistant: Assistant, question: str) -> None:
    assert small_assistant.answer([question]).reason is not Reason.UNKNOWN_ROLE


@pytest.mark.parametrize("question", ["How do they judge a head chef?", "Does he vet suppliers?", "Who can cook?"])
def test_a_verb_is_no_title(small_library: Library, question: str) -> None:
    assert QuestionReader(small_library).read([question]).unknown_roles == ()


def test_becoming_director_is_no_role(small_library: Library) -> None:
    assert QuestionReader(small_library).read(["Could the head chef become director?"]).unknown_roles == ()


def test_an_unknown_role_is_named_in_full(small_assistant: Assistant) -> None:  # said: none of them is about “nurse”
    assert "“dental nurse”" in small_assistant.answer(["What does a dental nurse do?"]).message


@pytest.mark.parametrize(
    "question",
    [
        "A surgeon says he can fire me. I look after his patients. Is he my boss?",  # not in the sentence that asks
        "Who calls the plumber?",  # somebody of the articles does
        "What do both of them tell a lawyer?",  # about the two
        "I'm a trainee here; may I cook alone?",  # the one who asks
        "Must the head chef be a butcher?",  # what a known role is
        "Does the sous chef pay the carpenter?",  # beside no known role
        "What should I tell the CEO, and who comes along?",  # known to the catalogue alone
        "halt work at once, plumber ok?",  # a note without a verb that asks
        "plumber + carpenter report to",  # whom?
        "Who pays the plumber and the carpenter?",
    ],
)
def test_people_mentioned_by_the_way_are_no_unknown_roles(small_library: Library, question: str) -> None:
    assert QuestionReader(small_library).read([question]).unknown_roles == ()


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Who earns more, a butcher or a carpenter?", ("butcher", "carpenter")),
        ("Is a butcher more careful than the head chef?", ("butcher",)),
        ("Who has more people, the sous chef or the ballet teacher?", ("ballet teacher",)),
        ("How do I become a dental nurse?", ("dental nurse",)),
        ("What does a deep sea fisherman do?", ("deep sea fisherman",)),
        ("What does a goldsmith do?", ("goldsmith",)),  # on no list of titles
        ("What does a menu do?", ()),  # not made as titles are
        ("What does a lighthouse keeper do?", ("lighthouse keeper",)),
        ("What does a volcanologist do?", ("volcanologist",)),  # on no list, but ends as titles do
        ("What does a good keeper of recipes do?", ()),  # the ending alone
        ("Difference between a chimney sweep and a blacksmith", ("chimney sweep", "blacksmith")),
        ("fletcher vs bowyer", ("fletcher", "bowyer")),  # on no list, but compared
        ("budget vs team", ()),  # words of the articles
        ("hc vs sschf scope", ()),  # no English words
        ("What does a tattoo artist report to?", ("tattoo artist",)),
        ("Does a florist report to a head chef?", ("florist",)),  # beside a known role
        ("What would a florist do that a head chef does not?", ("florist",)),
        ("Might a janitor work for one of the two?", ()),  # about the two
        ("Whom would a prosecutor ask?", ()),  # about somebody of the articles
        ("What is the budget of a mayor?", ("mayor",)),  # whose something is
        ("How big is a bishop's team?", ("bishop",)),
        ("What is a snowboarder's budget?", ("snowboarder",)),  # on no list, but made as titles are
        ("What does a king earn?", ("king",)),  # nor made so, but only somebody earns
        ("Who supervises a sommelier?", ("sommelier",)),  # whose superior is asked for
        ("Whom does a deacon report to?", ("deacon",)),
        ("Whom does a deacon bless?", ()),  # who is asked for, may be somebody of the articles
        ("What does the manager tell a bishop?", ()),  # about the manager, whichever that is
        ("What is a grower's budget?", ()),  # of the articles
    ],
)
def test_a_role_asked_about_is_unknown(small_library: Library, question: str, unknown: tuple[str, ...]) -> None:
    assert QuestionReader(small_library).read([question]).unknown_roles == unknown


def test_a_known_role_is_not_told_apart_from_an_unknown_one(small_assistant: Assistant) -> None:
    answer = small_assistant.answer(["What is the difference between the head chef and a zookeeper?"])
    assert (answer.outcome, answer.reason) == (Outcome.NOT_COVERED, Reason.UNKNOWN_ROLE)


def test_only_roles_that_share_a_word_are_near(small_assistant: Assistant) -> None:
    assert "Head Chef" in small_assistant.answer(["What does a pastry chef do?"]).message
    assert "nearest" not in small_assistant.answer(["What does an astronaut do?"]).message
