"""What the README says about quality is what the command prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.benchmarks.conftest import ROLEWISE, timed

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
QUOTED = re.compile(r"<!-- rolewise (evaluate .*?) -->\n(.*?)\n<!-- end -->", re.DOTALL)

CLOSE_ENOUGH = 0.01
LONGEST = 300  # seconds for the test split on two cores


def rows(table: str) -> dict[str, tuple[float, ...]]:
    """Return the numbers of each line of a Markdown table under its first cell."""
    cells = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {name: tuple(float(number) for number in re.findall(r"\d+\.?\d*", " ".join(rest))) for name, *rest in cells}


def test_the_readme_quotes_the_command_with_its_numbers() -> None:
    ((command, table),) = QUOTED.findall(README)
    assert command == "evaluate --split test --readme"
    assert len(rows(table)) >= 20
    assert all(1 <= len(numbers) <= 4 for numbers in rows(table).values())


@pytest.mark.slow
def test_the_readme_quotes_what_the_command_prints(tmp_path: Path) -> None:
    ((command, table),) = QUOTED.findall(README)
    ran = timed([*ROLEWISE, *command.split()], tmp_path / "data", tmp_path)
    printed, quoted = rows(ran.out.strip()), rows(table)
    assert printed.keys() == quoted.keys()
    for name, numbers in printed.items():
        assert numbers == pytest.approx(quoted[name], abs=CLOSE_ENOUGH), f"{name}: run rolewise {command}"
    print(f"evaluated in {ran.seconds:.0f} s")
    assert ran.seconds < LONGEST
