"""Split text into sentences whose spans tile it: in order, without overlap, only white space between them."""

from __future__ import annotations

import re

import sentencex

from corpus.article import Span

# The library closes a sentence after these, which office texts use in the middle of one ("approx. 40 people").
_NEVER_LAST = re.compile(r"(?:^|[\s(])(?:approx|incl|excl|ca|resp|e\.g|i\.e)\.$", re.I)
# Or at the end of one: "She has an M.Sc. He has none."
_SOMETIMES_LAST = re.compile(r"(?:^|[\s(])(?:min|max|avg|dept|mgr|B\.Sc|M\.Sc|B\.A|M\.A|Ph\.D)\.$", re.I)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the span of every sentence of `text`, outer white space left out. An empty text has none."""
    merged: list[Span] = []
    for boundary in sentencex.get_sentence_boundaries("en", text):
        span = _trimmed(text, boundary["start_index"], boundary["end_index"])
        if span is None:
            continue
        if merged and _runs_on(text[merged[-1].start : merged[-1].end], text[span.start : span.end]):
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    if not piece.strip():
        return None
    return Span(start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip())))


def _runs_on(sentence: str, following: str) -> bool:
    """Say whether the library split inside a sentence: after an abbreviation, or before a lower-case word."""
    opening = next((character for character in following if character.isalnum()), None)
    if opening is None or _NEVER_LAST.search(sentence):
        return True
    if _SOMETIMES_LAST.search(sentence):
        return not opening.isupper()
    return sentence.endswith(".") and following[0].islower()
