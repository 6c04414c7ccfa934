"""The nouns of an answer: what must not be said cannot be built.

A citation computes its quote from the article; a claim without a citation and an answered question without a claim
are refused.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Article, Section, Sentence

SCHEMA = "rolewise.answer/1"


class Outcome(StrEnum):
    """What became of the question."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_COVERED = "not_covered"
    UNCLEAR = "unclear"


class Reason(StrEnum):
    """Why a question is not simply answered."""

    UNKNOWN_ROLE = "unknown_role"
    TOPIC_NOT_COVERED = "topic_not_covered"
    PAIR_NOT_COMPARED = "pair_not_compared"
    FALSE_PREMISE = "false_premise"
    OFF_TOPIC = "off_topic"
    AMBIGUOUS = "ambiguous"


class Verdict(StrEnum):
    """How the cited sentences stand to a claim."""

    SUPPORTED = "supported"
    PARTLY_SUPPORTED = "partly_supported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was found for a question, with the relevance it was found with (0..1, higher is better)."""

    article: Article
    section: Section
    sentence: Sentence
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """One sentence of one article. The quote is computed, so it is always what the article says.

    Raises ValueError when the sentence does not stand in the section, or that not in the article.
    """

    article: Article
    section: Section
    sentence: Sentence

    def __post_init__(self) -> None:
        if self.section not in self.article.sections or self.sentence not in self.section.sentences:
            raise ValueError(f"Sentence {self.sentence.number} stands nowhere in {self.article.id}.")

    @property
    def quote(self) -> str:
        """The cited words."""
        return self.article.quote(self.sentence.span)

    @property
    def url(self) -> str:
        """The path of the article reader that shows the sentence."""
        return f"/articles/{self.article.id}#s{self.sentence.number}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about roles, resting on at least one citation: without one, or without words, it raises ValueError.

    `topic` is the stable name of what it is about, None where the heading names no topic.
    """

    text: str
    roles: tuple[str, ...]
    topic: str | None
    verdict: Verdict
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.text or not self.citations:
            raise ValueError(f"A claim needs words and a citation: {self.text!r}.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison: what it is about, and for each role the index of its claim, or None: not stated."""

    heading: str
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims of an answer laid out as a table, one column for each role."""

    roles: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes out for a question. `message` is what is said besides the claims, such as why there are none.

    `id` is random; everything else but `elapsed_ms` depends on the question, the index and what reviewers approved:
    `checked` is the day on which one of them did. `confidence` is 0..1, `conflicts` are pairs of places in `claims`.
    Raises ValueError when claims and outcome do not go together.
    """

    id: str
    question: str
    standalone_question: str
    outcome: Outcome
    reason: Reason | None
    claims: tuple[Claim, ...]
    confidence: float
    message: str = ""
    comparison: Comparison | None = None
    conflicts: tuple[tuple[int, int], ...] = ()
    suggestions: tuple[str, ...] = ()
    elapsed_ms: int = 0
    checked: dt.date | None = None

    def __post_init__(self) -> None:
        answered = self.outcome in (Outcome.ANSWERED, Outcome.PARTLY_ANSWERED)
        if answered != bool(self.claims):
            raise ValueError(f"An answer that is {self.outcome} cannot have {len(self.claims)} claims.")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"A confidence lies between 0 and 1, not {self.confidence}.")

    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which the claims use them."""
        return tuple(dict.fromkeys(citation for claim in self.claims for citation in claim.citations))
