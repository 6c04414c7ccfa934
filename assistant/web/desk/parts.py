"""What the pages of the desk are handed."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records.kept import Records
from assistant.reviews.approver import Approver
from assistant.reviews.desk import Reviews
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.keeping import Keeper
from assistant.web.answers import Answers
from assistant.web.desk.frame import Frame


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant whose answers are judged, where they and the verdicts are kept, and how pages are drawn."""

    answers: Answers
    records: Records
    reviews: Reviews
    follower: LibraryFollower
    approver: Approver
    keeper: Keeper
    frame: Frame
