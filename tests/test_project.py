"""What is written about the project is true: sizes, the settings table, the commands of the README, the top level."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
MODULES = [path for package in ("corpus", "index", "assistant") for path in sorted((ROOT / package).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")

LONGEST_MODULE = 250
LONGEST_FUNCTION = 40


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=named)
def test_a_module_fits_in_the_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_readme_lists_every_setting(name: str) -> None:
    assert f"`ROLEWISE_{name.upper()}`" in README


@pytest.mark.parametrize(
    "command",
    ["serve", "ask", "index build", "index status", "index rollback", "articles list", "articles check",
     "articles add", "articles remove", "articles text", "articles export-text", "records status", "records forget",
     "records backup", "reviewers password", "reviews export", "reviews import", "evaluate", "doctor",
     "backup", "restore"],
)  # fmt: skip
def test_the_readme_names_every_command_and_each_has_help(command: str) -> None:
    assert f"rolewise {command}" in README
    assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0


def test_nothing_else_stands_at_the_top_level() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    agreed = {"corpus", "index", "assistant", "tests", "pyproject.toml", "README.md", "LICENSE"}
    assert {name for name in top if not name.startswith(".")} <= agreed
