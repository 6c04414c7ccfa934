"""What other programs rely on, checked on three hundred conversations with the shipped articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.conftest import ROLEWISE, timed

pytestmark = pytest.mark.slow

Answers = list[dict[str, Any]]


@pytest.fixture(scope="module")
def batch(conversations: list[tuple[str, ...]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("batch") / "rows.jsonl"
    rows = [json.dumps({"id": str(number), "turns": turns}) for number, turns in enumerate(conversations)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answers(built: tuple[Path, float], batch: Path) -> Answers:
    return answered(built[0], batch)


def answered(data: Path, batch: Path) -> Answers:
    out = timed([*ROLEWISE, "ask", "--batch", str(batch)], data, batch.parent).out
    return [json.loads(line) for line in out.splitlines()]


def test_every_quote_is_the_article_text_at_its_offsets(
    built: tuple[Path, float], answers: Answers, tmp_path: Path
) -> None:
    timed([*ROLEWISE, "articles", "export-text", str(tmp_path)], built[0], tmp_path)
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in tmp_path.glob("*.txt")}
    citations = [citation for answer in answers for citation in answer["citations"]]
    assert len(citations) > len(answers)
    for citation in citations:
        assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]


def test_the_same_index_gives_the_same_answers(built: tuple[Path, float], answers: Answers, batch: Path) -> None:
    again = answered(built[0], batch)
    assert [timeless(answer) for answer in again] == [timeless(answer) for answer in answers]


def timeless(answer: dict[str, Any]) -> str:
    return json.dumps({**answer, "elapsed_ms": None})


def test_the_questions_are_varied_and_most_are_answered(answers: Answers) -> None:
    outcomes = [answer["outcome"] for answer in answers]
    assert len({answer["standalone_question"] for answer in answers}) >= 200
    assert outcomes.count("answered") > len(outcomes) / 2
