"""Pick the sentences that answer a question: the section that fits best, and in it a sentence for each side."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Evidence
from assistant.question import Question
from corpus.library import Library
from corpus.words import forms
from index.hits import Hit

# Added to the fused score (0..1) of a sentence whose section is about a topic that the question names.
TOPIC_BONUS = 0.35
# A second sentence for the same side is cited only when it scores nearly as well as the first.
SECOND_SENTENCE_SHARE = 0.85
MOST_FOR_A_SIDE = 2  # sentences cited for one role
_SIDES = 2
_JOINS_TOPICS = re.compile(r"\band\b|[,;&]", re.I)


class Search(Protocol):
    """Finds chunks for a question, in some articles or in all."""

    def search(self, question: str, articles: Sequence[str] | None = None) -> Sequence[Hit]:
        """Return hits, best first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: the evidence in the order in which it is to be shown, and how good it is.

    `similarity` is the best cosine and `margin` by how much it exceeds the median one; `overlap` is the share of
    the question's content words that stand in the section of the first evidence (1.0 when the question has none).
    """

    evidence: tuple[Evidence, ...]
    roles: tuple[str, ...]
    similarity: float
    margin: float
    overlap: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    evidence: Evidence
    similarity: float


def gather(question: Question, library: Library, search: Search) -> Found:
    """Find the evidence for a question. Nothing found gives an empty `evidence`."""
    articles = scope(question.roles, library)
    hits = search.search(question.text, articles)
    candidates = sorted((_candidate(hit, question, library) for hit in hits), key=lambda c: -c.evidence.score)
    candidates = [candidate for candidate in candidates if candidate.evidence.section.heading] or candidates
    if not candidates:
        return Found((), question.roles, 0.0, 0.0, 0.0)
    sides = question.roles or candidates[0].evidence.article.roles
    chosen = _few([c for part in _by_topic(question, candidates) for c in _for_sides(part, question.roles, sides)])
    similarities = [candidate.similarity for candidate in candidates]
    best, middle = max(similarities), statistics.median(similarities)
    return Found(tuple(c.evidence for c in chosen), tuple(sides), best, best - middle, _overlap(question, chosen))


def scope(roles: Sequence[str], library: Library) -> tuple[str, ...] | None:
    """Return the ids of the articles that can answer about these roles; None when no role is named.

    Articles that compare at least two of them are preferred; without one, every article about any of them is taken.
    """
    if not roles:
        return None
    shared = {a.id: sum(role in a.roles for role in roles) for a in library.articles.values()}
    best = min(max(shared.values(), default=0), _SIDES)
    return tuple(name for name, count in shared.items() if best and count >= best)


def _candidate(hit: Hit, question: Question, library: Library) -> _Candidate:
    article = library.articles[hit.chunk.article_id]
    section = article.sections[hit.chunk.section]
    sentence = next(s for s in section.sentences if s.number == hit.chunk.sentence)
    bonus = TOPIC_BONUS if section.topic in question.topics else 0.0
    return _Candidate(
        Evidence(article, section, sentence, min(1.0, (hit.score + bonus) / (1 + TOPIC_BONUS))), hit.similarity
    )


def _by_topic(question: Question, candidates: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Return the candidates once, or once for each of two topics when the question asks for both ("and")."""
    article = candidates[0].evidence.article
    treated = [topic for topic in question.topics if any(section.topic == topic for section in article.sections)]
    if len(treated) < _SIDES or not _JOINS_TOPICS.search(question.text):
        return [list(candidates)]
    parts = [[c for c in candidates if c.evidence.section.topic == topic] for topic in treated[:_SIDES]]
    asked = [c for c in candidates if not question.roles or set(c.evidence.sentence.roles) & set(question.roles)]
    leading = [part for part in parts if asked and part and asked[0] in part]
    return [part for part in parts if part] if leading else [list(candidates)]


def _for_sides(candidates: Sequence[_Candidate], asked: Sequence[str], sides: Sequence[str]) -> list[_Candidate]:
    """Choose the best sentence, then for every side that has none of its own the best one of the same section."""
    about = [c for c in candidates if not asked or set(c.evidence.sentence.roles) & set(asked)] or list(candidates)
    best = about[0]
    chosen = [best]
    if len(sides) > 1:
        for side in sides:
            chosen += _own_sentence(side, chosen, about)
    joint = len(chosen) > len(sides)  # a sentence about both and one for each: enough
    return chosen if joint else chosen + _close_second(chosen, about)


def _few(chosen: Sequence[_Candidate]) -> list[_Candidate]:
    """Leave out what would be one sentence too many for a role."""
    said: Counter[str] = Counter()
    kept = []
    for candidate in chosen:
        roles = candidate.evidence.sentence.roles
        if all(said[role] < MOST_FOR_A_SIDE for role in roles):
            kept.append(candidate)
            said.update(roles)
    return kept


def _own_sentence(side: str, chosen: Sequence[_Candidate], about: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the best sentence about this side alone, or failing that about it and others, unless one is chosen."""
    best = chosen[0].evidence
    here = [c for c in about if c.evidence.section is best.section] if side in best.article.roles else list(about)
    own = [c for c in here if c.evidence.sentence.roles == (side,)]
    shared = [c for c in here if side in c.evidence.sentence.roles]
    candidates = (own or shared)[:1]
    said = any(c.evidence.sentence.roles == (side,) for c in chosen) or (not own and any(c in chosen for c in shared))
    return [] if said else candidates


def _close_second(chosen: Sequence[_Candidate], others: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the best sentence of another section when it scores nearly as well as the best of all."""
    enough = chosen[0].evidence.score * SECOND_SENTENCE_SHARE
    shown = [c.evidence.section for c in chosen]
    full = {r for r, n in Counter(r for c in chosen for r in c.evidence.sentence.roles).items() if n >= MOST_FOR_A_SIDE}
    close = [c for c in others if c.evidence.section not in shown and c.evidence.score >= enough]
    return [c for c in close if not full & set(c.evidence.sentence.roles)][:1]


def _overlap(question: Question, chosen: Sequence[_Candidate]) -> float:
    if not question.content:
        return 1.0
    first = chosen[0].evidence
    text = " ".join([first.section.heading, *(first.article.quote(s.span) for s in first.section.sentences)])
    return len(set(question.content) & set(forms(text))) / len(set(question.content))
