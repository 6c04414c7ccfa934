"""When the articles do not answer, that is said, with the reason and with questions that they do answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Evidence, Outcome, Reason
from assistant.chat import Assistant
from assistant.evidence import Found
from assistant.headings import asking
from assistant.question import QuestionReader
from assistant.refusals import Refusals, suggest
from corpus.catalogue import SUMMARY
from corpus.library import Library
from tests.assistant.pieces import BUDGET, CREW, SOFTWARE, evidence
from tests.small import library_of

PAIR = "Operations Manager and the Production Manager"

LEAST = 0.6  # about where the assistant begins to answer

REFUSED = {
    "What does a production manager earn?": (
        Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, "do not say anything about pay for the Production Manager",
    ),
    "Can the head chef work from home?": (
        Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, "do not say anything about remote work for the Head Chef",
    ),
    "How many people does the sous chef train?": (
        Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, "The nearest they treat: Team",
    ),
    "How much does the production manager earn?": (
        Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, "do not say anything about pay for the Production Manager",
    ),
    "What is the notice period of the head chef?": (
        Outcome.NOT_COVERED, Reason.TOPIC_NOT_COVERED, "anything about notice periods and probation",
    ),
    "What does a CEO do?": (Outcome.NOT_COVERED, Reason.UNKNOWN_ROLE, "“Chief Executive Officer”"),
    "What does a brewery manager do?": (Outcome.NOT_COVERED, Reason.UNKNOWN_ROLE, "“brewery manager”"),
    "Compare head chef and office manager": (
        Outcome.NOT_COVERED, Reason.PAIR_NOT_COMPARED, "none of them compares Head Chef and Office Manager",
    ),
    "Why is grass green?": (Outcome.NOT_COVERED, Reason.OFF_TOPIC, "They only compare job roles"),
    "Hello!": (Outcome.NOT_COVERED, Reason.OFF_TOPIC, "Hello!"),
    "Thanks a lot": (Outcome.NOT_COVERED, Reason.OFF_TOPIC, "You are welcome"),
    "What is the budget of the OM?": (
        Outcome.UNCLEAR, Reason.AMBIGUOUS, "Did you mean Office Manager or Operations Manager?",
    ),
    "Compare the head chef": (Outcome.UNCLEAR, Reason.AMBIGUOUS, "With which role shall I compare the Head Chef?"),
    "Compare them": (Outcome.UNCLEAR, Reason.AMBIGUOUS, "Which roles shall I compare?"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (("A vs B",), "composed from “A vs B”."),
        (("A vs B", "C vs D"), "composed from “A vs B” and “C vs D”."),
        (("A vs B", "C vs D", "E vs F"), "composed from 3 articles on other pairs."),
    ],
)
def test_what_a_comparison_is_composed_from_fits_in_a_sentence(
    reader: QuestionReader, small_library: Library, titles: tuple[str, ...], said: str
) -> None:
    question = reader.read(["Compare the production manager and the sous chef"])
    assert Refusals(small_library).composed(question, titles, {}).endswith(said)


def test_what_a_composed_comparison_leaves_out_is_named_in_short(
    reader: QuestionReader, small_library: Library
) -> None:
    question = reader.read(["Compare the production manager and the sous chef"])
    besides = {"Production Manager": ("budget", "career", "scope", "tools"), "Sous Chef": ()}
    said = Refusals(small_library).composed(question, ["A vs B"], besides)
    assert said.endswith(" For the Production Manager they also treat budget, career, scope and 1 more.")


@pytest.fixture(scope="module")
def refusals(model_assistant: Assistant) -> dict[str, Answer]:
    return {question: model_assistant.answer([question]) for question in REFUSED}


@pytest.mark.parametrize("question", REFUSED)
def test_a_refusal_says_why(refusals: dict[str, Answer], question: str) -> None:
    answer = refusals[question]
    outcome, reason, words = REFUSED[question]
    assert (answer.outcome, answer.reason) == (outcome, reason)
    assert words in answer.message


@pytest.mark.parametrize("question", REFUSED)
def test_a_refusal_claims_and_cites_nothing_and_is_unsure(refusals: dict[str, Answer], question: str) -> None:
    answer = refusals[question]
    assert (answer.claims, answer.citations(), answer.comparison) == ((), (), None)
    assert 0 < answer.confidence < LEAST


@pytest.mark.parametrize("question", REFUSED)
def test_a_refusal_suggests_two_or_three_questions_that_are_answered(
    model_assistant: Assistant, refusals: dict[str, Answer], question: str
) -> None:
    suggestions = refusals[question].suggestions
    assert 2 <= len(set(suggestions)) == len(suggestions) <= 3
    for suggestion in suggestions:
        assert model_assistant.answer([suggestion]).outcome is Outcome.ANSWERED, suggestion


def test_the_roles_nearest_to_an_unknown_one_are_named(refusals: dict[str, Answer]) -> None:
    said = refusals["What does a brewery manager do?"].message
    assert "The nearest roles they treat: " in said
    assert "Manager" in said.split("treat: ")[1]


def test_an_ambiguous_question_is_offered_once_for_each_role(refusals: dict[str, Answer]) -> None:
    assert refusals["What is the budget of the OM?"].suggestions == (
        "What is the budget of the Office Manager?",
        "What is the budget of the Operations Manager?",
    )


def test_a_refusal_keeps_the_question_as_typed_and_as_understood(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["Who leads, head chef or sous chef?", "What do they earn?"])
    assert answer.reason is Reason.TOPIC_NOT_COVERED
    assert answer.question == "What do they earn?"
    assert answer.standalone_question == "What do the Head Chef and the Sous Chef earn?"


def test_an_answer_suggests_the_topics_that_follow_in_its_article(small_library: Library) -> None:
    assert suggest([evidence(small_library, BUDGET)]) == (
        f"How do the teams of the {PAIR} differ?",
        f"How do the careers of the {PAIR} differ?",  # what stands under Technology is of one of them alone
    )


def test_topics_already_answered_are_not_suggested_and_the_last_is_followed_by_the_first(
    small_library: Library,
) -> None:
    shown = [evidence(small_library, words) for words in (SOFTWARE, BUDGET)]
    assert suggest(shown) == (f"How do the careers of the {PAIR} differ?", f"How do the teams of the {PAIR} differ?")


def test_nothing_is_suggested_for_no_evidence() -> None:
    assert suggest([]) == ()


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Budget", f"How do the budgets of the {PAIR} differ?"),
        ("Meetings", f"How do the meetings of the {PAIR} differ?"),
        ("Tools and Methods", f"How do the tools and methods of the {PAIR} differ?"),
        ("KPIs", f"How do the {PAIR} differ in “KPIs”?"),  # too short to tell
        ("Duties", f"How do the {PAIR} differ in “Duties”?"),  # would ask for everything
        ("Focus", f"How do the {PAIR} differ in “Focus”?"),  # no plural
        ("Logistics", f"How do the {PAIR} differ in “Logistics”?"),
        ("Managing Costs", f"How do the {PAIR} differ in “Managing Costs”?"),  # who manages what?
        ("Where They Sit", f"How do the {PAIR} differ in “Where They Sit”?"),
        ("2. Budget", f"How do the budgets of the {PAIR} differ?"),  # a number says nothing
        ("D.12 Sickness and Cover", f"How do the {PAIR} differ in “Sickness and Cover”?"),
        ("IV. Who Leads", f"How do the {PAIR} differ in “Who Leads”?"),
        ("Step 3: Ask First", f"How do the {PAIR} differ in “Ask First”?"),
        ("24 Hours on Site", f"How do the {PAIR} differ in “24 Hours on Site”?"),  # a number of something
        ("Who Leads Whom?", f"How do the {PAIR} differ in “Who Leads Whom”?"),  # one question mark is enough
    ],
)
def test_a_heading_is_asked_about_as_its_form_allows(small_library: Library, heading: str, question: str) -> None:
    assert asking(evidence(small_library, BUDGET).article, heading) == question


def test_a_premise_of_which_nothing_speaks_is_named(small_library: Library) -> None:
    found = Found((evidence(small_library, CREW),), ("Production Manager",), 1.0, 1.0, 1.0)
    question = QuestionReader(small_library).read(["Since production managers may not drive, who drives them?"])
    answer = Refusals(small_library).unspoken_premise(question, "production managers may not drive", found, 0.2)
    assert (answer.outcome, answer.reason, answer.claims) == (Outcome.NOT_COVERED, Reason.FALSE_PREMISE, ())
    assert "“production managers may not drive”" in answer.message
    assert answer.message.endswith("The nearest they treat: Team.")
    assert len(answer.suggestions) == 2
    assert answer.confidence == 0.2


def test_a_conclusion_is_no_topic_that_is_near(small_library: Library) -> None:
    near = evidence(small_library, CREW)
    section = replace(near.section, heading="What Is the Conclusion?", topic=SUMMARY)
    article = replace(
        near.article, sections=tuple(section if one is near.section else one for one in near.article.sections)
    )
    concluding = Evidence(article, section, near.sentence, 0.2)
    found = Found((concluding, evidence(small_library, BUDGET)), ("Production Manager",), 1.0, 1.0, 1.0)
    question = QuestionReader(small_library).read(["Which songs does the production manager sing?"])
    answer = Refusals(small_library).topic_not_covered(question, found, 0.2)
    assert answer.message.endswith("The nearest they treat: Budget.")
    assert not any("Conclusion" in option for option in answer.suggestions)


def test_a_topic_that_a_likely_sentence_speaks_of_is_not_denied(tmp_path: Path) -> None:
    page = "# Baker vs Butcher\n\n## Money\n\nThe Baker is paid at dawn. The Butcher sells ham.\n"
    library = library_of(tmp_path, {"baker-vs-butcher": page})
    question = QuestionReader(library).read(["What pension does the baker get?"])
    paid, ham = evidence(library, "paid at dawn"), evidence(library, "sells ham")
    found = Found((ham,), ("Baker",), 1.0, 1.0, 1.0, (replace(ham, score=0.1), replace(paid, score=0.08)))
    refused = Refusals(library).topic_not_covered(question, found, 0.2)
    assert refused.message.startswith("The articles do not say this for the Baker.")
    unlikely = replace(found, ranked=(replace(ham, score=0.1), replace(paid, score=0.01)))
    refused = Refusals(library).topic_not_covered(question, unlikely, 0.2)
    assert refused.message.startswith("The articles do not say anything about pay for the Baker.")


def test_thanks_are_answered_with_questions_on_the_roles_spoken_of(model_assistant: Assistant) -> None:
    answer = model_assistant.answer(["What is the budget of the executive assistant?", "ok thanks!"])
    assert answer.reason is Reason.OFF_TOPIC
    assert answer.suggestions == ("Compare Office Manager and Executive Assistant", "What does the Office Manager do?")
