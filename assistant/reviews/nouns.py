"""Verdicts and approvals. Each is written once and never changed: a correction or a withdrawal is a further one.

Ids are made by who writes (a browser, an import): the same one twice is stored once. Moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.records.sources import quote_hash


class Judgement(StrEnum):
    """What a reviewer finds of a claim and the sentences it cites, or of a refusal; or that a verdict is taken back."""

    SUPPORTED = "supported"
    WRONG_ROLE = "wrong_role"
    NOT_SUPPORTED = "not_supported"
    OUTDATED = "outdated"
    REFUSED_RIGHTLY = "refused_rightly"
    SHOULD_ANSWER = "should_have_answered"
    UNDONE = "undone"


ON_REFUSALS = (Judgement.REFUSED_RIGHTLY, Judgement.SHOULD_ANSWER)
ON_CLAIMS = tuple(one for one in Judgement if one not in (*ON_REFUSALS, Judgement.UNDONE))


@dataclass(frozen=True, slots=True)
class Source:
    """A cited sentence: the article it stands in, its words, and their hash, by which it is known again."""

    article_id: str
    quote: str
    hash: str


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim as it stood in an answer, so that a verdict on it can be read when the answer is forgotten.

    Of a refusal it is what was said, without roles and sources.
    """

    text: str
    roles: tuple[str, ...]
    topic: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer found of one claim. Of several by the same reviewer the last that is not undone counts.

    `claim` is its index in the answer, 0 for a refusal as a whole; `seconds` how long the reviewer looked; `question`
    is empty unless the reviewer keeps it as a test: it outlives the answer, whose own question is forgotten in time.
    `undoes` is the id of the verdict that this one takes back, if that is what it does.
    """

    id: str
    answer_id: str
    claim: int
    judgement: Judgement
    judged: JudgedClaim
    reviewer: str
    noted: datetime
    seconds: float
    reason: str = ""
    note: str = ""
    question: str = ""
    undoes: str | None = None

    def __post_init__(self) -> None:
        """Refuse a verdict that is UNDONE and undoes nothing, or the other way round."""
        if (self.judgement is Judgement.UNDONE) != (self.undoes is not None):
            raise ValueError(f"{self.judgement} and undoes={self.undoes!r} do not go together.")


class ApprovalState(StrEnum):
    """Whether an approved answer may be shown. EXPIRED: a sentence it cites has changed, and it needs review."""

    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Approval:
    """An answer that a reviewer stands for: the answer object as approved, with edited wording if any.

    `form` is the question's normal form (`assistant/reviews/forms.py`); a later approval of the same form replaces it.
    """

    id: str
    question: str
    form: str
    answer: Mapping[str, Any]
    sources: tuple[Source, ...]
    reviewer: str
    noted: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """What became of an approval later. `reviewer` is empty where it expired by itself."""

    id: str
    approval_id: str
    state: ApprovalState
    reviewer: str
    noted: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class StandingApproval:
    """An approval, how it stands now and since when."""

    approval: Approval
    state: ApprovalState
    since: datetime


def judged_claim(answer: Mapping[str, Any], claim: int) -> JudgedClaim:
    """Return a claim of an answer object, of a refusal what was said; raise IndexError when it has no such claim."""
    if claim < 0:
        raise IndexError(f"A claim has an index from 0 on, not {claim}.")
    if claim == 0 and not answer["claims"]:
        return JudgedClaim(answer["markdown"], (), None, ())
    found = answer["claims"][claim]
    quotes = [citation for citation in answer["citations"] if citation["number"] in found["citations"]]
    return JudgedClaim(found["text"], tuple(found["roles"]), found["topic"], _sources(quotes))


def sources_of(answer: Mapping[str, Any]) -> tuple[Source, ...]:
    """Return every sentence that an answer object cites, in the order of their numbers."""
    return _sources(answer["citations"])


def _sources(citations: list[Mapping[str, Any]]) -> tuple[Source, ...]:
    return tuple(Source(each["article_id"], each["quote"], quote_hash(each["quote"])) for each in citations)
