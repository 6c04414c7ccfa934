"""How likely the articles answer a question, and when too little speaks for it.

Two sets of weights, each those of a logistic regression (scikit-learn 1.9, C=1). With the ranker: fitted on 1,800
questions of the development articles, 411 of them unanswerable, over all of these; cross-validated by article
it tells answerable from unanswerable questions with an AUROC of 0.954, and at its threshold refuses 0.755 of the
unanswerable and 0.03 of the answerable ones. Without: balanced classes, fitted on 2,500 questions, each asked of its
own article; AUROC 0.75, refusing 0.35 and 0.05. Figures on articles that nothing was fitted to stand in the README.
"""

from __future__ import annotations

import math
import re
import statistics

from assistant.evidence import Found
from assistant.intent import RANK, Intent
from assistant.odds import logit, probability
from assistant.question import Question
from assistant.specifics import leaves_open
from corpus.catalogue import Catalogue

SPECIFICS = "numbers, times and names"
# Confidence below which the assistant refuses, with the ranker and without.
_THRESHOLD, _THRESHOLD_BY_SEARCH = 0.53, 0.35
# Confidence of a refusal that needs no search: an unknown role, a greeting, an ambiguous name.
CERTAINLY_NOT = 0.02

# With the ranker: the logits of the highest two probabilities that it gave, whether what is asked is usually left out,
# and whether something specific is asked for that the best sentence does not state.
_INTERCEPT, _BEST, _SECOND, _LEFT_OUT, _SPECIFIC = 3.45, 0.77, 0.56, -0.81, -3.27
# A second sentence that is less likely than that (one in ninety) says no more: what is told once is told.
_LEAST_SECOND = -4.5
# Whoever asks how two roles differ in a topic is answered by a section on it that speaks of both, whatever it says.
_COMPARED = 3.0
_HOW_THEY_DIFFER = re.compile(r"\bdiffer(?:s|ences?)?\b", re.I)
_PAIR = 2
# Whoever asks who is above a role, or below it, is answered by a sentence that tells just that.
_TELLING = 1.0
# A follow-up whose answer stands in the section of the one before is more likely to be answered there: of 72 follow-ups
# of the development articles four more are, and the one without an answer is still refused.
_ON_GROUND = 0.7
# Without it.
_BY_SEARCH = 0.10
_MARGIN, _OVERLAP, _LEFT_OUT_BY_SEARCH, _SPECIFIC_BY_SEARCH = 1.00, 0.61, -2.38, -2.48

# Probability below which the best sentence has nothing to do with a question that names no role.
_STRANGE_RELEVANCE = 0.05

# Cosine below which a question that names neither role nor topic is about something else. Among 893 such paraphrases
# one in ten scored below 0.10 in an article of 40 sentences; the best of more sentences is higher by chance: the fifth
# percentile rose from 0.08 to 0.21 from 40 to 2,300 sentences, which the growth follows.
_STRANGE_SIMILARITY, _STRANGE_SENTENCES, _STRANGE_GROWTH = 0.10, 40, 0.05


def threshold(found: Found) -> float:
    """Return the confidence (0..1) below which a question for which this was found is refused."""
    return _THRESHOLD if found.ranked else _THRESHOLD_BY_SEARCH


def confidence(question: Question, found: Found, catalogue: Catalogue) -> float:
    """Return the probability (0..1) that the evidence found answers the question."""
    if found.parts:  # of which one is answered at least
        return max(threshold(found), statistics.mean(part.confidence for part in found.parts))
    if not found.evidence:
        return CERTAINLY_NOT
    left_out = left_out_topics(question, found, catalogue)
    topic, specific = any(topic != SPECIFICS for topic in left_out), SPECIFICS in left_out
    if found.ranked:
        best, second = (logit(score) for score in _highest_two(found))
        odds = _INTERCEPT + _BEST * best + _SECOND * max(second, _LEAST_SECOND)
        odds += _LEFT_OUT * topic + _SPECIFIC * specific
        odds += _COMPARED * _compares(question, found) + _TELLING * found.telling
        odds += _ON_GROUND * (question.ground is not None and question.ground.holds(found.evidence[0]))
    else:
        odds = _BY_SEARCH + _MARGIN * found.margin + _OVERLAP * found.overlap
        odds += _LEFT_OUT_BY_SEARCH * topic + _SPECIFIC_BY_SEARCH * specific
    return probability(odds)


def _compares(question: Question, found: Found) -> bool:
    """Say whether two roles are compared on a topic, and what was found is a section on it that speaks of both.

    Who of the two is above the other is told by whatever their article says of rank.
    """
    first, section = found.evidence[0], found.evidence[0].section
    if len(question.roles) < _PAIR or section.topic not in question.topics:
        return False
    if question.intent is Intent.HIERARCHY and section.topic == RANK:
        return set(question.roles) <= set(first.article.roles)
    told = {role for item in found.evidence if item.section is section for role in item.sentence.roles}
    return bool(_HOW_THEY_DIFFER.search(question.text)) and set(question.roles) <= told


def _highest_two(found: Found) -> tuple[float, float]:
    """Return the highest probabilities that the ranker gave, the same one twice when it read one sentence."""
    scores = sorted((one.score for one in found.ranked), reverse=True)
    return scores[0], scores[min(1, len(scores) - 1)]


def left_out_topics(question: Question, found: Found, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the topics asked for that articles usually leave out, and that what was found is not about either.

    Neither its section nor its own words are. SPECIFICS stands for a number, a time or a name that it does not state.
    """
    first = [item.article.quote(item.sentence.span) for item in found.evidence[:1]]
    treated = {*topics_found(found, catalogue), *(topic for text in first for topic in catalogue.find_topics(text))}
    left_out = tuple(topic for topic in question.topics if catalogue.left_out(topic) and topic not in treated)
    unstated = any(
        leaves_open(question.text, item.article.quote(item.sentence.span), item.article.roles)
        for item in found.evidence[:1]
    )
    return (*left_out, SPECIFICS) if unstated else left_out


def topics_found(found: Found, catalogue: Catalogue) -> tuple[str | None, ...]:
    """Return the topics of the section of the first evidence."""
    section = found.evidence[0].section if found.evidence else None
    return (*catalogue.find_topics(section.heading), section.topic) if section else ()


def is_off_topic(question: Question, found: Found, sentences: int) -> bool:
    """Say whether a question has nothing to do with a library of so many sentences."""
    if question.roles or found.overlap > 0.5:  # noqa: PLR2004 - most of its words stand in the section found
        return False
    if found.ranked:
        return found.ranked[0].score < _STRANGE_RELEVANCE
    least = _STRANGE_SIMILARITY + _STRANGE_GROWTH * math.log10(max(sentences, _STRANGE_SENTENCES) / _STRANGE_SENTENCES)
    return found.similarity < least
