"""False premises are answered by the sentence against them; articles that disagree are both shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome, Reason, Verdict
from assistant.chat import Assistant
from assistant.checks.naming import Naming
from assistant.contradictions import conflicts, judged, unspoken, unspoken_premise
from assistant.question import QuestionReader
from assistant.refusals import disagreement
from corpus.library import Library
from tests.assistant.pieces import BUDGET, MONEY, claim, evidence
from tests.small import PAGES, assistant_of, library_of

FIRST = """---
title: "Baker vs Butcher, Seen by Ann"
roles: [Baker, Butcher]
date: 2026-01-31
disagrees_with: second
---

## Working Hours

The Baker starts at two in the morning. The Butcher starts at six.

## Customers

The Baker sells to everybody.
"""
SECOND = """---
title: "Baker vs Butcher, Seen by Ben"
roles: [Baker, Butcher]
date: 2026-03-31
---

## Working Hours

Hardly any Baker starts at two in the morning these days; five is usual. The Butcher starts at six.
"""


@pytest.fixture(scope="module")
def bakery(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("bakery"), {"first": FIRST, "second": SECOND})


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> Library:
    first = "---\ntitle: Cook vs Baker\nroles: [Cook, Baker]\ndisagrees_with: two\n---\n\n## Tools\n\n"
    second = "---\ntitle: Baker vs Cook\nroles: [Baker, Cook]\n---\n\n## Tools\n\n"
    pages = {
        "one": f"{first}The Cook reports blunt knives. The Baker oils the mixer.\n",
        "two": f"{second}The Cook keeps a list of all that rattles. The Baker cleans the oven.\n",
    }
    return library_of(tmp_path_factory.mktemp("kitchens"), pages)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Why does the production manager hold the larger budget?", Verdict.CONTRADICTED),
        ("Why does the operations manager hold the larger budget?", Verdict.SUPPORTED),
        ("Who has the larger budget?", Verdict.SUPPORTED),  # it takes nothing for granted
        ("Is it true that the production manager holds the larger budget?", Verdict.SUPPORTED),  # it only asks
    ],
)
def test_a_claim_contradicts_what_is_wrongly_taken_for_granted(
    reader: QuestionReader, small_library: Library, question: str, verdict: Verdict
) -> None:
    (found,) = judged(reader.read([question]), [claim(small_library, BUDGET)], Naming(small_library.catalogue))
    assert found.verdict is verdict


def test_authors_who_are_known_to_disagree_conflict_on_the_same_topic_and_role(bakery: Library) -> None:
    claims = [claim(bakery, "starts at two in the morning."), claim(bakery, "Hardly any Baker")]
    likely = [evidence(bakery, "starts at two in the morning.", 0.95), evidence(bakery, "Hardly any Baker", 0.95)]
    assert conflicts(claims, likely, Naming(bakery.catalogue)) == ((0, 1),)


def test_authors_who_disagree_are_not_said_to_where_the_question_is_about_something_else(kitchens: Library) -> None:
    claims = [claim(kitchens, "reports blunt knives"), claim(kitchens, "keeps a list")]
    doubtful = [evidence(kitchens, "reports blunt knives", 0.6), evidence(kitchens, "keeps a list", 0.6)]
    assert conflicts(claims, doubtful, Naming(kitchens.catalogue)) == ()


def test_articles_that_disagree_are_named_with_their_days_in_words(bakery: Library) -> None:
    claims = [claim(bakery, "starts at two in the morning."), claim(bakery, "Hardly any Baker")]
    assert disagreement(claims, [(0, 1)]) == (
        "Two articles see this differently; both are shown: “Baker vs Butcher, Seen by Ann” (31 January 2026) and "
        "“Baker vs Butcher, Seen by Ben” (31 March 2026)."
    )
    assert disagreement(claims, []) == ""


def test_sentences_of_one_article_or_on_different_roles_do_not_conflict(small_library: Library) -> None:
    claims = [claim(small_library, BUDGET), claim(small_library, MONEY), claim(small_library, "pays for supplies")]
    assert conflicts(claims, (), Naming(small_library.catalogue)) == ()


def test_articles_that_say_the_opposite_conflict_whether_marked_or_not(tmp_path: Path) -> None:
    pages = {
        "one": "# Baker vs Butcher\n\n## Team\n\nThe Baker leads 12 people. The Butcher leads nobody.\n",
        "two": "# Baker vs Butcher again\n\n## Team\n\nThe Baker leads 40 people. The Butcher leads nobody.\n",
    }
    library = library_of(tmp_path, pages)
    claims = [claim(library, "leads 12 people"), claim(library, "leads 40 people")]
    assert conflicts(claims, (), Naming(library.catalogue)) == ((0, 1),)


def test_a_false_premise_is_answered_and_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Why does the production manager hold the larger budget?"])
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, Reason.FALSE_PREMISE)
    assert answer.message.startswith("The articles say otherwise.")
    assert any(one.verdict is Verdict.CONTRADICTED and BUDGET in one.text for one in answer.claims)


def test_a_premise_that_nothing_speaks_to_is_refused_and_named(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Since the sous chef owns a helicopter, who flies it?"])
    assert (answer.outcome, answer.reason) == (Outcome.NOT_COVERED, Reason.FALSE_PREMISE)
    assert "the sous chef owns a helicopter" in answer.message


@pytest.mark.parametrize(
    ("premise", "expected"),
    [
        ("the Operations Manager holds the larger budget", False),
        ("the Operations Manager owns a helicopter", True),
        ("the Operations Manager spans departments and sells elephants", True),
        ("the Operations Manager", False),  # it says nothing
    ],
)
def test_a_premise_is_unspoken_when_half_its_words_stand_nowhere(
    small_library: Library, premise: str, expected: bool
) -> None:
    found = [evidence(small_library, BUDGET)]
    assert unspoken(premise, found, Naming(small_library.catalogue)) is expected


def test_the_pages_of_the_small_library_do_not_disagree(tmp_path: Path) -> None:
    library = library_of(tmp_path / "articles", PAGES)
    answer = assistant_of(library, tmp_path / "index").answer(["Who has the larger budget?"])
    assert answer.conflicts == ()


@pytest.mark.parametrize(
    ("question", "outcome", "reason"),
    [
        ("Does the baker sell rolls on Saturday?", Outcome.ANSWERED, None),
        ("Does the baker sell rolls on Sunday?", Outcome.ANSWERED, Reason.FALSE_PREMISE),
        ("What does the baker sell on Saturdays?", Outcome.ANSWERED, None),
        ("What does the baker sell on Sundays?", Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED),
    ],
)
def test_another_day_denies_a_yes_and_answers_nothing_else(
    tmp_path: Path, question: str, outcome: Outcome, reason: Reason | None
) -> None:
    page = "---\ntitle: Baker vs Cook\nroles: [Baker, Cook]\n---\n\n## Sales\n\nOn Saturdays the Baker sells rolls.\n"
    answer = assistant_of(library_of(tmp_path / "articles", {"sales": page}), tmp_path / "index").answer([question])
    assert (answer.outcome, answer.reason) == (outcome, reason)


def test_why_a_role_does_what_nothing_answers_names_what_is_taken_for_granted(
    reader: QuestionReader, small_library: Library
) -> None:
    question, found = reader.read(["Why does the sous chef own a blue submarine?"]), [evidence(small_library, BUDGET)]
    naming = Naming(small_library.catalogue)
    told = unspoken_premise(question, found, naming, unsure=True)
    assert told == "the sous chef does own a blue submarine"
    assert unspoken_premise(question, found, naming, unsure=False) is None
