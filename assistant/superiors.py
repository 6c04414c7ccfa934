"""Who reports to whom, as far as a sentence of an article says so in plain words."""

from __future__ import annotations

import re

from corpus.library import Library
from corpus.role_finder import RoleFinder

_REPORTS = re.compile(
    r"\b(?:reports?|reporting|answers?|responsible)\s+(?:\w+\s+)?to\b|\bsubordinate to\b|\bis led by\b", re.I
)
_NEGATED = re.compile(r"\b(?:not|never|neither|nor|no|seldom|rarely)\b|n['’]t\b", re.I)


def superiors(library: Library, finder: RoleFinder) -> dict[str, str]:
    """Return to which role another one of the same article reports, where a sentence says so."""
    above: dict[str, str] = {}
    for article in library.articles.values():
        for sentence in article.sentences():
            text = article.quote(sentence.span)
            found = _REPORTS.search(text)
            if not found or _NEGATED.search(text):
                continue
            named = [mention for mention in finder.find(text) if mention.roles[0] in article.roles]
            low = [mention.roles[0] for mention in named if mention.span.end <= found.start()]
            high = [mention.roles[0] for mention in named if mention.span.start >= found.end()]
            if low and high and low[-1] != high[0]:
                above.setdefault(low[-1], high[0])
    return above
