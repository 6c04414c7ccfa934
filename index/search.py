"""Open a generation and search it: nearest vectors and words (BM25), fused into one list of hits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

from corpus.chunks import Chunk
from index.fusion import best_rows, cosines_of, fuse
from index.hits import Encoder, Hit, KeywordSearch, Vectors, VectorStore
from index.parts import Parts, read_parts
from index.stores import LocalStores
from index.tokens import TokenRows

# Candidates of each search before fusion. A relevant sentence beyond rank 100 of both does not win after it either.
CANDIDATES = 100


class Searcher:
    """One opened generation. Safe to use from several threads."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        vectors: Vectors,
        store: VectorStore,
        keywords: KeywordSearch,
        encoder: Encoder,
        tokens: TokenRows | None = None,
    ) -> None:
        """Put the parts together; row n of `vectors`, `tokens` and of the keyword scores belongs to `chunks[n]`."""
        self._chunks = tuple(chunks)
        self._vectors = vectors
        self._store = store
        self._keywords = keywords
        self._encoder = encoder
        self._tokens = tokens
        self._row_of = {chunk.id: row for row, chunk in enumerate(chunks)}
        rows_of: defaultdict[str, list[int]] = defaultdict(list)
        for row, chunk in enumerate(chunks):
            rows_of[chunk.article_id].append(row)
        self._rows_of = dict(rows_of)

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Searcher:
        """Check and open the generation in `folder`; raise SearchError when a part of it is missing or damaged."""
        return cls.over(read_parts(folder), LocalStores().open(folder), encoder)

    @classmethod
    def over(cls, parts: Parts, store: VectorStore, encoder: Encoder) -> Searcher:
        """Search the parts of a generation, the nearest vectors in `store`."""
        return cls(parts.chunks, parts.vectors, store, parts.keywords, encoder, parts.tokens)

    def close(self) -> None:
        """Let go of the vector store; the searcher is not used again."""
        self._store.close()

    def search(self, question: str, articles: Collection[str] | None = None, limit: int = CANDIDATES) -> list[Hit]:
        """Return up to `limit` hits, best first; with `articles`, only chunks of those article ids.

        Within given articles every chunk is compared exactly: they are few, and Chroma's own filter is slow.
        """
        vector = self._encoder.encode([question])[0]
        keyword_scores = self._keywords.scores(question)
        if articles is None:
            rows = self._candidates(vector, keyword_scores)
        else:
            rows = np.array(sorted(row for name in articles for row in self._rows_of.get(name, ())), dtype=np.int64)
        if not rows.size:
            return []
        similarities = cosines_of(self._vectors[rows], vector)
        scores = fuse(similarities, keyword_scores[rows])
        order = np.lexsort((rows, -scores))[:limit]  # equal scores: the earlier chunk first, so that answers repeat
        return [self._hit(int(rows[n]), float(scores[n]), float(similarities[n])) for n in order]

    def _hit(self, row: int, score: float, similarity: float) -> Hit:
        tokens = self._tokens[row] if self._tokens is not None else None
        return Hit(self._chunks[row], score, similarity, tokens)

    def _candidates(self, vector: Vectors, keyword_scores: Vectors) -> np.ndarray:
        nearest = [self._row_of[name] for name, _ in self._store.nearest(vector, min(CANDIDATES, len(self._chunks)))]
        by_words = best_rows(keyword_scores, CANDIDATES)
        return np.array(sorted({*nearest, *(int(row) for row in by_words if keyword_scores[row] > 0)}), dtype=np.int64)
