"""Answers that a reviewer approved, as the article reader shows them beside the article they cite."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ApprovedAnswer:
    """An approved answer: its question, the path of a page that shows it, the numbers of the sentences it cites."""

    question: str
    path: str
    sentences: tuple[int, ...]
    approved: dt.date


class Approvals(Protocol):
    """Whoever knows which answers are approved at the moment. Called from several threads."""

    def citing(self, article_id: str) -> tuple[ApprovedAnswer, ...]:
        """Return the approved answers that cite an article, the latest first."""


class NoApprovals:
    """A server without reviews."""

    def citing(self, article_id: str) -> tuple[ApprovedAnswer, ...]:
        """Know of none."""
        del article_id
        return ()
