"""Seven trials small enough to work out every measure by hand, and a run that holds them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Outcome
from assistant.evaluation.record import Record
from assistant.evaluation.selection import Choice
from assistant.evaluation.trial import Cited, Trial
from corpus.bank import Kind, Split

EVIDENCE = Cited("a", 1, "Bees are kept.", evidence=True, paragraph=True, role=True, on_topic=True)
NEAR = Cited("a", 2, "Bees sting.", evidence=False, paragraph=True, role=False, on_topic=False)
ELSEWHERE = Cited("b", 9, "Hives are kept.", evidence=False, paragraph=False, role=None, on_topic=True)
WRONG = Cited("b", 3, "Wax is sold.", evidence=False, paragraph=False, role=None, on_topic=False)


def trial(name: str, confidence: float, *cited: Cited, **changed: Any) -> Trial:
    """Return a trial that cited these sentences, refused when there are none."""
    made = Trial(
        id=name,
        kind=Kind.DIRECT,
        turns=("Who keeps bees?",),
        standalone_question="Who keeps bees?",
        expected=("Bees are kept.",),
        outcome=Outcome.ANSWERED if cited else Outcome.NOT_COVERED,
        reason=None if cited else "topic_not_covered",
        confidence=confidence,
        cited=cited,
        groups_cited=sum(one.evidence for one in cited),
        seconds=round(confidence, 1),
    )
    return replace(made, **changed)


def unanswerable(name: str, confidence: float, *cited: Cited, kind: Kind = Kind.UNANSWERABLE) -> Trial:
    """Return the trial of a question without evidence."""
    return trial(name, confidence, *cited, kind=kind, expected=())


TRIALS = (
    trial("full", 0.9, EVIDENCE),
    trial("half", 0.8, EVIDENCE, NEAR, expected=("Bees are kept.", "Wasps are not.")),
    trial("elsewhere", 0.6, ELSEWHERE, kind=Kind.PARAPHRASE),
    trial("silent", 0.3, kind=Kind.PARAPHRASE),
    unanswerable("near, refused", 0.2),
    unanswerable("near, answered", 0.7, WRONG),
    unanswerable("general", 0.1, kind=Kind.GENERAL),
)


def record(*trials: Trial, **changed: Any) -> Record:
    """Return a run of these trials, or of all seven."""
    made = Record(Choice(Split.TEST), "0.1", "words-1", {"a": "1", "b": "2"}, 1, trials or TRIALS)
    return replace(made, **changed)
