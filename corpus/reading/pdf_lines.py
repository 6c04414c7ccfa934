"""Rows, lines and tables: the words of a PDF page put together by where they stand."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from corpus.reading.lists import bullet
from corpus.reading.pdf_text import Piece

_SAME_ROW = 0.4  # of the size: what baselines of one row may differ by
_WORD_GAP = 0.2  # of the size: a narrower gap stands between letters
_SPACE = 0.08  # of the size: the narrowest space that is written as one
_WIDE_GAP = 0.8  # of the size: wider than the spaces of most justified lines
_CELL_GAP = 0.4  # of the size: what stands between the cells of a narrow table
_RAISED = 0.15  # of the size: the height from which a mark is above the line
_MARK_SIZE = 0.85  # of the size of the words before it: what a raised mark has at most


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column. `column` counts the columns of the file; `edge` is the right edge of that column."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    column: int = 0
    edge: float = 0.0
    opening: str = ""  # what is bold at its start

    @property
    def style(self) -> tuple[float, bool, bool]:
        """Return what headings are told apart by: size to half a point, weight and slant."""
        return round(self.size * 2) / 2, self.bold, self.italic


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table row by row, the first row being its header, and where its columns stand."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[float, float], ...] = ()


Row = tuple[Piece, ...]  # pieces on one baseline, from left to right


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Return pieces by their baselines, from the top of the page down."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        if rows and _stands_in(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [tuple(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _stands_in(row: Sequence[Piece], piece: Piece) -> bool:
    size = max(piece.size, row[0].size)
    return abs(row[0].base - piece.base) <= _SAME_ROW * size


def groups(row: Sequence[Piece]) -> list[Row]:
    """Return the parts of a row that wide gaps stand between; the mark of a list item belongs to its text."""
    found: list[list[Piece]] = []
    for piece in row:
        marked = found and bullet("".join(part.text for part in found[-1]) + " x")
        if found and (marked or not _stand_apart(found[-1][-1], piece)):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [tuple(group) for group in found]


def _stand_apart(before: Piece, piece: Piece) -> bool:
    """Say whether a gap parts columns. What was not written one after the other needs a narrower one."""
    in_a_row = piece.number == before.number + 1
    return piece.left - before.right >= (_WIDE_GAP if in_a_row else _CELL_GAP) * piece.size


def text_of(row: Sequence[Piece]) -> str:
    """Return the words of a row. Raised figures and signs after a word point to notes and are left out."""
    text, before, end = "", None, 0.0
    for piece in row:
        if before is None or not _is_mark(before, piece):
            needed = _SPACE if piece.after_space else _WORD_GAP
            apart = before is not None and piece.left - end > needed * piece.size
            text += (" " if apart else "") + piece.text
            before = piece
        end = piece.right
    return text


def _is_mark(before: Piece, piece: Piece) -> bool:
    raised = piece.base - before.base > _RAISED * before.size and piece.size <= _MARK_SIZE * before.size
    return raised and not any(character.isalpha() for character in piece.text)


def lines_of(rows: Iterable[Row], column: int, edge: float) -> Iterator[Line]:
    """Yield each row as a line of a column."""
    for row in rows:
        letters = sum(len(piece.text) for piece in row)
        main = max(row, key=lambda piece: len(piece.text))
        yield Line(
            text_of(row),
            row[0].left,
            row[-1].right,
            main.base,
            main.size,
            bold=all(piece.bold or bullet(piece.text + " x") for piece in row),
            italic=sum(len(piece.text) for piece in row if piece.italic) * 2 > letters,
            column=column,
            edge=edge,
            opening=text_of(tuple(takewhile(lambda piece: piece.bold, row))),
        )


def gaps_between(rows: Sequence[Row]) -> list[float]:
    """Return how far each row stands below the one before it."""
    return [above[0].base - below[0].base for above, below in pairwise(rows)]


def median_size(rows: Iterable[Row]) -> float:
    """Return the size that half of the pieces do not exceed; 10 points where there are none."""
    sizes = [piece.size for row in rows for piece in row]
    return statistics.median(sizes) if sizes else 10.0
