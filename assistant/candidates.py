"""The sentences that may answer a question: those of the articles about its roles that the search finds, best first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Evidence
from assistant.question import Question
from corpus.library import Library
from index.hits import Hit

_SIDES = 2
# A sentence that only asks. One with a statement before its question is none ("The controller asks: is it worth it?").
_ASKS = re.compile(r"[^:;]*\?")


class Search(Protocol):
    """Finds chunks for a question, in some articles or in all."""

    def search(self, question: str, articles: Sequence[str] | None = None) -> Sequence[Hit]:
        """Return hits, best first, in the articles of these ids or in all; raise SearchError when that fails."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that was found, and the hit that it was found by."""

    evidence: Evidence
    hit: Hit

    @property
    def similarity(self) -> float:
        """Its cosine with the question (-1..1)."""
        return self.hit.similarity

    @property
    def score(self) -> float:
        """How well it fits (0..1, higher is better)."""
        return self.evidence.score

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the sentence is about."""
        return self.evidence.sentence.roles


def find_candidates(question: Question, library: Library, search: Search) -> list[Candidate]:
    """Return what the search finds in the articles that can answer, best first; what only asks states nothing."""
    asked = scope(question.spoken_of, library) or scope(question.roles, library)
    hits = search.search(question.text, asked)
    found = [_candidate(hit, library) for hit in hits]
    return [one for one in found if not _ASKS.fullmatch(one.evidence.article.quote(one.evidence.sentence.span))]


def scope(roles: Sequence[str], library: Library) -> tuple[str, ...] | None:
    """Return the ids of the articles that can answer about these roles; None when that may be any article.

    It may when no role is named, or none that stands in an article. Articles that compare at least two of the roles
    are preferred; without one, every article about any of them is taken.
    """
    shared = {a.id: sum(role in a.roles for role in roles) for a in library.articles.values()}
    best = min(max(shared.values(), default=0), _SIDES)
    return tuple(name for name, count in shared.items() if count >= best) if best else None


def _candidate(hit: Hit, library: Library) -> Candidate:
    article = library.articles[hit.chunk.article_id]
    section = article.sections[hit.chunk.section]
    sentence = next(s for s in section.sentences if s.number == hit.chunk.sentence)
    return Candidate(Evidence(article, section, sentence, hit.score), hit)
