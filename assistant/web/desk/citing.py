"""What the article reader shows beside an article: the approved answers that cite it."""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.reviews.known import KnownApprovals
from assistant.reviews.nouns import StandingApproval
from assistant.reviews.rebuilding import citation_of
from assistant.web.answers import Answers
from assistant.web.approved import ApprovedAnswer
from corpus.library import Library

MOST_SHOWN = 20  # questions beside one article


class CitingApprovals:
    """Knows the approvals that stand, by the articles they cite."""

    def __init__(self, answers: Answers, known: KnownApprovals) -> None:
        self._answers = answers
        self._known = known

    def citing(self, article_id: str) -> tuple[ApprovedAnswer, ...]:
        """Return the approved answers that cite an article as it is now, the latest first."""
        library = self._answers.library
        latest = reversed(self._known.standing())
        found = (_shown(each, article_id, library) for each in latest)
        return tuple(one for one in found if one)[:MOST_SHOWN]


def _shown(standing: StandingApproval, article_id: str, library: Library) -> ApprovedAnswer | None:
    approval = standing.approval
    if article_id not in {source.article_id for source in approval.sources}:
        return None
    citations = [citation_of(row, library) for row in approval.answer["citations"]]
    if None in citations:  # it falls back to review as soon as somebody asks
        return None
    numbers = sorted(one.sentence.number for one in citations if one and one.article.id == article_id)
    path = f"/?{urlencode({'q': approval.question})}"  # puts the question into the box of the chat
    return ApprovedAnswer(approval.question, path, tuple(numbers), approval.noted.date())
