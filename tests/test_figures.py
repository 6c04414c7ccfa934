"""What tests note stands in one file, with the promise and whether it was kept, for one commit alone."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CONFTEST = "from tests.figures import figure, pytest_configure\n"
TESTS = """
import os
from http import HTTPStatus
import pytest

def test_kept(figure):
    figure("lost", int(os.environ.get("LOST", "0")), "0")
    figure("statuses", {HTTPStatus.OK: 3}, "no 500")

def test_broken(figure):
    figure("seconds", 9.5, "less than 2")
    assert False

def test_skipped(figure):
    figure("seconds", 7, "less than 2")
    pytest.skip("busy")

def test_without():
    pass
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    commit(tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, "commit", "--quiet", "--allow-empty", "-m", "step"], cwd=project, check=True)


def measured(project: Path, *arguments: str, lost: int = 0) -> dict[str, Any]:
    subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist", *arguments],
        cwd=project,
        # Other plugins take seconds to be loaded and have no part in this.
        env=os.environ | {"PYTHONPATH": str(ROOT), "LOST": str(lost), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=False,
    )
    held = json.loads((project / "build" / "figures.json").read_text(encoding="utf-8"))
    return {
        f"{test.split('::')[1]}: {one['name']}": (one["value"], one["promise"], one["kept"])
        for test, noted in held["tests"].items()
        for one in noted
    }


@pytest.mark.parametrize("processes", ["0", "2"])
def test_every_figure_is_there_with_its_promise_and_whether_it_was_kept(project: Path, processes: str) -> None:
    assert measured(project, "-n", processes) == {
        "test_kept: lost": (0, "0", True),
        "test_kept: statuses": ({"200": 3}, "no 500", True),
        "test_broken: seconds": (9.5, "less than 2", False),
        "test_skipped: seconds": (7, "less than 2", None),
    }


def test_a_later_run_adds_to_it_and_another_commit_begins_anew(project: Path) -> None:
    measured(project)
    again = measured(project, "-k", "kept", lost=7)
    assert again["test_kept: lost"] == (7, "0", True)
    assert again["test_broken: seconds"] == (9.5, "less than 2", False)
    commit(project)
    assert set(measured(project, "-k", "kept")) == {"test_kept: lost", "test_kept: statuses"}


def test_ci_begins_with_no_figures_and_runs_all_kinds_of_tests_one_after_the_other() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    steps = ["rm -f build/figures.json", "pytest -n 2 --dist loadscope",
             'pytest -m "slow and not alone" -n 2 --dist loadscope', "pytest -m alone"]  # fmt: skip
    assert [line for line in lines if line in steps] == steps
    assert "/build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_what_needs_the_machine_for_itself_is_slow_as_well() -> None:
    marked = [node for path in sorted((ROOT / "tests").rglob("test_*.py")) for node in alone(path)]
    assert marked
    assert [where for where, marks in marked if "pytest.mark.slow" not in marks] == []


def alone(path: Path) -> list[tuple[str, str]]:
    """Return where a module marks something as alone, each with all the marks there."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        marks = ""
        if isinstance(node, ast.FunctionDef):
            marks = " ".join(map(ast.unparse, node.decorator_list))
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            marks = ast.unparse(node.value)
        if "pytest.mark.alone" in marks:
            found.append((f"{path.name}:{node.lineno}", marks))
    return found
