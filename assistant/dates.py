"""Days as people read them. What programs read (JSON, logs, file names) keeps the form of ISO 8601."""

from __future__ import annotations

import datetime as dt


def in_words(day: dt.date) -> str:
    """Return a day as it stands in a sentence: "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"
