"""150 messages written by hand, over the shipped articles and over a farm, a ship and a theatre: who is meant.

Both halves were written before either was looked at; the rules were mended on the development half alone.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.question import QuestionReader
from corpus.library import Library
from tests.assistant.measuring import share
from tests.assistant.other_domains import PAGES
from tests.conftest import DATA
from tests.small import library_of

ROWS = [json.loads(line) for line in (DATA / "role-mentions.jsonl").read_text(encoding="utf-8").splitlines()]
HALVES = {"development": 0.96, "held-out": 0.90}


@pytest.fixture(scope="module")
def readers(shipped_library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, QuestionReader]:
    other = library_of(tmp_path_factory.mktemp("other-domains"), PAGES)
    return {"shipped": QuestionReader(shipped_library), "other": QuestionReader(other)}


def understood(reader: QuestionReader, row: dict[str, Any]) -> bool:
    question = reader.read(row["turns"])
    choice = question.choice.roles if question.choice else ()
    unknown = [name.casefold() for name in question.unknown_roles]
    return (
        set(question.roles) == set(row["roles"])
        and unknown == [name.casefold() for name in row["unknown"]]
        and set(choice) == set(row["choice"])
    )


@pytest.mark.parametrize("half", HALVES)
def test_roles_of_messages_are_understood(readers: dict[str, QuestionReader], half: str) -> None:
    rows = [row for row in ROWS if row["half"] == half]
    assert len(rows) == 75
    found = share(understood(readers[row["library"]], row) for row in rows)
    assert found.value >= HALVES[half], found
