"""What became of the sentences that an approval rests on: each that is gone beside the nearest one there is now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

from assistant.reviews.nouns import Source
from corpus.library import Library

# Least likeness (per cent, rapidfuzz's ratio) of a sentence that may be the old one in other words. Of the 3,395
# sentences of the shipped articles 99 in 100 have less with every other one of their article.
NEAR = 62.0

Parts = tuple[tuple[str, bool], ...]  # a text in pieces, each with whether it differs


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that its article no longer has, and the nearest one it has now: pieces, and whether each differs.

    `now` is empty and `number` None where no sentence is near, or the article is gone.
    """

    article_id: str
    before: Parts
    now: Parts
    number: int | None


def changes(sources: Sequence[Source], library: Library) -> tuple[Change, ...]:
    """Return what became of those sentences that the articles in use no longer hold, in their order."""
    return tuple(_change(source, library) for source in dict.fromkeys(sources) if not _stands(source, library))


def _stands(source: Source, library: Library) -> bool:
    return source.quote in _sentences(source.article_id, library).values()


def _sentences(article_id: str, library: Library) -> dict[int, str]:
    article = library.articles.get(article_id)
    return {each.number: article.quote(each.span) for each in article.sentences()} if article else {}


def _change(source: Source, library: Library) -> Change:
    there = _sentences(source.article_id, library)
    found = process.extractOne(source.quote, there, scorer=fuzz.ratio, score_cutoff=NEAR)
    if found is None:
        return Change(source.article_id, ((source.quote, False),), (), None)
    words, _, number = found
    before, now = _compared(source.quote, words)
    return Change(source.article_id, before, now, number)


def _compared(one: str, other: str) -> tuple[Parts, Parts]:
    ours, theirs = (re.findall(r"\s+|\S+", text) for text in (one, other))
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    before = tuple(("".join(ours[start:end]), tag != "equal") for tag, start, end, _, _ in found if end > start)
    now = tuple(("".join(theirs[start:end]), tag != "equal") for tag, _, _, start, end in found if end > start)
    return before, now
