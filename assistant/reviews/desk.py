"""What the review desk shows, and the protocol of whoever stores what it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, StandingApproval, Verdict

PAGE = 50  # answers on one page of the queue


class Flag(StrEnum):
    """Why an answer is worth a look. Several at once are all meant."""

    UNREVIEWED = "unreviewed"  # has claims without a verdict, or is a refusal without one
    THUMBS_DOWN = "thumbs_down"
    LOW_CONFIDENCE = "low_confidence"
    NEW_ARTICLE = "new_article"  # cites an article that is new
    CHANGED_SOURCE = "changed_source"  # cites a sentence that the articles no longer hold
    REFUSED = "refused"  # nothing was claimed


class Order(StrEnum):
    """What comes first in the queue. RISK: what is likeliest wrong and not judged yet; the latest among equals."""

    LATEST = "latest"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """An answer in the queue. `place` is higher the earlier it comes; `thumb` is None where no reader set one.

    `judged` counts the claims with a verdict; of a refusal, without `claims`, it is 1 when it has one.
    """

    place: int
    answer_id: str
    asked: datetime
    question: str
    understood: str
    outcome: str
    reason: str | None
    confidence: float
    claims: int
    judged: int
    thumb: bool | None
    thumb_reason: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Answers in the order asked for. The next page begins below the place `below`; None: this was the last."""

    items: tuple[QueueItem, ...]
    below: int | None


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """What a change of the articles did: how many cited sentences went or came back, what expired, what is new."""

    gone: int
    back: int
    expired: tuple[str, ...]
    new_articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """How many questions were asked on a day (UTC), and how many were answered at least in part."""

    day: date
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures at a glance, over the answers that are still kept. Each list has the most frequent first."""

    days: tuple[Day, ...]
    refusals: tuple[tuple[str, int], ...]
    uncovered_topics: tuple[tuple[str, int], ...]
    verdicts: tuple[tuple[str, int], ...]
    seconds_per_claim: float | None


class Reviews(Protocol):
    """Stores verdicts and approvals. Called from several threads and processes; returning means it is on disk.

    Every method raises RecordsError when the database cannot do it. What is written twice under one id is stored once:
    then False is returned, and a RecordsError is raised when it is not the same but for the time it was noted.
    """

    def judge(self, verdict: Verdict) -> bool:
        """Store a verdict."""

    def verdicts_on(self, answer_id: str) -> tuple[Verdict, ...]:
        """Return every verdict on an answer, of every reviewer, in the order in which they came."""

    def approve(self, approval: Approval) -> bool:
        """Store an approval; it stands from now on."""

    def take_step(self, step: ApprovalStep) -> bool:
        """Withdraw an approval, or let it stand again; raise RecordsError when there is no such approval."""

    def approval_of(self, form: str) -> StandingApproval | None:
        """Return the last approval of a question's normal form, whatever became of it."""

    def approvals(self, state: ApprovalState | None = None) -> Iterator[StandingApproval]:
        """Yield approvals in the order in which they came, all or those in one state."""

    def queue(
        self,
        flags: Collection[Flag] = (),
        below: int | None = None,
        limit: int = PAGE,
        order: Order = Order.LATEST,
    ) -> Page:
        """Return answers to which all the flags apply, from below a place on."""

    def waiting(self) -> Mapping[Flag, int]:
        """Return to how many answers each flag applies."""

    def library_is(self, hashes: Mapping[str, Collection[str]]) -> LibraryChange:
        """Take note of the articles in use: the hashes of every sentence by article id. Approvals may expire by it."""

    def figures(self, since: datetime, topics_of: Callable[[str], Collection[str]]) -> Figures:
        """Return the figures since a moment; `topics_of` finds the topics that a question names."""

    def seconds_per_claim(self, since: datetime) -> float | None:
        """Return the median time that reviewers took for a verdict on a claim since a moment, None without one."""

    def every_verdict(self) -> Iterator[Verdict]:
        """Yield every verdict in the order in which they came, for export."""

    def every_step(self) -> Iterator[ApprovalStep]:
        """Yield what became of approvals, in the order in which it came, for export."""
