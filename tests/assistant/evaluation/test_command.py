"""`rolewise evaluate` as people run it, on the small bank."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.assistant.conftest import Command
from tests.assistant.evaluation.questions import write_bank


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank")


def test_the_tables_go_to_stdout_and_the_run_to_a_file(rolewise: Command, bank: Path, tmp_path: Path) -> None:
    kept, charts = tmp_path / "run.json", tmp_path / "charts"
    ran = rolewise("evaluate", "--questions", bank, "--jobs", 1, "--json", kept, "--charts", charts, "--worst", 3)
    assert ran.status == 0, ran.err
    assert ran.out.startswith("Split test, 5 questions; library: split, 2 articles;")
    assert [row["id"] for row in json.loads(kept.read_text(encoding="utf-8"))["questions"]] == [
        "budget", "then-budget", "cooks", "pay", "stapler",
    ]  # fmt: skip
    assert len(list(charts.glob("*.svg"))) == 3
    again = rolewise("evaluate", "--questions", bank, "--jobs", 1, "--compare", kept, "--kind", "direct")
    assert "Compared on 1 questions\n  but 4 questions were asked only before" in again.out


def test_the_table_of_the_readme_stands_alone(rolewise: Command, bank: Path) -> None:
    ran = rolewise("evaluate", "--questions", bank, "--jobs", 1, "--readme", "--split", "train")
    assert ran.out.splitlines()[0] == "| measure | value | 95 % interval | n |"
    assert all(line.startswith("|") for line in ran.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--article", "no-such-article"], 1, "has no article 'no-such-article'"),
        (["--kind", "rude"], 2, "--kind"),
        (["--jobs", "0"], 2, "--jobs"),
        (["--json", "nowhere/at/all/run.json"], 1, "is no folder"),
        (["--compare", "nowhere.json"], 1, "nowhere.json is no run"),
        (["--split", "development"], 1, "No question of the split development fits"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_asked(
    rolewise: Command, bank: Path, arguments: list[str], status: int, says: str
) -> None:
    ran = rolewise("evaluate", "--questions", bank, *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert "Asking" not in ran.err


def test_a_folder_without_questions_is_named(rolewise: Command, tmp_path: Path) -> None:
    ran = rolewise("evaluate", "--questions", tmp_path)
    assert ran.status == 1
    assert f"No questions in {tmp_path}" in ran.err
