"""What reviewers found, as tests: sentences that a question must cite again, and sentences that it must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import Judgement, StandingApproval, Verdict

Cited = tuple[str, str]  # the id of an article, and a sentence of it


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question, one cited sentence, and whether it is right there. `said` is what the reviewers found."""

    question: str
    cited: Cited
    right: bool
    said: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expectation, and whether the assistant met it."""

    expected: Expectation
    met: bool


class Asked(Protocol):
    """Whoever answers."""

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last of the turns."""


def expectations(
    verdicts: Iterable[Verdict], approvals: Iterable[StandingApproval]
) -> tuple[tuple[Expectation, ...], int]:
    """Return what verdicts on kept questions and standing approvals ask for, and on how much reviewers disagree.

    Of each reviewer the last word on a claim counts. Where reviewers disagree about a sentence, nothing is asked for.
    """
    last = {(one.answer_id, one.claim, one.reviewer): one for one in verdicts if one.question}
    found: defaultdict[tuple[str, Cited], set[str]] = defaultdict(set)
    questions: dict[str, str] = {}
    for verdict in last.values():
        form = normal_form(verdict.question)
        questions.setdefault(form, verdict.question)
        for source in verdict.judged.sources:
            found[form, (source.article_id, source.quote)].add(verdict.judgement.value)
    for approval in (standing.approval for standing in approvals):
        questions.setdefault(approval.form, approval.question)
        for source in approval.sources:
            found[approval.form, (source.article_id, source.quote)].add(Judgement.SUPPORTED.value)
    good = {Judgement.SUPPORTED.value}
    agreed = {key: words for key, words in found.items() if words == good or not words & good}
    asked = tuple(
        Expectation(questions[form], cited, words == good, " and ".join(sorted(words)))
        for (form, cited), words in agreed.items()
    )
    return asked, len(found) - len(agreed)


def tried(asked: Sequence[Expectation], assistant: Asked) -> tuple[Outcome, ...]:
    """Ask every question once and return which expectations were met."""
    cited: dict[str, frozenset[Cited]] = {}
    for question in dict.fromkeys(one.question for one in asked):
        citations = assistant.answer([question]).citations()
        cited[question] = frozenset((citation.article.id, citation.quote) for citation in citations)
    return tuple(Outcome(one, (one.cited in cited[one.question]) is one.right) for one in asked)
