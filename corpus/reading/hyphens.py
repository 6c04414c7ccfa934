"""Put words together that a line end parts: "fin-" and "ished" are one word, "three-" and "shift" keep their hyphen."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.spelling import english_words
from corpus.words import comparable

BROKEN = "\u00ad"  # a soft hyphen; stands behind a hyphen at a line end until it is known whether the word has one

_HYPHENS = "-‐"
_DASHES = "-‐‑–—"
# A run of letters is taken whole or not at all, as a file may hold a run without end.
_LETTERS = r"[^\W\d_]++"
_COMPOUND = re.compile(rf"(?<![^\W\d_]){_LETTERS}(?:[-‐‑]{_LETTERS})+")
_WORD = re.compile(_LETTERS)
_PARTED = re.compile(rf"(?<![^\W\d_])({_LETTERS}(?:[-‐‑]{_LETTERS})*)[-‐]{BROKEN}({_LETTERS})")
_SHORTEST_PART = 3  # letters; "re", "co" and "de" are no words of their own before a hyphen at a line end


def joined_lines(text: str, line: str) -> str:
    """Join two lines. A hyphen at the end of the first is marked for `mender`; other dashes between words stay."""
    if len(text) > 1 and text[-1] in _DASHES and text[-2].isalnum():
        return f"{text}{BROKEN}{line}" if text[-1] in _HYPHENS and line[:1].islower() else text + line
    return f"{text} {line}".strip()


def mender(text: str) -> Callable[[str], str]:
    """Return what mends the parted words of a file whose text this is: how it spells them elsewhere decides."""
    whole = text.replace(f"-{BROKEN}", "\0").replace(f"‐{BROKEN}", "\0")
    compounds = {match.casefold() for match in _COMPOUND.findall(whole)}
    words = {match.casefold() for match in _WORD.findall(_COMPOUND.sub(" ", whole))}

    def mended(match: re.Match[str]) -> str:
        before, after = match.groups()
        one = re.split(r"[-‐‑]", before)[-1] + after
        hyphenated = f"{before}-{after}"
        if hyphenated.casefold() in compounds:
            return hyphenated
        if one.casefold() in words or _is_word(one):
            return before + after
        return hyphenated if _are_words(before, after) else before + after

    return lambda piece: _PARTED.sub(mended, piece).replace(BROKEN, "")


def _is_word(word: str) -> bool:
    """Look a word up in the dictionary, which spells it in the American way."""
    form = word.casefold()
    american = re.sub(r"is(?=e|ing|ation)", "iz", form.replace("our", "or"))
    return not english_words().isdisjoint((form, comparable(form), american))


def _are_words(before: str, after: str) -> bool:
    parts = re.split(r"[-‐‑]", before)
    return all(len(part) >= _SHORTEST_PART and _is_word(part) for part in (parts[-1], after)) or len(parts) > 1
