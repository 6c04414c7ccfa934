"""Correct typing errors in a question towards the words that the library itself uses."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from corpus.words import comparable

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5  # shorter words have too many neighbours one letter away
_LONG = 8  # from here on two wrong letters are forgiven, below one


class Spelling:
    """Knows the words of some texts and puts misspelt ones of a question right.

    Words of the English dictionary stay as they are, and so do numbers and names: a capital letter alone, within a
    sentence, marks a name.
    """

    def __init__(self, texts: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        """Correct towards the words of `texts`; words that stand in `ordinary` are right as well."""
        words = {word.casefold() for text in texts for word in _WORD.findall(text)}
        right = words | {word.casefold() for text in ordinary for word in _WORD.findall(text)}
        self._known = right | {comparable(word) for word in right}
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) >= _SHORTEST:
                self._by_initial.setdefault(word[0], []).append(word)

    def corrected(self, text: str) -> str:
        """Return `text` with each unknown word replaced by the one known word that is a typing error away."""
        return _WORD.sub(lambda match: self._word(match.group(), opens=match.start() == 0), text)

    def _word(self, word: str, *, opens: bool) -> str:
        form = word.casefold()
        name = word[0].isupper() and not word.isupper() and not opens
        right = {form, comparable(form)} & self._known or form in english_words()
        if name or right or len(form) < _SHORTEST:
            return word
        near = self._by_initial.get(form[0], [])
        errors = 2 if len(form) >= _LONG else 1
        match = process.extractOne(form, near, scorer=OSA.distance, score_cutoff=errors)
        return str(match[0]) if match else word


@functools.cache
def english_words() -> frozenset[str]:
    """Return the English words of the dictionary, in lower case."""
    return frozenset(SpellChecker(language="en").word_frequency.words())
