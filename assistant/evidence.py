"""Gather the sentences that answer a question, and how much speaks for them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from assistant.answer import Evidence
from assistant.by_relevance import pick_by_relevance, rank, with_score
from assistant.by_score import pick_by_score
from assistant.candidates import Candidate, Search, find_candidates
from assistant.leaning import leaning
from assistant.question import Question
from corpus.library import Library
from corpus.words import forms
from index.hits import Ranker


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: the evidence in the order in which it is to be shown, and how good it is.

    `similarity` is the best cosine and `margin` by how much it exceeds the median one; `overlap` is the share of
    the question's content words that stand in the section of the first evidence (1.0 when the question has none);
    `ranked` are all sentences that the ranker read, the best first, each scored with its probability (0..1) that it
    answers; none without a ranker. `parts` is what was found for each part of a question that asks for several things.
    """

    evidence: tuple[Evidence, ...]
    roles: tuple[str, ...]
    similarity: float
    margin: float
    overlap: float
    ranked: tuple[Evidence, ...] = ()
    parts: tuple[FoundPart, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPart:
    """What was found for one part of a question, and how likely (0..1) that answers it."""

    question: Question
    found: Found
    confidence: float
    answered: bool


def gather(question: Question, library: Library, search: Search, ranker: Ranker | None = None) -> Found:
    """Find the evidence for a question. Nothing found gives an empty `evidence`."""
    candidates = find_candidates(question, library, search)
    if not candidates:
        return Found((), question.roles, 0.0, 0.0, 0.0)
    ranked = rank(question, candidates, ranker) if ranker else []
    chosen = pick_by_relevance(question, ranked) if ranked else pick_by_score(question, candidates)
    chosen += leaning(question, chosen, candidates)
    sides = question.roles or chosen[0].evidence.article.roles
    similarities = [candidate.similarity for candidate in candidates]
    best, middle = max(similarities), statistics.median(similarities)
    return Found(
        evidence=tuple(c.evidence for c in chosen),
        roles=tuple(sides),
        similarity=best,
        margin=best - middle,
        overlap=_overlap(question, chosen[0]),
        ranked=tuple(with_score(one).evidence for one in ranked),
    )


def _overlap(question: Question, first: Candidate) -> float:
    if not question.content:
        return 1.0
    article, section = first.evidence.article, first.evidence.section
    text = " ".join([section.heading, *(article.quote(sentence.span) for sentence in section.sentences)])
    return len(set(question.content) & set(forms(text))) / len(set(question.content))
