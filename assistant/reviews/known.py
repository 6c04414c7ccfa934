"""The approved answers as they stand, kept in memory, and the one that a question asks for again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from assistant.records.kept import RecordsError
from assistant.reviews.desk import Reviews
from assistant.reviews.forms import may_be_the_same, normal_form
from assistant.reviews.nouns import ApprovalState, StandingApproval
from assistant.reviews.words import last_approvals
from corpus.library import Library
from index.fusion import cosines_of
from index.hits import Encoder, Vectors

_log = logging.getLogger("rolewise.reviews")

PAUSE_SECONDS = 15.0  # a database that is down may take seconds to say so, and every question would wait for it
REFRESH_SECONDS = 5.0  # what another server approves or withdraws is known here after so long
# Least cosine at which a question is taken for an approved one, or its sentences are read too. Of the development
# questions on one article that name the same roles and have different answers, the nearest two have 0.77; of eighteen
# pairs made up for this, those that ask the same have 0.92 and more or are left alone.
NEAR = 0.9
WAY = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """An approved answer that fits a question, and its cosine with it (1.0 for the same words)."""

    approval: StandingApproval
    similarity: float


@dataclass(frozen=True, slots=True)
class _Snapshot:
    by_form: dict[str, StandingApproval]
    standing: tuple[StandingApproval, ...]
    vectors: Vectors | None


class KnownApprovals:
    """Finds approved answers by question. Safe to use from several threads; when the database is down it knows none."""

    def __init__(
        self, reviews: Reviews, encoder: Encoder | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take where approvals are stored; without an encoder only the same words are the same question."""
        self._reviews = reviews
        self._encoder = encoder
        self._clock = clock
        self._lock = Lock()
        self._read_at = float("-inf")
        self._snapshot = _Snapshot({}, (), None)

    def changed(self) -> None:
        """Read what is stored again before the next question."""
        self._read_at = float("-inf")

    def standing(self) -> tuple[StandingApproval, ...]:
        """Return the approvals that stand, in the order in which they came."""
        return self._now().standing

    def same(self, question: str, library: Library) -> Match | None:
        """Return the approval of the same or nearly the same question."""
        form = normal_form(question)
        snapshot = self._now()
        if not form or not snapshot.standing:
            return None
        if form in snapshot.by_form:
            return Match(snapshot.by_form[form], 1.0)
        found = self._near(question, library, snapshot, NEAR)
        return found[0] if found else None

    def ways(self, question: str, library: Library) -> tuple[Match, ...]:
        """Return the approvals of questions near enough that their sentences may answer, the nearest first."""
        return tuple(self._near(question, library, self._now(), WAY))

    def _near(self, question: str, library: Library, snapshot: _Snapshot, least: float) -> list[Match]:
        if self._encoder is None or snapshot.vectors is None:
            return []
        similarities = cosines_of(snapshot.vectors, self._encoder.encode([question])[0])
        order = [int(row) for row in np.argsort(-similarities, kind="stable") if similarities[row] >= least]
        roles = _roles(question, library)
        return [
            Match(snapshot.standing[row], float(similarities[row]))
            for row in order
            if _roles(snapshot.standing[row].approval.question, library) == roles
            and may_be_the_same(question, snapshot.standing[row].approval.question)
        ]

    def _now(self) -> _Snapshot:
        with self._lock:
            if self._clock() - self._read_at >= REFRESH_SECONDS:
                self._read_at = self._clock()
                try:
                    self._snapshot = self._read()
                except RecordsError as error:
                    self._read_at += PAUSE_SECONDS - REFRESH_SECONDS
                    _log.warning("Approved answers cannot be read: %s", error)
                    self._snapshot = _Snapshot({}, (), None)
            return self._snapshot

    def _read(self) -> _Snapshot:
        last = last_approvals(self._reviews.approvals())
        by_form = {form: each for form, each in last.items() if each.state is ApprovalState.APPROVED}
        standing = tuple(by_form.values())
        if standing == self._snapshot.standing:
            return self._snapshot
        questions = [each.approval.question for each in standing]
        return _Snapshot(by_form, standing, self._encoder.encode(questions) if self._encoder and questions else None)


def _roles(question: str, library: Library) -> tuple[str, ...]:
    """Return the roles that a question names, in its order: who reports to whom depends on it."""
    return tuple(role for mention in library.catalogue.find_roles(question) for role in mention.roles)
