"""Whoever stores reviews is told of every change of the articles, so that approvals expire with what they rest on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from threading import Lock

from assistant.records.kept import RecordsError
from assistant.records.sources import quote_hash
from assistant.reviews.desk import Reviews
from assistant.reviews.known import PAUSE_SECONDS
from corpus.library import Library

_log = logging.getLogger("rolewise.reviews")


class LibraryFollower:
    """Notices that the library is another one than last time. Safe to use from several threads."""

    def __init__(self, reviews: Reviews, clock: Callable[[], float] = time.monotonic) -> None:
        self._reviews = reviews
        self._clock = clock
        self._seen: Library | None = None
        self._paused_until = float("-inf")
        self._lock = Lock()

    def follow(self, library: Library) -> None:
        """Pass the library on if it is new. When the database is down this is tried again after a pause."""
        if library is self._seen:
            return
        with self._lock:
            if library is self._seen or self._clock() < self._paused_until:
                return
            try:
                change = self._reviews.library_is(sentence_hashes(library))
            except RecordsError as error:
                self._paused_until = self._clock() + PAUSE_SECONDS
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
