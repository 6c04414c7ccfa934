"""The charts of a run, as SVG files that are the same for the same run. The door to matplotlib."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.curves import Bin, Point, calibration_error, reliability, risk_coverage
from assistant.evaluation.errors import EvaluationError
from assistant.evaluation.metrics import measure_kinds
from assistant.evaluation.record import Record
from assistant.evaluation.statistics import Measure

try:
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
except ImportError as error:
    raise EvaluationError(
        "--charts needs matplotlib, which is not installed. Run: python -m pip install 'matplotlib>=3.9'"
    ) from error

_STYLE: Any = {  # matplotlib's own type for it lists every key there is
    "svg.hashsalt": "rolewise",  # else the names of clip paths are random
    "svg.fonttype": "none",  # text stays text: smaller, searchable, and no font of this machine is drawn in
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_GOOD, _BAD, _QUIET = "#1f6f8b", "#b5532a", "#8a8f94"
_SIZE = (6.4, 4.4)  # inches


def draw_charts(record: Record, folder: Path) -> tuple[Path, ...]:
    """Draw every chart of a run into a folder, made when it is missing; return the files."""
    drawn: Mapping[str, Callable[[Axes, Record], None]] = {
        "risk-coverage": _risk_coverage,
        "reliability": _reliability,
        "kinds": _kinds,
    }
    paths = []
    with mpl.rc_context(_STYLE):
        for name, draw in drawn.items():
            figure = Figure(figsize=_SIZE, layout="constrained")
            draw(figure.add_subplot(), record)
            paths.append(_save(figure, folder / f"{name}.svg"))
    return tuple(paths)


def _save(figure: Figure, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, format="svg", metadata={"Date": None})
    except OSError as error:
        raise EvaluationError(
            f"{path} cannot be written ({error.strerror or error}). Give a folder you may write."
        ) from error
    return path


def _named(axes: Axes, record: Record, title: str) -> None:
    what = f"{len(record.trials)} questions, split {record.choice.split}, library {record.choice.library}"
    axes.set_title(f"{title}\n", loc="left", fontsize=12)
    axes.text(0, 1.02, what, transform=axes.transAxes, fontsize=9, color=_QUIET)


def _risk_coverage(axes: Axes, record: Record) -> None:
    points: Sequence[Point] = risk_coverage(record.trials)
    axes.step([point.coverage for point in points], [point.risk for point in points], where="post", color=_GOOD)
    if points:
        last = points[-1]
        axes.plot([last.coverage], [last.risk], "o", color=_GOOD)
        axes.annotate(f"all that is answered: {last.risk:.2f}", (last.coverage, last.risk), (-6, 8),
                      textcoords="offset points", ha="right", fontsize=9)  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, max([0.1, *(1.1 * point.risk for point in points)])))
    axes.set(xlabel="share of all questions answered, the surest first", ylabel="share of those answered wrongly")
    _named(axes, record, "What answering more costs")


def _reliability(axes: Axes, record: Record) -> None:
    bins: Sequence[Bin] = reliability(record.trials)
    axes.plot([0, 1], [0, 1], "--", color=_QUIET, linewidth=1)
    shares = [one.share for one in bins]
    across, up = [one.confidence for one in bins], [found.value or 0.0 for found in shares]
    axes.errorbar(across, up, yerr=_whiskers(shares), fmt="o-", color=_GOOD, capsize=3, linewidth=1)
    for place, found in zip(zip(across, up, strict=True), shares, strict=True):
        axes.annotate(str(found.n), place, (5, -11), textcoords="offset points", fontsize=8, color=_QUIET)
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence", ylabel="share of questions that are answerable")
    axes.text(0.98, 0.04, f"calibration error {calibration_error(bins):.3f}", transform=axes.transAxes, ha="right")
    _named(axes, record, "Is the confidence to be believed?")


def _kinds(axes: Axes, record: Record) -> None:
    kinds = measure_kinds(record.trials)
    shown = [(kind, found["hit"], _GOOD) for kind, found in kinds.items() if found["hit"].n]
    shown += [(kind, found["unanswerable_refused"], _BAD) for kind, found in kinds.items() if not found["hit"].n]
    measures = [measured for _, measured, _ in shown]
    axes.barh(
        [f"{kind} ({measured.n})" for kind, measured, _ in shown],
        [measured.value or 0.0 for measured in measures],
        xerr=_whiskers(measures),
        color=[colour for _, _, colour in shown],
        error_kw={"elinewidth": 1, "capsize": 3},
    )
    axes.invert_yaxis()
    axes.set(xlim=(0, 1), xlabel="hit, for kinds with an answer (blue); refused, for kinds without (red)")
    _named(axes, record, "By kind of question")


def _whiskers(measures: Sequence[Measure]) -> list[list[float]]:
    """Return how far the interval reaches below and above each value."""
    known = [(m.value or 0.0, m.low or 0.0, m.high or 0.0) for m in measures]
    return [[max(value - low, 0) for value, low, _ in known], [max(high - value, 0) for value, _, high in known]]
