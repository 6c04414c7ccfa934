"""A run as text: the table for people, the table of the README, the worst failures, the differences to another run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from assistant.evaluation.metrics import METRICS, measure, measure_kinds
from assistant.evaluation.record import Record
from assistant.evaluation.statistics import Measure
from assistant.evaluation.trial import Trial
from corpus.bank import Kind

WIDTH = 100
# What is shown for each kind; the record holds all measures.
_BY_KIND = (("hit", "hit_answered", "full", "full_answered"), ("strict", "paragraph", "role", "citations"))
_SPEED = ("seconds_p50", "seconds_p95")


def text_report(record: Record) -> str:
    """Return the measures of a run as tables of at most 100 columns."""
    measures, kinds = measure(record.trials), measure_kinds(record.trials)
    answerable = {kind: of_kind for kind, of_kind in kinds.items() if of_kind["hit"].n}
    blocks = [
        [_heading(record)],
        _overall(measures),
        *(_table(columns, answerable) for columns in _BY_KIND if answerable),
        _refusals(kinds),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks)


def _heading(record: Record) -> str:
    choice = record.choice
    return (
        f"Split {choice.split}, {len(record.trials)} questions; library: {choice.library}, "
        f"{len(record.articles)} articles; {record.questions_per_second:.1f} questions/s, {record.jobs} at a time"
    )


def _overall(measures: Mapping[str, Measure]) -> list[str]:
    lines = [f"{'':38}{'value':>8}   {'95 % interval':17}{'n':>6}"]
    for metric in METRICS:
        found = measures[metric.name]
        lines.append(f"{metric.label:38}{_value(found):>8}   {_interval(found):17}{found.n:>6}")
    return lines


def _table(columns: Sequence[str], kinds: Mapping[Kind, Mapping[str, Measure]]) -> list[str]:
    labels = "".join(f"{name.replace('_', ', '):20}" for name in columns)
    lines = [f"{'kind':14}{'n':>5}  {labels}"]
    for kind, measures in kinds.items():
        cells = "".join(f"{_cell(measures[name]):20}" for name in columns)
        lines.append(f"{kind:14}{measures['hit'].n:>5}  {cells}")
    return lines


def _refusals(kinds: Mapping[Kind, Mapping[str, Measure]]) -> list[str]:
    lines = [f"{'kind':14}{'n':>5}  refused"]
    for kind, measures in kinds.items():
        refused = measures["answerable_refused"]
        found = refused if refused.n else measures["unanswerable_refused"]
        lines.append(f"{kind:14}{found.n:>5}  {_cell(found):20}{'' if refused.n else 'rightly'}")
    return lines


def _value(found: Measure) -> str:
    return "-" if found.value is None else f"{found.value:.3f}"


def _interval(found: Measure) -> str:
    return "" if found.low is None or found.high is None else f"{found.low:.3f} to {found.high:.3f}"


def _cell(found: Measure) -> str:
    if found.value is None:
        return "-"
    if found.low is None or found.high is None:
        return f"{found.value:.2f}"
    return f"{found.value:.2f} ({found.low:.2f}-{found.high:.2f})"


def readme_table(record: Record) -> str:
    """Return the table of the README, in Markdown: what does not depend on the machine, then hits by kind."""
    lines = ["| measure | value | 95 % interval | n |", "|---|---|---|---|"]
    lines += [
        _markdown_row(metric.label, measured)
        for metric, measured in zip(METRICS, measure(record.trials).values(), strict=True)
        if metric.name not in _SPEED
    ]
    lines += [
        _markdown_row(f"hit, kind `{kind}`", measures["hit"])
        for kind, measures in measure_kinds(record.trials).items()
        if measures["hit"].n
    ]
    return "\n".join(lines)


def _markdown_row(label: str, found: Measure) -> str:
    return f"| {label} | {_value(found)} | {_interval(found)} | {found.n} |"


def worst(trials: Sequence[Trial], limit: int) -> str:
    """Return the failures that the assistant was surest of, with what was expected and what was cited.

    The three ways to fail take turns, so that a common one does not hide the others.
    """
    failed: dict[str, list[Trial]] = {}
    for trial in sorted((trial for trial in trials if not trial.right), key=_doubt):
        failed.setdefault(_way(trial), []).append(trial)
    mixed = [trial for turn in zip_longest(*failed.values()) for trial in turn if trial]
    return "\n\n".join("\n".join(_failure(trial)) for trial in mixed[:limit])


def _doubt(trial: Trial) -> float:
    return trial.confidence if trial.refused else 1 - trial.confidence


def _way(trial: Trial) -> str:
    if trial.refused:
        return "refused, though there is evidence"
    return "missed" if trial.answerable else "answered, though there is no evidence"


def _failure(trial: Trial) -> Iterator[str]:
    yield f"{trial.id} ({trial.kind}): {_way(trial)}; confidence {trial.confidence:.2f}"
    yield f"  asked     {' / '.join(trial.turns)}"
    if trial.standalone_question != trial.turns[-1]:
        yield f"  read as   {trial.standalone_question}"
    yield from (f"  expected  {quote}" for quote in trial.expected)
    yield from (f"  cited     {cited.quote} [{cited.article} s{cited.sentence}]" for cited in trial.cited)
    if trial.refused:
        yield f"  reason    {trial.reason}"
