"""One question of the bank, asked, and its answer held against the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Outcome
from corpus.article import Article, Section
from corpus.bank import BankQuestion, Kind

_REFUSED = (Outcome.NOT_COVERED, Outcome.UNCLEAR)

Place = tuple[str, Section]


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited sentence and how it stands to the question.

    `evidence`: it is one of the sentences that answer; `paragraph`: it stands in the section of one of them; `role`:
    it is about a role that the question's row names (None when the row names none); `on_topic`: it is about a role of
    the evidence and stands, in whatever article, in a section on the topic of the evidence.
    """

    article: str
    sentence: int
    quote: str
    evidence: bool
    paragraph: bool
    role: bool | None
    on_topic: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one question. `expected` holds the first sentence of each group of evidence."""

    id: str
    kind: Kind
    turns: tuple[str, ...]
    standalone_question: str
    expected: tuple[str, ...]
    outcome: Outcome
    reason: str | None
    confidence: float
    cited: tuple[Cited, ...]
    groups_cited: int
    seconds: float

    @property
    def answerable(self) -> bool:
        """Whether the bank holds evidence for it."""
        return bool(self.expected)

    @property
    def refused(self) -> bool:
        """Whether nothing was answered: not covered, or a choice was offered."""
        return self.outcome in _REFUSED

    @property
    def hit(self) -> bool:
        """Whether some cited sentence is evidence."""
        return self.groups_cited > 0

    @property
    def full(self) -> bool:
        """Whether every group of evidence has a cited sentence."""
        return self.answerable and self.groups_cited == len(self.expected)

    @property
    def right(self) -> bool:
        """Whether this is what should have become of it: a hit, or a refusal where there is no evidence."""
        return self.hit if self.answerable else self.refused

    @property
    def right_elsewhere(self) -> bool:
        """Whether some cited sentence is about the right role and topic, evidence or not."""
        return any(cited.on_topic for cited in self.cited)


def judge(question: BankQuestion, answer: Answer, articles: Mapping[str, Article], seconds: float) -> Trial:
    """Hold an answer against the evidence of its question; `articles` are those of the library that was asked."""
    here = [articles[name] for name in question.articles if name in articles]
    places = _places(question, here)
    cited = tuple(_judged(citation, question, places) for citation in answer.citations())
    quotes = {one.quote for one in cited if one.evidence}
    return Trial(
        id=question.id,
        kind=question.kind,
        turns=question.turns,
        standalone_question=answer.standalone_question,
        expected=tuple(group[0] for group in question.evidence),
        outcome=answer.outcome,
        reason=answer.reason,
        confidence=answer.confidence,
        cited=cited,
        groups_cited=sum(any(quote in quotes for quote in group) for group in question.evidence),
        seconds=seconds,
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the evidence stands, and what it is about."""

    sections: tuple[Place, ...]
    topics: frozenset[str]
    roles: frozenset[str]


def _places(question: BankQuestion, articles: list[Article]) -> _Places:
    wanted = {quote for group in question.evidence for quote in group}
    found = list(_sentences(articles, wanted))
    return _Places(
        sections=tuple(dict.fromkeys((name, section) for name, section, _ in found)),
        topics=frozenset(section.topic for _, section, _ in found if section.topic),
        roles=frozenset(question.roles) or frozenset(role for _, _, roles in found for role in roles),
    )


def _sentences(articles: list[Article], wanted: set[str]) -> Iterator[tuple[str, Section, tuple[str, ...]]]:
    for article in articles:
        for section in article.sections:
            for sentence in section.sentences:
                if article.quote(sentence.span) in wanted:
                    yield article.id, section, sentence.roles


def _judged(citation: Citation, question: BankQuestion, places: _Places) -> Cited:
    about = set(citation.sentence.roles)
    own = citation.article.id in question.articles
    return Cited(
        article=citation.article.id,
        sentence=citation.sentence.number,
        quote=citation.quote,
        evidence=own and any(citation.quote in group for group in question.evidence),
        paragraph=(citation.article.id, citation.section) in places.sections,
        role=bool(about & set(question.roles)) if question.roles else None,
        on_topic=citation.section.topic in places.topics and bool(about & places.roles),
    )
