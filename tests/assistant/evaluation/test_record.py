from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.errors import EvaluationError
from assistant.evaluation.record import read_record, write_record
from assistant.evaluation.selection import Choice, LibraryChoice
from corpus.bank import Kind, Split
from tests.assistant.evaluation.cases import record

RUN = record(choice=Choice(Split.TRAIN, ("a",), (Kind.NOISY,), LibraryChoice.EACH))


def test_a_run_that_was_kept_is_read_back_as_it_was(tmp_path: Path) -> None:
    write_record(RUN, tmp_path / "run.json")
    assert read_record(tmp_path / "run.json") == RUN


def test_other_programs_find_the_measures_and_one_line_for_each_question(tmp_path: Path) -> None:
    write_record(RUN, tmp_path / "run.json")
    text = (tmp_path / "run.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    assert kept["schema"] == "rolewise.evaluation/1"
    assert kept["measures"]["hit"] == {
        "value": 0.5, "n": 4, "low": pytest.approx(0.15, abs=1e-3), "high": pytest.approx(0.85, abs=1e-3)
    }  # fmt: skip
    assert kept["kinds"]["unanswerable"]["unanswerable_refused"]["value"] == 0.5
    assert kept["questions_per_second"] == 1.94  # seven in 3.6 seconds
    half = kept["questions"][1]
    assert (half["id"], half["outcome"], half["confidence"], half["hit"], half["full"]) == (
        "half", "answered", 0.8, True, False,
    )  # fmt: skip
    assert [(cited["article"], cited["sentence"]) for cited in half["cited"]] == [("a", 1), ("a", 2)]
    assert sum(line.startswith('{"id":') for line in text.splitlines()) == len(RUN.trials)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"schema": "rolewise.answer/1"}'])
def test_a_file_that_is_no_run_is_named_with_the_way_to_make_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"run\.json is no run .* rolewise evaluate --json"):
        read_record(tmp_path / "run.json")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="cannot be written"):
        write_record(RUN, tmp_path)
