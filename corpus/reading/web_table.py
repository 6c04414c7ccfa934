"""Tables of a web page: which ones hold data, and their cells with the headers of row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.reading.blocks import Block, BlockKind
from corpus.reading.web_tree import Node, walk

_FEWEST = 2  # rows and columns of a table; a single one lays out the page
_WIDEST_SPAN = 50  # columns or rows that one cell may cover; a wrong number must not fill the memory
_MOST_CELLS = 20_000  # of a table, spans counted out
_CELLS = ("td", "th")

Lines = Callable[[Node], list[str]]


def rows_of(table: Node) -> list[list[Node]]:
    """Return the cells of a table row by row, a cell that covers several repeated in each of them."""
    rows: list[list[Node]] = []
    running: dict[int, tuple[Node, int]] = {}  # column: the cell that reaches down into it, rows left
    count = 0
    for row in _rows(table):
        cells: list[Node] = []
        for cell in _cells(row):
            _reach_down(cells, running)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(across):
                if down > 1:
                    running[len(cells)] = (cell, down - 1)
                cells.append(cell)
        _reach_down(cells, running)
        count += len(cells)
        if count > _MOST_CELLS:
            return []
        rows.append(cells)
    return [row for row in rows if row]


def holds_data(table: Node, rows: list[list[Node]]) -> bool:
    """Say whether a table compares things; the others lay out a page or a picture."""
    if (
        table.attributes.get("role") in ("presentation", "none")
        or table.css_first("table table, td h1, td h2") is not None
    ):
        return False
    return len(rows) >= _FEWEST and min(len(rows[0]), max(map(len, rows))) >= _FEWEST


def cells_of(rows: list[list[Node]], lines: Lines) -> Iterator[Block]:
    """Yield a block for each line of each cell under the first row, with the headers of its row and column.

    `lines` returns the paragraphs and list items inside a cell. A cell that covers several columns stands there once,
    under all their headers; one that covers several rows stands in the first of them.
    """
    header = [" ".join(lines(cell)) for cell in rows[0]]
    written: set[int] = {cell.mem_id for cell in rows[0]}
    topic = ""
    for row in rows[1:]:
        first = " ".join(lines(row[0]))
        topic = first or topic  # which may stand once for several rows
        columns: dict[int, list[str]] = {}
        for cell, column in zip(row, header, strict=False):
            columns.setdefault(cell.mem_id, []).append(column)
        for at, (cell, named) in enumerate((cell, columns.pop(cell.mem_id, None)) for cell in row):
            if named is None or cell.mem_id in written:
                continue
            written.add(cell.mem_id)
            column = ", ".join(dict.fromkeys(named))
            for line in [first] if at == 0 else lines(cell):
                if line:
                    yield Block(BlockKind.CELL, line, row=topic, column=column)


def _rows(table: Node) -> Iterator[Node]:
    for node, entering in walk(table):
        if entering and node.tag == "tr" and _table_of(node) == table.mem_id:
            yield node


def _table_of(node: Node) -> int | None:
    parent = node.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent.mem_id if parent is not None else None


def _cells(row: Node) -> Iterator[Node]:
    child = row.child
    while child is not None:
        if child.tag in _CELLS:
            yield child
        child = child.next


def _reach_down(cells: list[Node], running: dict[int, tuple[Node, int]]) -> None:
    while len(cells) in running:
        cell, left = running.pop(len(cells))
        if left > 1:
            running[len(cells)] = (cell, left - 1)
        cells.append(cell)


def _span(cell: Node, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1  # noqa: PLR2004
