"""Put the rows of PDF pages in the order in which people read them: margins out, tables whole, column by column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, groupby, pairwise

from corpus.reading.pdf_lines import Line, Row, Table, groups, lines_of, median_size, rows_of, text_of
from corpus.reading.pdf_tables import table_at
from corpus.reading.pdf_text import PageText

_MARGIN_ROWS = 3  # at the top and at the bottom of a page may be a header or a footer
_SAME_HEIGHT = 3.0  # points
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b.*|(?:https?|file)://\S+(?: \d+/\d+)?", re.I)
_NUMBER = re.compile(r"(?:page|p\.|seite)?\W*(?:\d{1,4}|[ivxl]{1,6})(?:\W*(?:/|of|von)\W*\d{1,4})?\W*", re.I)
_FAR = 2.0  # sizes: how far a lone page number stands from the text
_GUTTER_ROWS = 3  # the fewest rows that show a gutter
_MIDDLE = (0.2, 0.8)  # of the width: where the gutter of two or three columns may be
_INSIDE = 0.1  # of the size: what may reach into a gutter
_LARGER = 1.08  # than the text: what a heading is at least
_OVERLAP = 0.7  # of the size: rows that are nearer than this stand side by side
_MOST_SPLITS = 3  # of a page into columns of columns


def without_margins(pages: Sequence[PageText]) -> tuple[list[list[Row]], list[str]]:
    """Return the rows of every page without what stands at its top or bottom on other pages too; and that."""
    rows = [rows_of(page.pieces) for page in pages]
    seen = Counter(key for page in rows for key in {_key(row) for row in _margin(page)})
    kept: list[list[Row]] = []
    dropped: dict[str, None] = {}
    for page in rows:
        out = {id(row) for row in _margin(page) if seen[_key(row)] > 1}
        out |= {id(row) for row in _numbers([row for row in page if id(row) not in out])}
        dropped |= dict.fromkeys(text_of(row) for row in page if id(row) in out)
        kept.append([row for row in page if id(row) not in out])
    return (kept, list(dropped)) if any(kept) else (rows, [])  # where all pages are alike, they have no margins


def _margin(page: list[Row]) -> list[Row]:
    return [*page[:_MARGIN_ROWS], *page[max(_MARGIN_ROWS, len(page) - _MARGIN_ROWS) :]]


def _key(row: Row) -> tuple[str, int]:
    """Return what a header has in common on all pages: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", text_of(row)), round(row[0].base / _SAME_HEIGHT)


def _numbers(page: list[Row]) -> Iterator[Row]:
    """Yield a page number that stands apart from the text, or what a browser prints, at the top or at the bottom."""
    for row, other in ((page[:1], page[1:2]), (page[-1:], page[-2:-1])):
        far = not row or not other or abs(row[0][0].base - other[0][0].base) > _FAR * other[0][0].size
        text = text_of(row[0]) if row else ""
        if _PRINTED.fullmatch(text) or (far and _NUMBER.fullmatch(text)):  # a browser prints the former
            yield row[0]


def in_order(pages: Sequence[list[Row]], rules: Sequence[Sequence[float]]) -> Iterator[Line | Table]:
    """Yield the lines and tables of all pages in reading order."""
    numbers = count()
    table: Table | None = None  # that nothing has followed yet
    for rows, drawn in zip(pages, rules, strict=True):
        plain: list[Row] = []
        at = 0
        while at < len(rows):
            found = table_at(rows, at, drawn, None if plain else table)
            if found is None:
                plain.append(rows[at])
                at += 1
                continue
            yield from _columns(plain, numbers, is_last=False)
            plain = []
            table, at = found
            yield table
        yield from _columns(plain, numbers)
        table = None if plain else table


def _columns(rows: Sequence[Row], numbers: count[int], splits: int = 0, *, is_last: bool = True) -> Iterator[Line]:
    """Yield the lines of a part of a page: all of one column if no gutter shows, else band by band."""
    if not rows:
        return
    gutter = _gutter(rows) if splits < _MOST_SPLITS else None
    if gutter is None:
        edge = max(row[-1].right for row in rows)
        yield from lines_of(rows, next(numbers), edge)
        return
    inside = _INSIDE * median_size(rows)
    low, high = gutter - inside, gutter + inside
    for across, run in groupby(rows, key=lambda row: any(piece.left < low and piece.right > high for piece in row)):
        band = list(run)
        if across:
            yield from _columns(band, numbers, _MOST_SPLITS)
            continue
        headings = 0 if is_last and band[-1] is rows[-1] else _headings_below(band, gutter)
        for side in _sides(band[: len(band) - headings], gutter):
            yield from _columns(side, numbers, splits + 1)
        yield from _columns(band[len(band) - headings :], numbers, _MOST_SPLITS)


def _headings_below(band: Sequence[Row], gutter: float) -> int:
    """Return how many rows at the end of a band of columns are headings of what stands below, across the page."""
    size = median_size(band)
    number = 0
    for row in reversed(band):
        stands_out = all(piece.bold or piece.size > _LARGER * size for piece in row)
        if not stands_out or row[-1].right > gutter:
            break
        number += 1
    return number


def _sides(band: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    left = [tuple(piece for piece in row if piece.left < gutter) for row in band]
    right = [tuple(piece for piece in row if piece.left >= gutter) for row in band]
    return [row for row in left if row], [row for row in right if row]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where most rows have a wide gap, if no more rows than these have words there; None without one."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    within = (left + _MIDDLE[0] * (right - left), left + _MIDDLE[1] * (right - left))
    gaps = [
        (one[-1].right, other[0].left, at)
        for at in range(len(rows))
        for parts in [groups(_band(rows, at))]
        for one, other in pairwise(parts)
    ]
    places = [(start + end) / 2 for start, end, _ in gaps if within[0] < (start + end) / 2 < within[1]]
    best = max(places, key=lambda x: sum(start <= x <= end for start, end, _ in gaps), default=None)
    if best is None:
        return None
    apart = {at for start, end, at in gaps if start <= best <= end}
    across = [
        at for at in range(min(apart), max(apart) + 1) if any(piece.left < best < piece.right for piece in rows[at])
    ]
    return best if len(apart) >= _GUTTER_ROWS and len(across) < len(apart) else None


def _band(rows: Sequence[Row], at: int) -> Row:
    """Return a row together with the next one where that overlaps it, as columns need not share their baselines."""
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else ()
    if below and row[0].base - below[0].base < _OVERLAP * row[0].size:
        row = tuple(sorted((*row, *below), key=lambda piece: piece.left))
    return row
