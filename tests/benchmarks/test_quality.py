"""What the README says about quality is what the command prints."""

from __future__ import annotations

import re
import resource
from pathlib import Path

import pytest

from tests.benchmarks.conftest import ROLEWISE, timed

README = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
QUOTED = re.compile(r"<!-- rolewise (evaluate .*?) -->\n(.*?)\n<!-- end -->", re.DOTALL)

CLOSE_ENOUGH = 0.01
ONE_QUESTION = 1.01  # of few: it weighs more than that, and another processor may round it to the other side
# How many sentences are cited may change by a few: vectors differ in the last digit by how texts were batched.
CLOSE_COUNT = 0.01
# Seconds of work on two cores, index and all. Work and not time, so that a busy machine does not fail it.
MOST_WORK = 2 * 300


def rows(table: str) -> dict[str, tuple[list[float], int]]:
    """Return the measured values of each line of a Markdown table, and of how many cases, under its first cell."""
    found = {}
    for line in table.splitlines()[2:]:
        name, value, interval, count = (cell.strip() for cell in line.strip("|").split("|"))
        found[name] = ([float(number) for number in (value, *interval.split(" to ")) if number], int(count))
    return found


def test_the_readme_quotes_the_command_with_its_numbers() -> None:
    ((command, table),) = QUOTED.findall(README)
    assert command == "evaluate --split test --readme"
    assert len(rows(table)) >= 20
    assert all(len(values) in (1, 3) and count > 0 for values, count in rows(table).values())


@pytest.mark.slow
def test_the_readme_quotes_what_the_command_prints(tmp_path: Path) -> None:
    ((command, table),) = QUOTED.findall(README)
    before = _work_of_children()
    ran = timed([*ROLEWISE, *command.split()], tmp_path / "data", tmp_path)
    work = _work_of_children() - before
    print(f"evaluated in {ran.seconds:.0f} s, {work:.0f} s of work\n{ran.out}")
    printed, quoted = rows(ran.out.strip()), rows(table)
    assert printed.keys() == quoted.keys()
    for name, (values, count) in printed.items():
        close = max(CLOSE_ENOUGH, ONE_QUESTION / count)
        assert values == pytest.approx(quoted[name][0], abs=close), f"{name}: run rolewise {command}"
        assert count == pytest.approx(quoted[name][1], rel=CLOSE_COUNT), f"{name}: run rolewise {command}"
    assert work < MOST_WORK


def _work_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
