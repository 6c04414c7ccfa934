"""Pick the sentences that answer by what the trained ranker says of each: the likeliest, and what else answers as well.

The numbers were chosen on the questions of the development articles, but for the gap of another view: there are too few
questions on which articles disagree to choose it by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.candidates import Candidate
from assistant.contradictions import authors_disagree
from assistant.odds import logit
from assistant.question import Question
from corpus.article import Sentence
from corpus.spelling import is_comparative
from index.hits import Ranker

RANKED = 24  # candidates that the ranker reads, in 30 ms on one core
_STRANGER_PENALTY = 1.5  # taken off the score of a sentence about none of the roles asked about
# Added to the score of a sentence of the section that answered the message before: of 72 follow-ups of the development
# articles 0.69 then have evidence, without it 0.67 (0.72 with what confidence adds for it).
_GROUND_BONUS = 3.0
_TELLING_BONUS = 1.0  # added to that of one that tells who is above or below a role when just that is asked
# How far below the best score a sentence may lie that is cited as well (one is an odds ratio of 2.7):
_SIDE_GAP = 5.0  # the other side of a question about both
_SILENT_SIDE_GAP = 2.5  # the other side in the same section when the question does not say that it asks for both
_OTHER_VIEW_GAP = 4.0  # what an article says whose author is known to disagree with the best one's
_SECOND_GAP = 0.5  # any other sentence
_SECOND_GAP_OF_NOBODY = 1.1  # any other sentence when no role is named, so that several may be meant
# Relevance below which a sentence about the other side is not cited: of a side that is named, and of one that is not.
_SIDE_LEAST, _UNNAMED_SIDE_LEAST = 0.03, 0.2
MOST = 2  # sentences for one question, unless it asks for more sides
_PAIR = 2
# The question asks for each of two sides, without naming them.
_BOTH = re.compile(
    r"\b(?:both|each|the two (?!is|of)|they|their|them|between|differ\w*|compared?|contrast|versus|vs|respectively|"
    r"(?:which|who|what|how)\b.+\band (?:which|who|what|how))\b",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
_WHO_WHAT = re.compile(r"\b(?:who|which)\b.+\b(?:what|whom)\b", re.I)  # asks it of each: "Who decides what?"
_COMPARES = re.compile(r"\b(?:more|less|fewer|most|least|better|best|worse|worst)\b", re.I)
_ONE = re.compile(r"\b(?:which (?:one|of)|who of|either|one of)\b", re.I)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate, the ranker's probability (0..1) that it answers, and the score (a logit) that it is ordered by."""

    candidate: Candidate
    relevance: float
    score: float


def rank(
    question: Question, candidates: Sequence[Candidate], ranker: Ranker, telling: Sequence[Sentence] = ()
) -> list[Ranked]:
    """Return the first candidates, those that answer likeliest first; `telling` sentences do by their form."""
    read = candidates[:RANKED]
    relevance = ranker.relevance(question.text, [candidate.hit for candidate in read])
    ranked = [
        _scored(question, one, float(value), telling=any(one.evidence.sentence is other for other in telling))
        for one, value in zip(read, relevance, strict=True)
    ]
    return sorted(ranked, key=lambda one: -one.score)  # equal scores stay in the order of the search


def _scored(question: Question, candidate: Candidate, relevance: float, *, telling: bool) -> Ranked:
    strange = bool(question.roles) and not set(question.roles) & set(candidate.roles) and not telling
    score = logit(relevance) - _STRANGER_PENALTY * strange + _TELLING_BONUS * telling
    score += _GROUND_BONUS * (question.ground is not None and question.ground.holds(candidate.evidence))
    return Ranked(candidate, relevance, score)


def pick_by_relevance(question: Question, ranked: Sequence[Ranked]) -> list[Candidate]:
    """Return the sentences to cite, the best first; `ranked` is not empty."""
    best = ranked[0]
    chosen = [best]
    for role in question.roles if len(question.roles) >= _PAIR else best.candidate.evidence.article.roles:
        chosen += _side(question, role, chosen, ranked)
    chosen += _other_view(best, [one for one in ranked if one not in chosen])
    gap = _SECOND_GAP if question.roles else _SECOND_GAP_OF_NOBODY
    others = [one for one in ranked if one not in chosen and one.score >= best.score - gap]
    return [with_score(one) for one in (*chosen, *others[: max(0, MOST - len(chosen))])]


def offers_choice(question: Question) -> bool:
    """Say whether it asks which one of the roles that it names: "Who signs the lease, the controller or the CFO?".

    What compares ("who has the bigger budget, ...?") is better answered with both sides.
    """
    compares = _COMPARES.search(question.text) or any(map(is_comparative, question.content))
    one = _OR.search(question.text) and not _WHO_WHAT.search(question.text)
    return len(question.roles) >= _PAIR and bool(one) and not compares


def with_score(one: Ranked) -> Candidate:
    """Return the candidate with the ranker's probability as its score."""
    return replace(one.candidate, evidence=replace(one.candidate.evidence, score=one.relevance))


def _other_view(best: Ranked, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the best sentence on the same topic and role from an article that disagrees with the best one's."""
    here = best.candidate.evidence
    return [
        one
        for one in ranked
        if authors_disagree(here.article, one.candidate.evidence.article)
        and one.candidate.evidence.section.topic == here.section.topic
        and set(one.candidate.roles) & set(best.candidate.roles)
        and one.score >= best.score - _OTHER_VIEW_GAP
    ][:1]


def _side(question: Question, role: str, chosen: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the best sentence about this role, when the question asks for it and none chosen speaks of it alone."""
    if any(one.candidate.roles == (role,) for one in chosen):
        return []
    best, named = chosen[0], len(question.roles) >= _PAIR and not offers_choice(question)
    unnamed = len(question.roles) != 1 and bool(_BOTH.search(question.text)) and not _ONE.search(question.text)
    asked = named or (unnamed and not offers_choice(question))
    if len(question.roles) == 1 and role not in question.roles:
        return []
    least = best.score - (_SIDE_GAP if asked else _SILENT_SIDE_GAP)
    likely = _SIDE_LEAST if named else _UNNAMED_SIDE_LEAST
    near = [one for one in ranked if one.score >= least and one.relevance >= likely and one not in chosen]
    if not named:
        near = [one for one in near if one.candidate.evidence.section is best.candidate.evidence.section]
    own = [one for one in near if one.candidate.roles == (role,)]
    covered = any(role in one.candidate.roles for one in chosen)
    return own[:1] or ([] if covered else [one for one in near if role in one.candidate.roles][:1])
