"""What reviewers found, as tests: sentences that a question must cite or must not, and questions to refuse or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import ON_REFUSALS, Judgement, StandingApproval, Verdict
from assistant.reviews.words import last_words

Cited = tuple[str, str]  # the id of an article, and a sentence of it

_GOOD = {Judgement.SUPPORTED.value, Judgement.SHOULD_ANSWER.value}


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question, one cited sentence, and whether it is right there. `said` is what the reviewers found.

    Without `cited` it is about the answer as a whole: whether it is right to give one, and not to refuse.
    """

    question: str
    cited: Cited | None
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

    Of each reviewer the last word on a claim counts. Where reviewers disagree about a sentence, or about a refusal,
    nothing is asked for; who finds a sentence right also finds that the question has an answer.
    """
    found: defaultdict[tuple[str, Cited | None], set[str]] = defaultdict(set)
    questions: dict[str, str] = {}
    for verdict in last_words(verdicts).values():
        if verdict.question:
            form = normal_form(verdict.question)
            questions.setdefault(form, verdict.question)
            whole = [None] if verdict.judgement in ON_REFUSALS else []
            for cited in (*whole, *((source.article_id, source.quote) for source in verdict.judged.sources)):
                found[form, cited].add(verdict.judgement.value)
    for approval in (standing.approval for standing in approvals):
        questions.setdefault(approval.form, approval.question)
        for source in approval.sources:
            found[approval.form, (source.article_id, source.quote)].add(Judgement.SUPPORTED.value)
    for form in {form for (form, cited), words in found.items() if cited and _GOOD & words}:
        if (form, None) in found:
            found[form, None].add(Judgement.SUPPORTED.value)
    agreed = {key: words for key, words in found.items() if words <= _GOOD or not words & _GOOD}
    asked = tuple(
        Expectation(questions[form], cited, words <= _GOOD, " and ".join(sorted(words)))
        for (form, cited), words in agreed.items()
    )
    return asked, len(found) - len(agreed)


def tried(asked: Sequence[Expectation], assistant: Asked) -> tuple[Outcome, ...]:
    """Ask every question once and return which expectations were met."""
    cited: dict[str, frozenset[Cited | None]] = {}
    for question in dict.fromkeys(one.question for one in asked):
        answer = assistant.answer([question])
        quotes = {(citation.article.id, citation.quote) for citation in answer.citations()}
        cited[question] = frozenset({*quotes, *([None] if answer.claims else [])})
    return tuple(Outcome(one, (one.cited in cited[one.question]) is one.right) for one in asked)
