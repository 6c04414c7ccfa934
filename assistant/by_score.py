"""Pick the sentences that answer without a ranker: the section that scores best, and in it a sentence for each side.

What is used when the trained ranker is left out. It is weaker: `rolewise evaluate` says by how much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.question import Question

# Added to the fused score (0..1) of a sentence whose section is about a topic that the question names.
TOPIC_BONUS = 0.35
# A second sentence for the same side is cited only when it scores nearly as well as the first.
SECOND_SENTENCE_SHARE = 0.85
MOST_FOR_A_SIDE = 2  # sentences cited for one role
_SIDES = 2
_JOINS_TOPICS = re.compile(r"\band\b|[,;&]", re.I)


def pick_by_score(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences to cite, the best first; `found` is not empty."""
    candidates = sorted((_with_bonus(candidate, question) for candidate in found), key=lambda c: -c.score)
    candidates = [c for c in candidates if c.evidence.section.heading] or candidates
    sides = question.roles or candidates[0].evidence.article.roles
    return _few([c for part in _by_topic(question, candidates) for c in _for_sides(part, question.roles, sides)])


def _with_bonus(candidate: Candidate, question: Question) -> Candidate:
    bonus = TOPIC_BONUS if candidate.evidence.section.topic in question.topics else 0.0
    score = min(1.0, (candidate.score + bonus) / (1 + TOPIC_BONUS))
    return replace(candidate, evidence=replace(candidate.evidence, score=score))


def _by_topic(question: Question, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the candidates once, or once for each of two topics when the question asks for both ("and")."""
    article = candidates[0].evidence.article
    treated = [topic for topic in question.topics if any(section.topic == topic for section in article.sections)]
    if len(treated) < _SIDES or not _JOINS_TOPICS.search(question.text):
        return [list(candidates)]
    parts = [[c for c in candidates if c.evidence.section.topic == topic] for topic in treated[:_SIDES]]
    asked = [c for c in candidates if not question.roles or set(c.roles) & set(question.roles)]
    leading = [part for part in parts if asked and part and asked[0] in part]
    return [part for part in parts if part] if leading else [list(candidates)]


def _for_sides(candidates: Sequence[Candidate], asked: Sequence[str], sides: Sequence[str]) -> list[Candidate]:
    """Choose the best sentence, then for every side that has none of its own the best one of the same section."""
    about = [c for c in candidates if not asked or set(c.roles) & set(asked)] or list(candidates)
    best = about[0]
    chosen = [best]
    if len(sides) > 1:
        for side in sides:
            chosen += _own_sentence(side, chosen, about)
    joint = len(chosen) > len(sides)  # a sentence about both and one for each: enough
    return chosen if joint else chosen + _close_second(chosen, about)


def _few(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what would be one sentence too many for a role."""
    said: Counter[str] = Counter()
    kept = []
    for candidate in chosen:
        roles = candidate.roles
        if all(said[role] < MOST_FOR_A_SIDE for role in roles):
            kept.append(candidate)
            said.update(roles)
    return kept


def _own_sentence(side: str, chosen: Sequence[Candidate], about: Sequence[Candidate]) -> list[Candidate]:
    """Return the best sentence about this side alone, or failing that about it and others, unless one is chosen."""
    best = chosen[0].evidence
    here = [c for c in about if c.evidence.section is best.section] if side in best.article.roles else list(about)
    own = [c for c in here if c.roles == (side,)]
    shared = [c for c in here if side in c.roles]
    candidates = (own or shared)[:1]
    said = any(c.roles == (side,) for c in chosen) or (not own and any(c in chosen for c in shared))
    return [] if said else candidates


def _close_second(chosen: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """Return the best sentence of another section when it scores nearly as well as the best of all."""
    enough = chosen[0].evidence.score * SECOND_SENTENCE_SHARE
    shown = [c.evidence.section for c in chosen]
    full = {r for r, n in Counter(r for c in chosen for r in c.roles).items() if n >= MOST_FOR_A_SIDE}
    close = [c for c in others if c.evidence.section not in shown and c.score >= enough]
    return [c for c in close if not full & set(c.roles)][:1]
