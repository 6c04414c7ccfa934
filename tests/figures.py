"""What tests measure, gathered in build/figures.json: name, value, and what is promised of it.

A test asks for the fixture `figure` and notes what it found before it asserts the promise; `kept` tells whether it then
passed, and is null when it was skipped after all. The file is of one commit: a run replaces what it measures again and
leaves the rest, so that `pytest` and `pytest -m slow` fill it together; at another commit it begins anew.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

FILE = Path("build") / "figures.json"
_PROPERTY = "figure"

Note = Callable[[str, Any, str], None]  # name, value as JSON can hold it, promise


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Note:
    """Note a figure of this test."""

    def note(name: str, value: Any, promise: str) -> None:
        # As text: between processes only plain values travel, and a status code of httpx is none.
        noted = json.dumps({"name": name, "value": value, "promise": promise})
        request.node.user_properties.append((_PROPERTY, noted))

    return note


class Gathered:
    """Collects the figures of a run, those of other processes too, and writes them at its end."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[str, list[dict[str, Any]]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a test noted, once it has been called."""
        if report.when != "call":
            return
        now = datetime.now(UTC).isoformat(timespec="seconds")
        noted = [json.loads(value) for name, value in report.user_properties if name == _PROPERTY]
        if noted:
            kept = None if report.skipped else report.passed
            self._found[report.nodeid] = [{**one, "kept": kept, "measured": now} for one in noted]

    def pytest_sessionfinish(self) -> None:
        """Write the file when there is something to write."""
        if not self._found:
            return
        commit, path = _commit(self._root), self._root / FILE
        tests = {**_known(path, commit), **self._found}
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": round(os.getloadavg()[0], 1)}
        path.parent.mkdir(exist_ok=True)
        text = json.dumps({"commit": commit, "machine": machine, "tests": dict(sorted(tests.items()))}, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Gather figures, except in a process that another one gathers from."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Gathered(config.rootpath))


def _commit(root: Path) -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def _known(path: Path, commit: str) -> dict[str, Any]:
    """Return what was measured before at this commit, if that is known."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return dict(held["tests"]) if commit and held["commit"] == commit else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
