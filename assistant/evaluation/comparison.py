"""Two runs side by side: the difference of every measure on the questions that both asked, and which ones changed."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.metrics import METRICS, measure
from assistant.evaluation.record import Record
from assistant.evaluation.statistics import Measure, mcnemar
from assistant.evaluation.trial import Trial

Pairs = Sequence[tuple[Trial, Trial]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure before and after."""

    name: str
    label: str
    before: Measure
    after: Measure

    @property
    def change(self) -> float | None:
        """After less before; None when one of them could not be taken."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


@dataclass(frozen=True, slots=True)
class Paired:
    """How many of `n` questions became so and ceased to be so, with the p-value of McNemar's exact test."""

    label: str
    gained: int
    lost: int
    n: int
    p: float


@dataclass(frozen=True, slots=True)
class Change:
    """A question of which something else became."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs. `remarks` say in words where they were not asked the same of the same."""

    common: int
    remarks: tuple[str, ...]
    differences: tuple[Difference, ...]
    paired: tuple[Paired, ...]
    changes: tuple[Change, ...]


def compare(before: Record, after: Record) -> Comparison:
    """Compare two runs on the questions that both asked, by their ids."""
    earlier = {trial.id: trial for trial in before.trials}
    pairs = [(earlier[trial.id], trial) for trial in after.trials if trial.id in earlier]
    old, new = measure([pair[0] for pair in pairs]), measure([pair[1] for pair in pairs])
    return Comparison(
        common=len(pairs),
        remarks=tuple(_remarks(before, after, len(pairs))),
        differences=tuple(Difference(one.name, one.label, old[one.name], new[one.name]) for one in METRICS),
        paired=tuple(_tests(pairs)),
        changes=tuple(Change(a.id, became(a), became(b)) for a, b in pairs if became(a) != became(b)),
    )


def became(trial: Trial) -> str:
    """Say in a word what became of a question."""
    if trial.refused:
        return "refused"
    if not trial.answerable:
        return "answered"
    return "full" if trial.full else "hit" if trial.hit else "missed"


def _remarks(before: Record, after: Record, common: int) -> Iterator[str]:
    for name, record in (("before", before), ("now", after)):
        if len(record.trials) > common:
            yield f"{len(record.trials) - common} questions were asked only {name}"
    if before.choice.library is not after.choice.library:
        yield f"the library was {before.choice.library} before, now {after.choice.library}"
    changed = {name for name, _ in before.articles.items() ^ after.articles.items()}
    if changed:
        yield f"{len(changed)} articles are other ones or have changed"
    if before.encoder != after.encoder:
        yield f"the encoder was {before.encoder} before, now {after.encoder}"


def _tests(pairs: Pairs) -> Iterator[Paired]:
    answerable = [pair for pair in pairs if pair[1].answerable]
    others = [pair for pair in pairs if not pair[1].answerable]
    yield _paired("hit", answerable, lambda trial: trial.hit)
    yield _paired("full", answerable, lambda trial: trial.full)
    yield _paired("unanswerable, refused", others, lambda trial: trial.refused)
    yield _paired("answerable, refused", answerable, lambda trial: trial.refused)


def _paired(label: str, pairs: Pairs, holds: Callable[[Trial], bool]) -> Paired:
    gained = sum(holds(after) and not holds(before) for before, after in pairs)
    lost = sum(holds(before) and not holds(after) for before, after in pairs)
    return Paired(label, gained, lost, len(pairs), mcnemar(gained, lost))


def comparison_text(comparison: Comparison) -> str:
    """Return the comparison as text of at most 100 columns."""
    lines = [f"Compared on {comparison.common} questions", *(f"  but {remark}" for remark in comparison.remarks), ""]
    lines.append(f"{'':38}{'before':>9}{'now':>9}{'change':>9}{'n':>7}")
    lines += [_difference(one) for one in comparison.differences]
    lines += ["", f"{'':38}{'became so':>11}{'ceased':>9}{'of':>7}   McNemar, p"]
    lines += [f"{one.label:38}{one.gained:>11}{one.lost:>9}{one.n:>7}   {one.p:.3g}" for one in comparison.paired]
    ways: dict[str, list[str]] = {}
    for change in comparison.changes:
        ways.setdefault(f"{change.before} -> {change.after}", []).append(change.id)
    for way, ids in sorted(ways.items()):
        lines += ["", f"{way} ({len(ids)})"]
        lines += textwrap.wrap(", ".join(ids), 98, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return "\n".join(lines)


def _difference(one: Difference) -> str:
    shown = [f"{found.value:>9.3f}" if found.value is not None else f"{'-':>9}" for found in (one.before, one.after)]
    change = f"{one.change:>+9.3f}" if one.change is not None else f"{'-':>9}"
    return f"{one.label:38}{''.join(shown)}{change}{one.after.n:>7}"
