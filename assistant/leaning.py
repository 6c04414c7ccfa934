"""Sentences like "The porters get none", which speak of the other side only beside the one before them.

Alone they hold nothing that was asked for, so that the search passes them over, and what stands there would be called
unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.question import Question
from corpus.words import forms

_PAIR = 2
_SHORTEST = 7  # words: a sentence of fewer that follows one on the other side goes on with its matter
# It ends where the sentence before it has what it leaves out: "... does not.", "... none.", "... the same."
_LEAVES_OUT = re.compile(
    r"\b(?:none|neither|nor (?:do|does|is|are|has|have|can|may)\b.*|(?:do|does|did|is|are|has|have|can|may|must|need|"
    r"will)(?: not|n['’]t)?|so (?:do|does|is|are|has|have|can|may)\b.*|the same|no such (?:thing|right|duty))\W*$",
    re.I,
)


def leaning(question: Question, chosen: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentence right after the best one that says of the other side what leans on it, if it is asked for.

    It is where the question names that side, and no sentence chosen is about it.
    """
    best = chosen[0].evidence
    told = {role for one in chosen for role in one.roles}
    missing = set(question.roles) - told
    if not missing or len(best.article.roles) < _PAIR or not set(question.roles) <= set(best.article.roles):
        return []
    return [
        one
        for one in candidates
        if one.evidence.section is best.section
        and one.evidence.sentence.number == best.sentence.number + 1
        and len(one.roles) == 1
        and missing.issuperset(one.roles)
        and _leans(one.evidence.article.quote(one.evidence.sentence.span))
    ]


def _leans(sentence: str) -> bool:
    return len(forms(sentence)) < _SHORTEST or bool(_LEAVES_OUT.search(sentence))
