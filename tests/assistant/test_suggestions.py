"""Whatever is refused, over articles of several domains: the questions suggested are themselves answered."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.answer import Answer, Outcome
from assistant.chat import Assistant
from index.build import build_index
from index.encoder import SentenceEncoder
from index.ranker import shipped_ranker
from index.search import Searcher
from tests import small
from tests.assistant.other_domains import PAGES

ROLES = (
    "head chef", "farm manager", "stage manager", "chief engineer", "office manager",
    "harbour pilot", "sound designer", "production manager", "artistic director", "herd manager",
)  # fmt: skip
UNANSWERED = (
    "What does the {} earn?",
    "Which degree does the {} need?",
    "How many days off does the {} get?",
    "What does the {} think about an astronaut's pension?",
)
STRANGE = (
    "What does an astronaut do?",
    "How much does a dental nurse earn?",
    "Compare a locksmith and a notary",
    "What does a goldsmith make?",
    "Why is grass green?",
    "Which planet is the largest?",
    "Hello!",
    "Compare head chef and chief engineer",
    "Compare the sound designer",
    "Was ist ein Koch?",
)
QUESTIONS = (*(asked.format(role) for asked, role in product(UNANSWERED, ROLES)), *STRANGE)

pytestmark = pytest.mark.slow  # two hundred questions to a library of several domains


@pytest.fixture(scope="module")
def mixed(sentence_encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("mixed")
    library = small.library_of(folder / "articles", {**small.PAGES, **PAGES})
    built = build_index(folder / "index", library, sentence_encoder).folder
    return Assistant(library, Searcher.open(built, sentence_encoder), ranker=shipped_ranker(sentence_encoder))


@pytest.fixture(scope="module")
def refused(mixed: Assistant) -> list[Answer]:
    answers = [mixed.answer([question]) for question in QUESTIONS]
    return [answer for answer in answers if answer.outcome in (Outcome.NOT_COVERED, Outcome.UNCLEAR)]


def test_most_of_the_questions_are_refused(refused: list[Answer]) -> None:
    assert len(QUESTIONS) == 50
    assert len(refused) >= 45


def test_every_suggestion_of_a_refusal_is_answered(mixed: Assistant, refused: list[Answer]) -> None:
    suggested = {option: answer.question for answer in refused for option in answer.suggestions}
    outcomes = {option: mixed.answer([option]).outcome for option in suggested}
    unanswered = {
        option: suggested[option]
        for option, outcome in outcomes.items()
        if outcome not in (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)
    }
    assert unanswered == {}
