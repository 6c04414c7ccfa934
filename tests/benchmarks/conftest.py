"""What people run, as they run it: processes of their own, over the shipped articles."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.library import Library
from tests.conftest import questions_about

ROLEWISE = [str(Path(sys.executable).parent / "rolewise")]


@dataclass(frozen=True)
class Timed:
    """A command that ended well: its output and how long it took."""

    out: str
    seconds: float


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROLEWISE_")}
    return {**kept, "ROLEWISE_DATA": str(data)}


def timed(command: list[str], data: Path, folder: Path) -> Timed:
    started = time.perf_counter()
    done = subprocess.run(command, env=environment(data), cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stderr
    return Timed(done.stdout, seconds)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A data folder with an index made from nothing, and the seconds that took."""
    data = tmp_path_factory.mktemp("bench") / "data"
    took = timed([*ROLEWISE, "index", "build"], data, Path.cwd())
    return data, took.seconds


@pytest.fixture(scope="session")
def conversations(shipped_library: Library) -> list[tuple[str, ...]]:
    """Three hundred different conversations on all the articles, one to three messages long."""
    articles = list(shipped_library.articles.values())
    asked = [turns for number in range(6) for article in articles for turns in questions_about(article, number)]
    return list(dict.fromkeys(asked))[:300]
