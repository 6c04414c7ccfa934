"""What the doctor looks at, with settings of a test."""

from __future__ import annotations

from pathlib import Path

from assistant.doctor.installation import Installation
from assistant.settings import Settings


def installation(data: Path, **settings: object) -> Installation:
    return Installation(Settings(data=data, **settings))
