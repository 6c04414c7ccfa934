"""A vector store that always answers: while the store behind it fails, by exact search over the vectors of record.

A store fails a question once, within the time that it allows itself; no further question waits for it. It is asked
again from the side, and takes over when it holds and finds what it should.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import numpy as np

from index.exact import ExactVectors
from index.gates import lost, missed_at_most
from index.hits import OutOfReachError, SearchError, Vectors, VectorStore

PAUSE = 5.0  # seconds between two looks at a store that failed
# Vectors that are tried, and how many of them may not find themselves. Of few vectors the gates let none be lost: a
# store that lost a tenth passes with all of 64 once in 0.9 ** -64 = 850 times. Of many they let one in a thousand be
# lost, so all of 64 would find themselves in 0.999 ** 64 = 94 of 100 good stores only. With up to 3 of 128 missed, a
# store that lost one in a thousand is refused once in 10 ** 5 times (4 of 128: 0.128 ** 4 / 24), and one that lost a
# tenth passes 8 times in 10 ** 4 (0.9 ** 128 * (1 + 128 / 9 + 8,128 / 81 + 341,376 / 729)).
_SAMPLE, _MISSED = 64, 0
_SAMPLE_OF_MANY, _MISSED_OF_MANY = 128, 3

_log = logging.getLogger("rolewise.index")


class SteadyStore:
    """The store of a generation, with exact search standing by. Safe to use from several threads."""

    def __init__(self, store: VectorStore, ids: Sequence[str], vectors: Vectors, pause: float = PAUSE) -> None:
        """Search in `store`, which should hold one vector of `vectors` under each id.

        Raise SearchError when it does not; a store that is out of reach is waited for meanwhile.
        """
        self._store = store
        self._ids = frozenset(ids)
        self._exact = ExactVectors(ids, vectors)
        few = missed_at_most(len(ids)) == 0
        tried, self._missed = (_SAMPLE, _MISSED) if few else (_SAMPLE_OF_MANY, _MISSED_OF_MANY)
        rows = np.unique(np.linspace(0, max(len(ids) - 1, 0), min(tried, len(ids))).astype(int))
        self._sample = [ids[row] for row in rows], vectors[rows]
        self._pause = pause
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._failure: SearchError | None = None
        try:
            self._check()
        except OutOfReachError as error:
            self._fall_back(error)

    def is_lost(self) -> bool:
        """Tell whether the store must be built anew: it can be reached, and does not hold what it should."""
        failure = self._failure  # another thread may take it away
        return failure is not None and not isinstance(failure, OutOfReachError)

    def ids(self) -> frozenset[str]:
        """Return the ids of all vectors."""
        return self._ids

    def count(self) -> int:
        """Return how many vectors there are."""
        return len(self._ids)

    def nearest(self, vector: Vectors, limit: int) -> Sequence[tuple[str, float]]:
        """Return up to `limit` pairs of id and cosine, best first."""
        return self._exact.nearest(vector, limit) if self._failure else self._asked(vector, limit)

    def nearest_to_each(self, vectors: Vectors, limit: int) -> Sequence[Sequence[tuple[str, float]]]:
        """Return what `nearest` returns, for each row of `vectors`, shape (rows, dimension)."""
        return self._exact.nearest_to_each(vectors, limit)

    def close(self) -> None:
        """Let go of the store."""
        self._closing.set()
        self._store.close()

    def _asked(self, vector: Vectors, limit: int) -> Sequence[tuple[str, float]]:
        try:
            found = self._store.nearest(vector, limit)
        except SearchError as error:
            self._fall_back(error)
            return self._exact.nearest(vector, limit)
        if found and self._ids.issuperset(name for name, _ in found):
            return found
        self._fall_back(SearchError("The vector store answers with other sentences than it was given"))
        return self._exact.nearest(vector, limit)

    def _check(self) -> None:
        """Raise SearchError unless the store holds as many vectors as it should and finds enough of those tried."""
        held = self._store.count()
        if held != len(self._ids):
            raise SearchError(f"{held} vectors are stored for {len(self._ids)} sentences")
        gone = sum(1 for _ in lost(self._store, *self._sample))
        if gone > self._missed:
            raise SearchError(f"{gone} of {len(self._sample[0])} vectors are not found by themselves")

    def _fall_back(self, error: SearchError) -> None:
        with self._lock:
            known, self._failure = self._failure is not None, error
        if not known and not self._closing.is_set():
            _log.warning("%s Until it is back, answers come by exact search.", _sentence(error))
            threading.Thread(target=self._wait_for_it, name="vector store watcher", daemon=True).start()

    def _wait_for_it(self) -> None:
        while not self._closing.wait(self._pause):
            try:
                self._check()
            except SearchError as error:
                self._failure = error
                continue
            _log.warning("The vector store is back and answers again.")
            with self._lock:
                self._failure = None
            return


def _sentence(error: SearchError) -> str:
    return f"{str(error).rstrip('.')}."
