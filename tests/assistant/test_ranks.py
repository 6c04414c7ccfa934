"""Who is above a role is one question, who is below it another: a sentence that tells the other thing is no answer."""

from __future__ import annotations

import pytest

from assistant.ranks import Way, looks_there, way_asked
from corpus.catalogue import shipped_catalogue

NURSE, DOCTOR = "Ward Nurse", "Ward Doctor"
find = shipped_catalogue().finder_for((NURSE, DOCTOR)).find


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("Whom does the ward nurse report to?", Way.UP),
        ("To whom does the ward nurse report?", Way.UP),
        ("Who does the ward nurse answer to?", Way.UP),
        ("Who is above the ward nurse?", Way.UP),
        ("Who is the ward nurse under?", Way.UP),
        ("Under whom does the ward nurse work?", Way.UP),
        ("Who is the ward nurse's boss?", Way.UP),
        ("Who is the boss of the ward nurse?", Way.UP),
        ("Who leads the ward nurse?", Way.UP),
        ("By whom is the ward nurse supervised?", Way.UP),
        ("Who reports to the ward nurse?", Way.DOWN),
        ("Who answers to the ward nurse?", Way.DOWN),
        ("Who is under the ward nurse?", Way.DOWN),
        ("Whom does the ward nurse lead?", Way.DOWN),
        ("Who is supervised by the ward nurse?", Way.DOWN),
        ("Who are the direct reports of the ward nurse?", Way.DOWN),
        ("How many direct reports does the ward nurse have?", Way.DOWN),
        ("Can a ward nurse have trainees below her?", Way.DOWN),
        # both ways at once: whatever tells the rank of the two settles it
        ("Does the ward nurse report to the ward doctor?", None),
        ("Is the ward doctor the ward nurse's boss?", None),
        # nobody is above or below anybody
        ("What does the ward nurse manage?", None),
        ("Who supervises the ward nurse's budget?", None),
        ("Does the ward nurse work under pressure?", None),
        ("Who is good at leading people?", None),
    ],
)
def test_a_question_looks_up_or_down_from_the_role_it_names(question: str, way: Way | None) -> None:
    assert way_asked(question, (NURSE, DOCTOR), find) is way


@pytest.mark.parametrize(
    ("sentence", "up", "down"),
    [
        ("The Ward Nurse reports to the matron.", True, False),
        ("A trainee answers to the Ward Nurse.", False, True),
        ("The Ward Nurse, whose superior is a matron, keeps the keys.", True, False),
        ("Below the Ward Nurse come two trainees.", False, True),
        ("Above the Ward Nurse stands a matron.", True, False),
        ("They lead four trainees.", False, True),
        ("They rank above the porters and take orders from the matron.", True, True),
        ("In most hospitals the Ward Doctor is above the Ward Nurse.", True, False),
        # of another role alone
        ("The Ward Doctor reports to the head of medicine.", False, False),
        # each of the other, or nothing of rank
        ("Neither the Ward Nurse nor the Ward Doctor is the other's boss.", None, None),
        ("The Ward Nurse keeps the keys under lock above the desk.", None, None),
    ],
)
def test_a_sentence_tells_who_is_above_or_below(sentence: str, up: bool | None, down: bool | None) -> None:
    assert looks_there(sentence, (NURSE,), Way.UP, find, (NURSE,)) is up
    assert looks_there(sentence, (NURSE,), Way.DOWN, find, (NURSE,)) is down
