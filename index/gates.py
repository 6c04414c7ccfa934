"""What a generation must show before it is published. A count proves nothing: a collection may count what it lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.chunks import Chunk
from corpus.library import Library
from index.hits import LostError, SearchError, Vectors, VectorStore
from index.search import Searcher

_AT_ONCE = 500  # vectors in one request
_SELF = 10  # a vector must be among the first ten found with it, or ten that are equal to it are
_EQUAL = 1.0 - 1e-5  # the cosine of vectors that differ by rounding only
_MANY = 10_000  # from so many on a graph of neighbours may miss one in a thousand; BM25 still finds their sentences
_MISSED = 0.001
_QUESTIONS = 20  # sentences asked for in their own words, spread over the library
_WITHIN = 10  # hits among which such a sentence is looked for
_FOUND = 0.75  # of them; a phrase that many articles use may not find its own sentence, rows out of step find none

_CURE = "The old index stays in use. Build again: rolewise index build"


def check_store(store: VectorStore, chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Raise SearchError unless the store holds each chunk under its id once, and finds each by its own vector.

    Of ten thousand and more, one in a thousand may not be found.
    """
    ids = [chunk.id for chunk in chunks]
    if len(set(ids)) != len(ids):
        raise SearchError(f"{len(ids) - len(set(ids))} ids of sentences stand for more than one. {_CURE}")
    if store.count() != len(ids) or set(store.ids()) != set(ids):
        missing = len(set(ids) - set(store.ids()))
        raise SearchError(f"The vector store holds {store.count()} vectors, {missing} of {len(ids)} missing. {_CURE}")
    gone = sum(1 for _ in lost(store, ids, vectors))
    if gone > missed_at_most(len(ids)):
        raise LostError(f"{gone} of {len(ids)} vectors are not found by themselves. {_CURE}", gone)


def missed_at_most(count: int) -> int:
    """Return how many of so many vectors a store may not find by themselves."""
    return int(_MISSED * count) if count >= _MANY else 0


def lost(store: VectorStore, ids: Sequence[str], vectors: Vectors) -> Iterator[str]:
    """Yield the ids whose vector, one row for each, does not find itself in the store."""
    for start in range(0, len(ids), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        found = store.nearest_to_each(vectors[some], min(_SELF, len(ids)))
        for name, hits in zip(ids[some], found, strict=True):
            if name not in {hit for hit, _ in hits} and min(cosine for _, cosine in hits) < _EQUAL:
                yield name


def check_search(searcher: Searcher, library: Library, chunks: Sequence[Chunk]) -> None:
    """Raise SearchError unless sentences, asked for in their own words, are found through the whole search."""
    asked = [chunks[row] for row in np.linspace(0, len(chunks) - 1, _QUESTIONS).astype(int)]
    found = sum(_finds(searcher, library, chunk) for chunk in asked)
    if found < _FOUND * len(asked):
        raise SearchError(f"Only {found} of {len(asked)} sentences are found by their own words. {_CURE}")


def _finds(searcher: Searcher, library: Library, chunk: Chunk) -> bool:
    quotes = _quotes(library, {chunk.article_id})
    wanted = quotes[chunk.article_id][chunk.sentence]
    hits = searcher.search(wanted, limit=_WITHIN)
    quotes |= _quotes(library, {hit.chunk.article_id for hit in hits})
    return any(quotes[hit.chunk.article_id][hit.chunk.sentence] == wanted for hit in hits)


def _quotes(library: Library, articles: set[str]) -> dict[str, dict[int, str]]:
    quotes: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for name in articles:
        for sentence in library.articles[name].sentences():
            quotes[name][sentence.number] = library.articles[name].quote(sentence.span)
    return dict(quotes)
