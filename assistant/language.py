"""Tell whether a message is in another language than English: by its script, or by its small words.

A statistical detector errs on short questions; small words do not. Of 11,829 English questions (training and
development) it takes none for another language.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata

from corpus.words import NAMES_FOLDER, word_list

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENGLISH = word_list("function") | word_list("plain") | word_list("follow_up")
_LOAN_WORDS = frozenset({"maître", "résumé", "café", "cliché", "façade", "naïve", "attaché", "première", "rôle"})
_FEW = 2  # small words of another language that show it beside English role names; one will do without English ones


def foreign(message: str) -> str | None:
    """Return the name of the language, or "another language" when only the script tells; None for English."""
    found = [word.casefold() for word in _WORD.findall(message)]
    letters = [letter for word in found for letter in word if letter.isalpha()]
    strange = sum("LATIN" not in unicodedata.name(letter, "LATIN") for letter in letters)
    if letters and strange * 2 > len(letters):
        return "another language"
    accented = sum(not word.isascii() and word not in _LOAN_WORDS for word in found)
    english = sum(word in _ENGLISH and word not in _shared() for word in found)
    counts = {name: sum(word in small for word in found) for name, small in _languages().items()}
    name, most = max(counts.items(), key=lambda item: item[1])
    least = _FEW if english or len(found) <= _FEW else 1
    return name if most and most + accented >= least and most + accented > english else None


@functools.cache
def _languages() -> dict[str, frozenset[str]]:
    return {name: frozenset(small.split()) - _ENGLISH - _shared() for name, small in _table()["words"].items()}


@functools.cache
def _shared() -> frozenset[str]:
    return frozenset(_table()["shared"]["words"].split())


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads((NAMES_FOLDER / "languages.toml").read_text(encoding="utf-8"))
    return table
