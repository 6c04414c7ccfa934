"""A question that asks for several things is taken apart, any other is left whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.question import QuestionReader
from tests.small import library_of


def parts(reader: QuestionReader, question: str) -> tuple[str, ...]:
    return tuple(part.text for part in reader.read([question]).parts)


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "What may a head chef decide, and with which tools does he work?",
            ("What may a head chef decide", "Head Chef: with which tools does he work?"),
        ),
        (
            "Who chooses the fish supplier and who trains young cooks?",
            ("Who chooses the fish supplier", "who trains young cooks?"),
        ),
        (
            "Who tunes the hyperparameters and justifies idle GPU hours?",
            ("Who tunes the hyperparameters?", "Who justifies idle GPU hours?"),
        ),
        (
            "Who trains the young cooks? Who bargains with growers?",
            ("Who trains the young cooks?", "Who bargains with growers?"),
        ),
        (
            "Who orders paper and who answers calls in the office?",  # the place is that of both
            ("Who orders paper in the office?", "who answers calls in the office?"),
        ),
        (
            "Does the head chef choose suppliers and also train young cooks?",
            ("Does the head chef choose suppliers?", "Does the head chef train young cooks?"),
        ),
        ("Does the head chef choose suppliers and the sous chef also train cooks?", ()),  # two roles
        ("Who hires and trains the young cooks?", ()),  # one thing
        ("Who maintains machines and public contact?", ()),  # a verb, and no second one
        ("How do the head chef and the sous chef differ in team?", ()),  # two roles, one thing
        (  # a second half that only names a role asks the first one of it
            "Which tools does a head chef use, and which a sous chef?",
            ("Which tools does a head chef use", "Which tools does a sous chef use?"),
        ),
        (
            "Whom does the head chef train, and what about the sous chef?",
            ("Whom does the head chef train", "Whom does the sous chef train?"),
        ),
        ("How do the head chef, and the sous chef, differ in team?", ()),  # both do it
        ("Which supplies are bought, and by whom?", ()),  # the second half says nothing alone
        ("Who has the bigger budget?", ()),
    ],
)
def test_a_question_is_taken_apart_where_it_asks_twice(
    reader: QuestionReader, question: str, texts: tuple[str, ...]
) -> None:
    assert parts(reader, question) == texts


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Head chef vs sous chef: budget, noise and pay?",
         ("Head chef vs sous chef: budget?", "Head chef vs sous chef: noise?", "Head chef vs sous chef: pay?")),
        ("For the head chef and the sous chef: who handles safety, hiring and customers?",
         ("For the head chef and the sous chef: who handles safety?",
          "For the head chef and the sous chef: who handles hiring?",
          "For the head chef and the sous chef: who handles customers?")),
        ("Head chef vs sous chef: noise, tips", ("Head chef vs sous chef: noise", "Head chef vs sous chef: tips")),
        ("What are the tools and the career of a head chef?",
         ("What are the tools of a head chef?", "What are the career of a head chef?")),
        ("budget and team of head chef and sous chef",
         ("budget of head chef and sous chef", "team of head chef and sous chef")),
        ("Tell me about the head chef's budget, and about the pay",
         ("Tell me about the head chef's budget", "Tell me about the head chef's pay")),
        ("head chef: targets? team?", ("head chef: targets?", "Head Chef: team?")),
        ("What budget and tools has a head chef and who trains cooks?",  # a list in one half
         ("What budget has a head chef", "What tools has a head chef", "Head Chef: who trains cooks?")),
        ("What are the biggest and hardest problems of a head chef?", ()),  # two adjectives, one noun
        ("Is the head chef in charge of hiring and training?", ()),  # one topic
        ("Who handles the budget and staff costs?", ()),  # one topic of two that are the same
        ("Who handles safety and staff training?", ("Who handles safety?", "Who handles staff training?")),
        ("Who trains staff and pays bills?", ("Who trains staff?", "Who pays bills?")),  # verbs, no list
    ],
)  # fmt: skip
def test_a_list_is_asked_item_by_item(reader: QuestionReader, question: str, texts: tuple[str, ...]) -> None:
    assert parts(reader, question) == texts


def test_what_a_heading_joins_is_one_thing(tmp_path: Path) -> None:
    page = "# Baker vs Butcher\n\n## Budget and Team\n\nThe Baker pays two. The Butcher pays one.\n"
    reader = QuestionReader(library_of(tmp_path, {"baker-vs-butcher": page}))
    assert parts(reader, "How do baker and butcher differ in budget and team?") == ()
    assert len(parts(reader, "How do baker and butcher differ in budget and tools?")) == len(("budget", "tools"))


def test_a_part_is_about_the_roles_that_it_names(reader: QuestionReader) -> None:
    question = reader.read(["What does the head chef decide, and what does the sous chef train?"])
    assert [part.roles for part in question.parts] == [("Head Chef",), ("Sous Chef",)]
    assert [part.about for part in reader.read(["Head chef: budget and tools?"]).parts] == ["budget", "tools"]
