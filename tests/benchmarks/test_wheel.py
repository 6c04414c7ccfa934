"""The wheel, installed in an empty environment, answers away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
QUESTION = "Who has the bigger budget, the operations manager or the production manager?"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("rolewise-*.whl"))


def test_the_wheel_carries_articles_and_web_files_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    articles = {Path(name).name for name in names if name.startswith("corpus/articles/")}
    assert articles == {path.name for path in (ROOT / "corpus" / "articles").iterdir()}
    assert any(name.startswith("assistant/web/static/") for name in names)
    assert {Path(name).parts[0] for name in names if ".dist-info" not in name} == {"assistant", "corpus", "index"}


def test_the_installed_wheel_answers_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ROLEWISE_", "PYTHON"))}
    settings = {**kept, "ROLEWISE_DATA": str(tmp_path / "data")}
    command = [home / "bin" / "rolewise", "ask", "--json", QUESTION]
    done = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["outcome"] == "answered"
    assert {"Operations Manager", "Production Manager"} <= {r for claim in answer["claims"] for r in claim["roles"]}
