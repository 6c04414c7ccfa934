"""Bar charts as SVG, drawn by the server. Every one starts at zero, and a table beside it has the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 180  # units of the picture; the page scales it
_LEFT, _BOTTOM, _TOP = 44, 24, 14
_MOST_LABELS = 8
_GAP = 0.25  # of a column


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its label, its whole height, and the part of it that is drawn darker."""

    label: str
    whole: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is drawn: its place, and the heights of the whole and of the part, in units of the picture."""

    x: float
    width: float
    y: float
    height: float
    part_y: float
    part_height: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template needs to draw a chart. `ticks` are pairs of a height and what it stands for, zero first."""

    columns: tuple[Column, ...]
    ticks: tuple[tuple[float, str], ...]
    base: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT


def chart(bars: Sequence[Bar]) -> Chart:
    """Return the chart of some bars."""
    top = _round_up(max((bar.whole for bar in bars), default=0))
    base = float(HEIGHT - _BOTTOM)
    scale = (base - _TOP) / top
    step = (WIDTH - _LEFT) / max(len(bars), 1)
    every = -(-len(bars) // _MOST_LABELS) or 1
    columns = tuple(
        Column(
            x=round(_LEFT + step * (place + _GAP / 2), 1),
            width=round(step * (1 - _GAP), 1),
            y=round(base - bar.whole * scale, 1),
            height=round(bar.whole * scale, 1),
            part_y=round(base - bar.part * scale, 1),
            part_height=round(bar.part * scale, 1),
            label=bar.label if place % every == 0 else "",
            title=f"{bar.label}: {bar.whole}" + (f", {bar.part} answered" if bar.part else ""),
        )
        for place, bar in enumerate(bars)
    )
    ticks = tuple((round(base - value * scale, 1), f"{value:,}") for value in dict.fromkeys((0, top // 2, top)))
    return Chart(columns, ticks, base)


def _round_up(value: int) -> int:
    """Return the next even number of one or two digits and zeros, at least 2: so that half of it is whole, too."""
    digits = max(len(str(value)) - 2, 0)
    unit = 2 * 10**digits if value > 2 else 2  # noqa: PLR2004
    return max(-(-value // unit) * unit, 2)
