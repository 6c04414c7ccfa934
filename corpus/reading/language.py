"""Say whether a text is English: the articles, names and topics here are, and other texts would be misread."""

from __future__ import annotations

from corpus.words import forms, word_list

_FEWEST_WORDS = 40  # fewer say too little
_ENOUGH = 20_000  # characters
_LEAST_SHARE = (
    0.15  # of words like "the" and "of": English articles have 0.33 to 0.5, German and French ones under 0.08
)


def is_english(text: str) -> bool:
    """Return whether enough of a text are the small words of English; a short text may be."""
    spelt = forms(text[:_ENOUGH])
    small = word_list("function")
    return len(spelt) < _FEWEST_WORDS or sum(word in small for word in spelt) >= _LEAST_SHARE * len(spelt)
