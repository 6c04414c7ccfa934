"""A data folder that was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.backups.saving import save
from tests.assistant.backups.places import fill


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save(fill(tmp_path / "data", "wire"), tmp_path / "saved.zip")
    return tmp_path / "saved.zip"
