"""A first quality floor on a crawled page, with questions written before the code was looked at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer, Outcome
from assistant.chat import Assistant
from corpus.library import load_library
from index.encoder import SentenceEncoder
from tests.conftest import DATA
from tests.small import assistant_of

MEASURED = pytest.mark.slow  # some eighty questions each; those that were held out are asked among the fast tests
SETS = (
    pytest.param("seed-questions.jsonl", marks=MEASURED),
    "held-out-questions.jsonl",
    pytest.param("second-questions.jsonl", marks=MEASURED),
)


@dataclass(frozen=True)
class Judged:
    """A question with the sections and roles that answer it, and the answer it got."""

    row: dict[str, Any]
    answer: Answer

    @property
    def refused(self) -> bool:
        return self.answer.outcome in (Outcome.NOT_COVERED, Outcome.UNCLEAR)

    @property
    def hit(self) -> bool:
        cited = [(item.section.heading, item.sentence.roles) for item in self.answer.citations()]
        return any(
            heading == side["topic"] and side["role"] in roles
            for side in self.row["evidence"]
            for heading, roles in cited
        )


@pytest.fixture(scope="module")
def assistant(sentence_encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    library = load_library([], [DATA / "crawled-page.txt"])
    return assistant_of(library, tmp_path_factory.mktemp("crawled"), sentence_encoder)


@pytest.fixture(scope="module", params=SETS)
def judged(request: pytest.FixtureRequest, assistant: Assistant) -> list[Judged]:
    lines = (DATA / Path(request.param)).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Judged(row, assistant.answer(row["turns"])) for row in rows]


def share(of: Iterable[bool]) -> float:
    values = list(of)
    return sum(values) / len(values)


def test_four_of_five_answers_cite_a_sentence_that_answers(judged: list[Judged]) -> None:
    assert share(one.hit for one in judged if one.row["evidence"]) >= 0.80


def test_unanswerable_questions_are_refused_and_answerable_ones_are_not(judged: list[Judged]) -> None:
    assert share(one.refused for one in judged if not one.row["evidence"]) >= 0.40
    assert share(one.refused for one in judged if one.row["evidence"]) <= 0.15


def test_a_side_is_answered_with_at_most_two_citations(judged: list[Judged]) -> None:
    for one in judged:
        if one.answer.comparison is None:
            cited = Counter(role for citation in one.answer.citations() for role in citation.sentence.roles)
            assert max(cited.values(), default=0) <= 2, one.row["turns"]
