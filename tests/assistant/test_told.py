"""A section named behind a question is read as the place where the conversation stands."""

from __future__ import annotations

import pytest

from assistant.chat import Assistant
from assistant.ground import Ground
from assistant.intent import Intent
from assistant.question import QuestionReader
from assistant.told import Told
from corpus.library import Library
from tests.small import KITCHEN

CHEFS = ("Head Chef", "Sous Chef")
PAIR = "Head Chef and the Sous Chef"
TEAM = " (as told in “Team” of “Head Chef vs Sous Chef”)"


def test_a_section_is_read_as_it_is_worded(small_library: Library) -> None:
    told = Told(small_library)
    ground = Ground(KITCHEN, 1, CHEFS, ())
    assert told.worded(ground) == TEAM
    assert told.unworded(f"Who trains?{TEAM}") == ("Who trains?", TEAM, ground)


@pytest.mark.parametrize("behind", ["", TEAM.replace("Team", "Towels"), TEAM.replace("Sous", "Sauce")])
def test_what_names_no_section_is_part_of_the_question(small_library: Library, behind: str) -> None:
    assert Told(small_library).unworded(f"Who trains?{behind}") == (f"Who trains?{behind}", "", None)


@pytest.mark.parametrize("ground", [Ground(KITCHEN, None, CHEFS, ()), Ground("elsewhere", 1, CHEFS, ())])
def test_no_section_has_no_name(small_library: Library, ground: Ground) -> None:
    assert Told(small_library).worded(ground) == ""


def test_the_section_named_is_where_the_question_is_asked(reader: QuestionReader) -> None:
    question = reader.read([f"Who trains the young cooks?{TEAM}"])
    assert (question.text, question.standalone) == ("Who trains the young cooks?", f"Who trains the young cooks?{TEAM}")
    assert question.ground == Ground(KITCHEN, 1, CHEFS, ())
    assert question.spoken_of == CHEFS


@pytest.mark.parametrize("asked", [f"How do the {PAIR} differ in “Team”?", f"What about “team” for the {PAIR}?"])
def test_a_heading_quoted_is_asked_about_alone(model_assistant: Assistant, asked: str) -> None:
    answer = model_assistant.answer([asked])
    assert {citation.section.heading for citation in answer.citations()} == {"Team"}
    assert [claim.roles for claim in answer.claims] == [(role,) for role in CHEFS]


@pytest.mark.parametrize(
    ("asked", "intent"),
    [
        (f"How do the {PAIR} differ in “Menu”?", Intent.SECTION),
        (f"How do the teams of the {PAIR} differ?", Intent.SECTION),
        (f"How do the teams of the {PAIR} differ at night?", Intent.ASK),
        (f"Who trains cooks in “Team”, the {PAIR}?", Intent.WHICH),  # asks something of its own
        (f"How do the {PAIR} differ in “Towels”?", Intent.ASK),  # no heading
    ],
)
def test_a_heading_quoted_is_the_whole_question_if_nothing_else_is_asked(
    reader: QuestionReader, asked: str, intent: Intent
) -> None:
    assert reader.read([asked]).intent is intent
