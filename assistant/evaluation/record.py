"""A run as it is kept: what was asked of what, every measure, and one line for each question. As JSON, both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Outcome
from assistant.evaluation.errors import EvaluationError
from assistant.evaluation.metrics import measure, measure_kinds
from assistant.evaluation.selection import Choice, LibraryChoice
from assistant.evaluation.statistics import Measure
from assistant.evaluation.trial import Cited, Trial
from corpus.bank import Kind, Split

SCHEMA = "rolewise.evaluation/1"


@dataclass(frozen=True, slots=True)
class Record:
    """One run. `encoder` and `articles` (content hashes by id) say what the answers depended on besides the code."""

    choice: Choice
    version: str
    encoder: str
    articles: Mapping[str, str]
    jobs: int
    trials: tuple[Trial, ...]

    @property
    def questions_per_second(self) -> float:
        """How many questions all processes together answered in a second; loading and opening are left out."""
        spent = sum(trial.seconds for trial in self.trials)
        return len(self.trials) * self.jobs / spent if spent else 0.0


def write_record(record: Record, path: Path) -> None:
    """Write a run; lines for the questions stand one below the other, so that files can be compared by eye."""
    head = {
        "schema": SCHEMA,
        "choice": asdict(record.choice),
        "version": record.version,
        "encoder": record.encoder,
        "articles": dict(record.articles),
        "jobs": record.jobs,
        "questions_per_second": round(record.questions_per_second, 2),
        "measures": _plain(measure(record.trials)),
        "kinds": {kind: _plain(measures) for kind, measures in measure_kinds(record.trials).items()},
    }
    rows = ",\n".join(json.dumps(_row(trial), ensure_ascii=False) for trial in record.trials)
    text = json.dumps(head, indent=1, ensure_ascii=False)[: -len("\n}")] + f',\n "questions": [\n{rows}\n]}}\n'
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be written ({error.strerror or error}). Give a file you may write."
        ) from error


def read_record(path: Path) -> Record:
    """Read a run back; raise EvaluationError when it is none."""
    try:
        return _record(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path} is no run of rolewise evaluate ({error}). Make one: rolewise evaluate --json {path}"
        ) from error


def _record(kept: dict[str, Any]) -> Record:
    if kept["schema"] != SCHEMA:
        raise ValueError(f"schema {kept['schema']!r}, expected {SCHEMA!r}")
    return Record(
        choice=_choice(kept["choice"]),
        version=kept["version"],
        encoder=kept["encoder"],
        articles=kept["articles"],
        jobs=kept["jobs"],
        trials=tuple(_trial(row) for row in kept["questions"]),
    )


def _plain(measures: Mapping[str, Measure]) -> dict[str, Any]:
    return {name: asdict(measured) for name, measured in measures.items()}


def _row(trial: Trial) -> dict[str, Any]:
    return {**asdict(trial), "hit": trial.hit, "full": trial.full, "refused": trial.refused}


def _choice(kept: dict[str, Any]) -> Choice:
    return Choice(
        split=Split(kept["split"]),
        articles=tuple(kept["articles"]),
        kinds=tuple(Kind(kind) for kind in kept["kinds"]),
        library=LibraryChoice(kept["library"]),
    )


def _trial(row: dict[str, Any]) -> Trial:
    return Trial(
        id=row["id"],
        kind=Kind(row["kind"]),
        turns=tuple(row["turns"]),
        standalone_question=row["standalone_question"],
        expected=tuple(row["expected"]),
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        confidence=row["confidence"],
        cited=tuple(Cited(**cited) for cited in row["cited"]),
        groups_cited=row["groups_cited"],
        seconds=row["seconds"],
    )
