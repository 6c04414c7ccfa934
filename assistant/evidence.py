"""Gather the sentences that answer a question, and how much speaks for them."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Evidence
from assistant.by_relevance import pick_by_relevance, rank, with_score
from assistant.by_score import pick_by_score
from assistant.candidates import Candidate, Search, find_candidates
from assistant.intent import Intent
from assistant.leaning import leaning
from assistant.question import Question
from assistant.ranks import looks_there
from assistant.times import names_another_time
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
    `telling` says that the first evidence tells who is above or below the role of which that is asked.
    """

    evidence: tuple[Evidence, ...]
    roles: tuple[str, ...]
    similarity: float
    margin: float
    overlap: float
    ranked: tuple[Evidence, ...] = ()
    parts: tuple[FoundPart, ...] = ()
    telling: bool = False


@dataclass(frozen=True, slots=True)
class FoundPart:
    """What was found for one part of a question, and how likely (0..1) that answers it."""

    question: Question
    found: Found
    confidence: float
    answered: bool


def gather(question: Question, library: Library, search: Search, ranker: Ranker | None = None) -> Found:
    """Find the evidence for a question. Nothing found gives an empty `evidence`."""
    found = [(one, _looks_there(question, one, library)) for one in _timely(question, library, search)]
    candidates = [one for one, there in found if there is not False]
    telling = [one.evidence.sentence for one, there in found if there]
    if not candidates:
        return Found((), question.roles, 0.0, 0.0, 0.0)
    ranked = rank(question, candidates, ranker, telling) if ranker else []
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
        telling=any(chosen[0].evidence.sentence is one for one in telling),
    )


def _timely(question: Question, library: Library, search: Search) -> Iterator[Candidate]:
    """Yield what may answer, less what tells of another day, month or season; that much settles a yes or no."""
    for one in find_candidates(question, library, search):
        text = one.evidence.article.quote(one.evidence.sentence.span)
        if question.intent is Intent.YES_NO or not names_another_time(text, question.text):
            yield one


def _looks_there(question: Question, candidate: Candidate, library: Library) -> bool | None:
    """Say whether a sentence tells who is above a role, or below it, of which just that is asked.

    False: it tells of rank, but not this. None: it tells nothing of rank, or that is not asked.
    """
    if question.way is None:
        return None
    article, sentence = candidate.evidence.article, candidate.evidence.sentence
    find = library.catalogue.finder_for(article.roles).find
    return looks_there(article.quote(sentence.span), question.roles, question.way, find, sentence.roles)


def _overlap(question: Question, first: Candidate) -> float:
    if not question.content:
        return 1.0
    article, section = first.evidence.article, first.evidence.section
    text = " ".join([section.heading, *(article.quote(sentence.span) for sentence in section.sentences)])
    return len(set(question.content) & set(forms(text))) / len(set(question.content))
