"""Approved questions are further ways to the sentences they cite: a near question has those read by the ranker, too.

They become candidates and no more: whether one of them answers is judged as for every other sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Search
from assistant.reviews.known import KnownApprovals
from assistant.reviews.rebuilding import citation_of
from corpus.chunks import Chunk, chunks_of
from corpus.library import Library
from index.hits import Hit

MOST_WAYS = 3  # near questions looked at; the ranker reads twenty-four sentences in all
MOST_SENTENCES = 4  # brought forward, so that the search keeps most of its candidates


class ApprovedWays:
    """A search that also finds what near approved questions cite. Safe to use from several threads."""

    def __init__(self, search: Search, library: Library, known: KnownApprovals) -> None:
        """Take the search of one generation, and the library of the same."""
        self._search = search
        self._library = library
        self._known = known

    def search(self, question: str, articles: Sequence[str] | None = None) -> Sequence[Hit]:
        """Return hits, best first; those that an approved question leads to come before the others."""
        hits = list(self._search.search(question, articles))
        if not hits:
            return hits
        by_id = {hit.chunk.id: hit for hit in hits}
        brought = [
            replace(by_id.get(chunk.id, Hit(chunk, 0.0, hits[-1].similarity)), score=hits[0].score)
            for chunk in self._cited(question)
            if articles is None or chunk.article_id in articles
        ][:MOST_SENTENCES]
        names = {hit.chunk.id for hit in brought}
        return [*brought, *(hit for hit in hits if hit.chunk.id not in names)]

    def _cited(self, question: str) -> list[Chunk]:
        """Return the chunks of the sentences that near approved questions cite, as the articles are now."""
        rows = [
            row
            for match in self._known.ways(question, self._library)[:MOST_WAYS]
            for row in match.approval.approval.answer["citations"]
        ]
        cited = dict.fromkeys(found for row in rows if (found := citation_of(row, self._library)))
        return [
            chunk
            for citation in cited
            for chunk in chunks_of(citation.article)
            if chunk.sentence == citation.sentence.number
        ]
