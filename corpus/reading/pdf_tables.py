"""Find tables among the rows of a PDF page: three columns or more that no row crosses.

A table of two columns cannot be told from text in two columns and is read as such; so is what stands in cells that span
several columns. A table that is a picture is not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.reading.hyphens import joined_lines
from corpus.reading.pdf_lines import Row, Table, gaps_between, groups, text_of

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2  # that fill all columns: the header and one more
_APART = 0.3  # of the size: what stands nearer is one column
_MARGIN = 1.6  # a gap this many times the smallest one ends a table
_ROOM = 1.15  # and this many times parts its rows
_PROSE_ROWS = 8  # in three columns and more, all full, are columns of text
_PROSE_FULL = 0.85
_RULE_NEAR = 2.5  # sizes from a baseline to the border of its cell
_STOPS = (".", "!", "?", "…", ":", ";", ")", "”")


Columns = Sequence[tuple[float, float]]  # where each begins and ends


def table_at(
    rows: Sequence[Row], start: int, rules: Sequence[float], above: Table | None = None
) -> tuple[Table, int] | None:
    """Return the table that begins at a row, and where it ends; None when none begins there.

    `above` is the table that ended the page before, if nothing stood after it: it may go on here, with one row alone.
    """
    known = list(above.columns) if above else []
    if len(groups(rows[start])) < _FEWEST_COLUMNS - 1 and not known:
        return None
    columns, end = _extent(rows, start, known, rules)
    body = rows[start:end]
    full = [row for row in body if len(groups(row)) >= _FEWEST_COLUMNS]
    if known and len(columns) == len(known) and _enclosed(rows, start, end, rules):
        return Table(tuple(_cells(body, columns, rules, ruled=True)), tuple(columns)), end
    if len(columns) < _FEWEST_COLUMNS or len(full) < _FEWEST_ROWS or _is_prose(body, columns):
        return table_at(rows, start, rules) if known else None
    return Table(tuple(_cells(body, columns, rules, ruled=False)), tuple(columns)), end


def _extent(rows: Sequence[Row], start: int, known: Columns, rules: Sequence[float]) -> tuple[Columns, int]:
    """Return the columns that rows make from one on, and where the first row stands that does not fit in."""
    columns, end = known, start
    while end < len(rows) and (end == start or not _ends(rows[start : end + 1], columns, rules)):
        merged = _merged(columns, rows[end])
        if len(merged) < len(columns):
            break
        columns = merged
        end += 1
    return columns, end


def _enclosed(rows: Sequence[Row], start: int, end: int, rules: Sequence[float]) -> bool:
    """Say whether rules are drawn right above and right below some rows."""
    if start == end:
        return False
    top = rows[start][0]
    return any(top.base < rule < top.base + _RULE_NEAR * top.size for rule in rules) and _rule_below(
        rules, rows[end - 1]
    )


def _rule_below(rules: Sequence[float], row: Row) -> bool:
    return any(row[0].base - _RULE_NEAR * row[0].size < rule < row[0].base for rule in rules)


def _rule_between(rules: Sequence[float], above: Row, below: Row) -> bool:
    return any(below[0].base < rule < above[0].base for rule in rules)


def _merged(columns: Columns, row: Row) -> list[tuple[float, float]]:
    """Return the columns with a row laid over them: what overlaps becomes one."""
    spans = sorted([*columns, *((group[0].left, group[-1].right) for group in groups(row))])
    merged = [spans[0]]
    for left, right in spans[1:]:
        if left < merged[-1][1] + _APART * row[0].size:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _ends(rows: Sequence[Row], columns: Columns, rules: Sequence[float]) -> bool:
    """Say whether the last of these rows stands too far below the others, or alone below the last rule."""
    gaps = gaps_between(rows)
    alone = len(groups(rows[-1])) == 1 and _in_column(columns, rows[-1][0].left) == 0
    far = gaps[-1] > (_ROOM if alone else _MARGIN) * max(min(gaps), rows[-1][0].size)
    return far and not (_rule_between(rules, rows[-2], rows[-1]) and _rule_below(rules, rows[-1]))


def _is_prose(rows: Sequence[Row], columns: Columns) -> bool:
    if len(rows) < _PROSE_ROWS:
        return False
    full = [
        group[-1].right - group[0].left >= _PROSE_FULL * (columns[at][1] - columns[at][0])
        for row in rows
        for group in groups(row)
        for at in [_in_column(columns, group[0].left)]
    ]
    return sum(full) >= _PROSE_FULL * len(rows) * len(columns)


def _in_column(columns: Columns, left: float) -> int:
    return max((at for at, column in enumerate(columns) if column[0] <= left + 1), default=0)


def _cells(rows: Sequence[Row], columns: Columns, rules: Sequence[float], *, ruled: bool) -> Iterator[tuple[str, ...]]:
    """Put the wrapped lines of each cell together."""
    lines: list[list[str]] = []
    for row in rows:
        line = [""] * len(columns)
        for group in groups(row):
            at = _in_column(columns, group[0].left)
            line[at] = f"{line[at]} {text_of(group)}".strip()
        lines.append(line)
    begins = _row_starts(rows, lines, rules, ruled=ruled)
    cells: list[str] = []
    for begin, line in zip(begins, lines, strict=True):
        if begin and cells:
            yield tuple(cells)
        cells = line if begin else [joined_lines(cell, more) for cell, more in zip(cells, line, strict=True)]
    yield tuple(cells)


def _row_starts(
    rows: Sequence[Row], lines: Sequence[Sequence[str]], rules: Sequence[float], *, ruled: bool
) -> list[bool]:
    """Say for each line whether it opens a row: below a rule, below a wider gap, or with a cell in the first column."""
    within = [_rule_between(rules, above, below) for above, below in pairwise(rows)]
    gaps = gaps_between(rows)
    starts = [True]
    for at, (below_rule, gap) in enumerate(zip(within, gaps, strict=True), start=1):
        if ruled or sum(within) > 1:  # one alone stands below the header
            starts.append(below_rule)
        else:
            starts.append(below_rule or gap > _ROOM * min(gaps) or _opens(lines[at - 1], lines[at]))
    return starts


def _opens(before: Sequence[str], line: Sequence[str]) -> bool:
    """Say whether a line with a cell in the first column is a new row, not the second line of a long topic."""
    others = [(above, cell) for above, cell in zip(before[1:], line[1:], strict=True) if cell]
    goes_on = all(cell[0].islower() or not (above.endswith(_STOPS) or not above) for above, cell in others)
    return bool(line[0]) and bool(others) and not (goes_on and any(cell[0].islower() for _, cell in others))
