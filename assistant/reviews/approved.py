"""Answers that a reviewer has approved come first: the same question again gets the answer that HR stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answer import Answer
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.known import KnownApprovals
from assistant.reviews.rebuilding import rebuilt
from corpus.library import Library

CHECKED = 0.99  # confidence in an answer that a person has compared with its sentences


class Answering(Protocol):
    """Whoever answers without knowing of approvals."""

    @property
    def library(self) -> Library:
        """The articles that answers are taken from."""

    @property
    def generation(self) -> str:
        """The generation of the index that answers come from; empty when it has no name."""

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns."""


class ApprovedFirst:
    """Answers as another one does, unless the question was approved. Safe to use from several threads."""

    def __init__(self, answers: Answering, known: KnownApprovals, follower: LibraryFollower) -> None:
        self._answers = answers
        self._known = known
        self._follower = follower

    @property
    def library(self) -> Library:
        """The articles that answers are taken from."""
        return self._answers.library

    @property
    def generation(self) -> str:
        """The generation of the index that answers come from."""
        return self._answers.generation

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns.

        An approved answer is put together anew from the articles in use; when they lack a sentence of it, the question
        is answered as if nothing had been approved.
        """
        fresh, library = self._answers.answer(turns), self.library
        self._follower.follow(library)
        match = self._known.same(fresh.standalone_question, library) if fresh.standalone_question else None
        approved = rebuilt(match.approval.approval.answer, library) if match else None
        if match is None or approved is None:
            return fresh
        day = match.approval.approval.noted.date()
        if approved.claims == fresh.claims:  # the same, with all that the stored object does not hold
            return replace(fresh, checked=day)
        return replace(
            approved,
            id=fresh.id,
            question=fresh.question,
            standalone_question=fresh.standalone_question,
            confidence=max(CHECKED, fresh.confidence),
            suggestions=fresh.suggestions or approved.suggestions,
            elapsed_ms=fresh.elapsed_ms,
            checked=day,
        )
