"""When two questions are the same question: case, punctuation and spaces make no difference."""

from __future__ import annotations

import re
import unicodedata

_WORDS = re.compile(r"[\w+#]+")  # C, C# and C++ are three things


def normal_form(question: str) -> str:
    """Return the words of a question; equal forms are the same question."""
    return " ".join(_WORDS.findall(unicodedata.normalize("NFKC", question).casefold()))
