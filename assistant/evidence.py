"""Gather the sentences that answer a question, and how much speaks for them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Evidence
from assistant.by_relevance import pick_by_relevance, rank, with_score
from assistant.by_score import pick_by_score
from assistant.candidates import Candidate, Search, find_candidates
from assistant.parts import parts_of
from assistant.question import Question
from corpus.library import Library
from corpus.words import forms
from index.hits import Ranker

PART_RANKED = 8  # candidates that the ranker reads for one part of a question
PART_LEAST = 0.5  # relevance below which a part of a question is not answered: likelier not than so
MOST = 6  # sentences in an answer to a question of several parts


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question: the evidence in the order in which it is to be shown, and how good it is.

    `similarity` is the best cosine and `margin` by how much it exceeds the median one; `overlap` is the share of
    the question's content words that stand in the section of the first evidence (1.0 when the question has none);
    `ranked` are all sentences that the ranker read, the best first, each scored with its probability (0..1) that it
    answers; none without a ranker.
    """

    evidence: tuple[Evidence, ...]
    roles: tuple[str, ...]
    similarity: float
    margin: float
    overlap: float
    ranked: tuple[Evidence, ...] = ()


def gather(question: Question, library: Library, search: Search, ranker: Ranker | None = None) -> Found:
    """Find the evidence for a question. Nothing found gives an empty `evidence`."""
    candidates = find_candidates(question, library, search)
    if not candidates:
        return Found((), question.roles, 0.0, 0.0, 0.0)
    ranked = rank(question, candidates, ranker) if ranker else []
    parts = _parts(question, library, search, ranker) if ranker else []
    chosen = parts or (pick_by_relevance(question, ranked) if ranked else pick_by_score(question, candidates))
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


def _parts(question: Question, library: Library, search: Search, ranker: Ranker) -> list[Candidate]:
    """Return what answers each part of a question, nothing when it is one question or no part is answered."""
    chosen: list[Candidate] = []
    for text in parts_of(question):
        part = replace(question, text=text)
        ranked = rank(part, find_candidates(part, library, search), ranker, PART_RANKED)
        if ranked and ranked[0].relevance >= PART_LEAST:
            chosen += pick_by_relevance(part, ranked)
    return _each_once(chosen)[:MOST]


def _each_once(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what was chosen for an earlier part already."""
    sentences = {(c.evidence.article.id, c.evidence.sentence.number): c for c in reversed(chosen)}
    return [c for c in chosen if sentences[c.evidence.article.id, c.evidence.sentence.number] is c]


def _overlap(question: Question, first: Candidate) -> float:
    if not question.content:
        return 1.0
    article, section = first.evidence.article, first.evidence.section
    text = " ".join([section.heading, *(article.quote(sentence.span) for sentence in section.sentences)])
    return len(set(question.content) & set(forms(text))) / len(set(question.content))
