"""Whoever stores reviews is told of every change of the articles, so that approvals expire with what they rest on."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from threading import Lock

from assistant.records.kept import RecordsError
from assistant.records.sources import quote_hash
from assistant.reviews.desk import Reviews
from corpus.library import Library

_log = logging.getLogger("rolewise.reviews")


class LibraryFollower:
    """Notices that the library is another one than last time. Safe to use from several threads."""

    def __init__(self, reviews: Reviews) -> None:
        self._reviews = reviews
        self._seen: Library | None = None
        self._lock = Lock()

    def follow(self, library: Library) -> None:
        """Pass the library on if it is new. When the database is down this is tried again the next time."""
        if library is self._seen:
            return
        with self._lock:
            if library is self._seen:
                return
            try:
                change = self._reviews.library_is(sentence_hashes(library))
            except RecordsError as error:
                _log.warning("The change of the articles was not noted: %s", error)
                return
            self._seen = library
        if change.expired:
            _log.info("%d approved answers need review: sentences they rest on have changed.", len(change.expired))


def sentence_hashes(library: Library) -> Mapping[str, Collection[str]]:
    """Return the hashes of all sentences by article."""
    return {
        article.id: frozenset(quote_hash(article.quote(sentence.span)) for sentence in article.sentences())
        for article in library.articles.values()
    }
