"""Roles, topics and intent of a question, read with the names of one library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ground import Ground
from assistant.intent import Intent
from assistant.question import QuestionReader
from corpus.library import Library

HEAD, SOUS, OFFICE, ASSISTANT = "Head Chef", "Sous Chef", "Office Manager", "Executive Assistant"
OPERATIONS, PRODUCTION = "Operations Manager", "Production Manager"


@pytest.mark.parametrize(
    ("message", "roles"),
    [
        ("What is the budget of the Head Chef?", (HEAD,)),  # as written
        ("sous chef or head chef?", (SOUS, HEAD)),  # in the order of the question
        ("Ops mgr vs prod mgr: team", (OPERATIONS, PRODUCTION)),  # abbreviated
        ("the prodction manger's team", (PRODUCTION,)),  # misspelt
        ("HC and SC: who trains cooks?", (HEAD, SOUS)),  # initials
        ("What is the EA's budget?", (ASSISTANT,)),  # an alias that elsewhere is ambiguous
        ("the assistant's budget", (ASSISTANT,)),  # the last noun, which only one role has
        ("head chef, the Head Chef and HC", (HEAD,)),  # once
        ("Does the head chef know the CEO?", (HEAD,)),  # only roles of the articles
        ("Who leads?", ()),  # none
    ],
)
def test_the_roles_of_the_library_are_read(reader: QuestionReader, message: str, roles: tuple[str, ...]) -> None:
    assert reader.read([message]).roles == roles


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Compare head chef and sous chef", Intent.COMPARE_ALL),
        ("head chef vs. sous chef", Intent.COMPARE_ALL),
        ("What is the difference between a head chef and a sous chef?", Intent.COMPARE_ALL),
        ("How do they differ?", Intent.COMPARE_ALL),  # without roles
        ("What is the difference in budget between them?", Intent.ASK),  # one topic
        ("Compare the teams of head chef and sous chef", Intent.SECTION),
        ("What does a head chef do?", Intent.DESCRIBE),
        ("Describe the sous chef's job", Intent.DESCRIBE),
        ("head chef", Intent.DESCRIBE),  # the name alone
        ("What are the duties?", Intent.ASK),  # of whom?
        ("Does the head chef lead a team?", Intent.YES_NO),
        ("The head chef leads a team, right?", Intent.YES_NO),
        ("Who leads a team?", Intent.WHICH),
        ("With whom does the head chef bargain?", Intent.WHICH),
        ("To whom does the sous chef report?", Intent.HIERARCHY),
        ("Is the sous chef under the head chef?", Intent.HIERARCHY),
        ("Who outranks whom?", Intent.HIERARCHY),
    ],
)
def test_the_intent_is_read(reader: QuestionReader, message: str, intent: Intent) -> None:
    assert reader.read([message]).intent is intent


@pytest.mark.parametrize(
    ("message", "topics"),
    [
        ("Who has the bigger budget?", ("budget and money",)),
        ("Who earns more?", ("pay",)),
        ("team and career", ("people and team", "career")),
        ("Who is the head chef?", ()),
        ("Is the sous chef under the head chef?", ("rank and reporting",)),  # by its intent
    ],
)
def test_the_topics_are_read(reader: QuestionReader, message: str, topics: tuple[str, ...]) -> None:
    assert reader.read([message]).topics == topics


@pytest.mark.parametrize(
    ("message", "content"),
    [
        ("What is the Head Chef's budget?", ("budget",)),  # no role, no function word
        ("Who trains the young apprentices?", ("train", "young", "apprentice")),
        ("Which of the two people is it?", ()),
    ],
)
def test_the_words_that_say_what_is_asked_are_read(
    reader: QuestionReader, message: str, content: tuple[str, ...]
) -> None:
    assert reader.read([message]).content == content


@pytest.mark.parametrize(
    ("message", "unknown"),
    [
        ("What does a CEO do?", ("Chief Executive Officer",)),  # the catalogue knows it, no article does
        ("What does a brewery manager do?", ("brewery manager",)),  # nobody knows it
        ("Who leads the zookeepers?", ()),  # somebody of the articles may: they are asked for
        ("Do zookeepers travel?", ("zookeepers",)),
        ("Who travels, zookeepers or gardeners?", ("zookeepers", "gardeners")),
        ("What does the manager do?", ()),  # any manager
        ("What does a good manager do?", ()),
        ("Which of the two may become a CEO?", ()),  # about the two, not about the title
        ("What does the head chef do?", ()),  # known
    ],
)
def test_roles_of_which_no_article_tells_are_noticed(
    reader: QuestionReader, message: str, unknown: tuple[str, ...]
) -> None:
    assert reader.read([message]).unknown_roles == unknown


def test_a_name_that_two_roles_have_is_a_choice(reader: QuestionReader) -> None:
    choice = reader.read(["What is the OM's budget?"]).choice
    assert choice is not None
    assert choice.name.startswith("OM")
    assert set(choice.roles) == {OFFICE, OPERATIONS}


@pytest.mark.parametrize(
    ("turns", "role"),
    [
        (["OM or EA: whose budget?"], OFFICE),  # compared with the other one
        (["OM or PM: whose budget?"], OPERATIONS),
        (["Does the office manager travel?", "What is the budget of the OM?"], OFFICE),  # spoken of before
        (["Does the ops manager travel?", "What is the budget of the OM?"], OPERATIONS),
    ],
)
def test_what_the_conversation_settles_is_no_choice(reader: QuestionReader, turns: list[str], role: str) -> None:
    question = reader.read(turns)
    assert question.choice is None
    assert role in question.roles


def test_a_typing_error_is_put_right_in_the_question_and_kept_in_the_message(reader: QuestionReader) -> None:
    question = reader.read(["Who has the larger bugdet?"])
    assert question.message == "Who has the larger bugdet?"
    assert question.text == "Who has the larger budget?"
    assert question.topics == ("budget and money",)


def test_a_follow_up_is_read_with_the_messages_before_it(reader: QuestionReader) -> None:
    question = reader.read(["What is the team of the head chef?", "And the other one?"])
    assert (question.message, question.roles, question.topics) == ("And the other one?", (SOUS,), ("people and team",))


@pytest.mark.parametrize("remark", ["I see.", "wow, cool", "thanks, that helps", "no problem"])
def test_a_remark_on_an_answer_is_no_part_of_what_follows(reader: QuestionReader, remark: str) -> None:
    question = reader.read(["What is the team of the head chef?", remark, "And the sous chef?"])
    assert (question.roles, question.topics) == ((SOUS,), ("people and team",))


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("My son is a sous chef. How long is the training?", "How long is the training for the Sous Chef?"),
        ("I cannot tell head chef and sous chef apart. Who hires?", "Who hires, the Head Chef or the Sous Chef?"),
        ("My son is a sous chef. Who pays for that?", None),  # refers to it
        ("My son is a sous chef. Does the head chef train him?", None),  # names a role itself
        ("We met a sous chef. Who?", None),  # asks nothing alone
        ("The sous chef is ill. Who cooks?", None),  # tells of no asker
        ("My oven is broken. Who cooks?", None),  # tells of no role
    ],
)
def test_what_somebody_tells_of_themselves_only_gives_the_roles(
    reader: QuestionReader, message: str, text: str | None
) -> None:
    assert reader.read([message]).text == (text or message)


def test_an_unknown_role_takes_nothing_over(reader: QuestionReader) -> None:
    question = reader.read(["What is the team of the head chef?", "And of a zookeeper?"])
    assert question.roles == ()
    assert question.unknown_roles == ("zookeeper",)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_whatever_is_typed_is_read_the_same_each_time(
    reader: QuestionReader, small_library: Library, turns: list[str]
) -> None:
    question = reader.read(turns)
    assert question == reader.read(turns)
    assert question.message == turns[-1]
    assert set(question.roles) <= set(small_library.roles())


def test_several_topics_are_not_looked_for_where_the_message_before_was_answered(reader: QuestionReader) -> None:
    ground = Ground("any", 0, ("Operations Manager", "Production Manager"), ())
    asked = ["Who hires?", "Budget and career of the operations manager and the production manager?"]
    question = reader.read(asked, [ground])
    assert question.ground == ground
    assert [part.ground for part in question.parts] == [None, None]
