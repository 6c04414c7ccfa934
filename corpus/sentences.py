"""Split text into sentences whose spans tile it: in order, without overlap, only white space between them."""

from __future__ import annotations

import re

import sentencex

from corpus.article import Span

# The library closes a sentence after these, which office texts use in the middle of one ("approx. 40 people").
_NEVER_LAST = re.compile(r"(?:^|[\s(])(?:approx|incl|excl|ca|resp|e\.g|i\.e)\.$", re.I)
# Or at the end of one: "She has an M.Sc. He has none."
_SOMETIMES_LAST = re.compile(r"(?:^|[\s(])(?:min|max|avg|dept|mgr|B\.Sc|M\.Sc|B\.A|M\.A|Ph\.D)\.$", re.I)

_LONGEST_LAST = 10  # characters at the end of a sentence in which one of these stands, with what is before it


def split_sentences(text: str, offset: int = 0) -> tuple[Span, ...]:
    """Return the span of every sentence of `text`, outer white space left out. An empty text has none.

    `offset` is where the text itself begins in a longer one, which the spans then point into.
    """
    merged: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        piece = text[boundary["start_index"] : boundary["end_index"]].lstrip()
        start, sentence = boundary["end_index"] - len(piece), piece.rstrip()
        if sentence and merged and _runs_on(text[slice(*merged[-1])], sentence):
            merged[-1] = merged[-1][0], start + len(sentence)
        elif sentence:
            merged.append((start, start + len(sentence)))
    return tuple([Span(offset + start, offset + end) for start, end in merged])


def _runs_on(sentence: str, following: str) -> bool:
    """Say whether the library split inside a sentence: after an abbreviation, or before a lower-case word."""
    opening = next((character for character in following if character.isalnum()), None)
    if opening is None:
        return True
    if not sentence.endswith("."):
        return False
    end = max(len(sentence) - _LONGEST_LAST, 0)
    if _NEVER_LAST.search(sentence, end):
        return True
    if _SOMETIMES_LAST.search(sentence, end):
        return not opening.isupper()
    return following[0].islower()
