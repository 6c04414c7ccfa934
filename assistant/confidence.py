"""How likely the articles answer a question, and when too little speaks for it.

The weights are those of a logistic regression (scikit-learn 1.9, C=1, balanced classes) on 2,500 questions, 529 of
them unanswerable, each asked of its own article, over 45 of the shipped articles. On 1,500 questions of 13 other
articles it told answerable from unanswerable with an AUROC of 0.75; at the threshold below it refused 0.35 of the
unanswerable ones and 0.05 of the answerable ones.
"""

from __future__ import annotations

import math

from assistant.evidence import Found
from assistant.question import Question
from corpus.catalogue import Catalogue

QUANTITIES = "numbers and amounts"
# Confidence below which the assistant refuses.
THRESHOLD = 0.35
# Confidence of a refusal that needs no search: an unknown role, a greeting, an ambiguous name.
CERTAINLY_NOT = 0.02

_INTERCEPT, _MARGIN, _OVERLAP, _LEFT_OUT, _QUANTITY = 0.10, 1.00, 0.61, -2.38, -2.48

# Cosine below which a question that names neither role nor topic is about something else. Among 893 such paraphrases
# one in ten scored below 0.10 in an article of 40 sentences; the best of more sentences is higher by chance: the fifth
# percentile rose from 0.08 to 0.21 from 40 to 2,300 sentences, which the growth follows.
_STRANGE_SIMILARITY, _STRANGE_SENTENCES, _STRANGE_GROWTH = 0.10, 40, 0.05


def confidence(question: Question, found: Found, catalogue: Catalogue) -> float:
    """Return the probability (0..1) that the evidence found answers the question."""
    if not found.evidence:
        return CERTAINLY_NOT
    left_out = left_out_topics(question, found, catalogue)
    logit = (
        _INTERCEPT
        + _MARGIN * found.margin
        + _OVERLAP * found.overlap
        + _LEFT_OUT * any(topic != QUANTITIES for topic in left_out)
        + _QUANTITY * (QUANTITIES in left_out)
    )
    return 1 / (1 + math.exp(-logit))


def left_out_topics(question: Question, found: Found, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the topics asked for that articles usually leave out and that the section found is not about either."""
    section = found.evidence[0].section if found.evidence else None
    treated = (*catalogue.find_topics(section.heading), section.topic) if section else ()
    return tuple(topic for topic in question.topics if catalogue.left_out(topic) and topic not in treated)


def is_off_topic(question: Question, found: Found, sentences: int) -> bool:
    """Say whether a question has nothing to do with a library of so many sentences."""
    if question.roles or found.overlap > 0.5:  # noqa: PLR2004 - most of its words stand in the section found
        return False
    least = _STRANGE_SIMILARITY + _STRANGE_GROWTH * math.log10(max(sentences, _STRANGE_SENTENCES) / _STRANGE_SENTENCES)
    return found.similarity < least
