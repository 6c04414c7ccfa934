"""Lines in reading order to blocks: paragraphs joined over lines, columns and pages; headings, list items, tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.reading.blocks import Block, BlockKind, LeftOut, run_in, table_cells
from corpus.reading.hyphens import joined_lines, mender
from corpus.reading.lists import bullet, labelled_lists
from corpus.reading.pdf_lines import Line, Table

_LARGER = 1.08  # than the body: what a heading is at least
_SMALLER = 0.92  # than the body: what a note at the foot of a page is at most
_LONGEST_HEADING = 20  # words
_LONGEST_BOLD_HEADING = 16  # words of a line in the size of the body
_ENDS_A_SENTENCE = (".", "!", "?", "…", ":", ";", '."', ".”", "?”", "!”", ".’", ".)")
_ENDS_NO_HEADING = (".", ",", ";", "…")
_MAY_BE_WORDS = "-–—("
_LOOSE = 1.3  # a gap this many times that of most lines parts paragraphs
_LOOSE_HEADING = 1.7  # sizes between the lines of one heading
_LOOSE_ALONE = 1.6  # sizes, where no gap is usual
_INDENT = 0.8  # of the size: what opens a paragraph
_SPACE = 0.3  # of the size
_TITLE = 1


Style = tuple[float, bool, bool]
Paragraph = list[Line]


def blocks_of(parts: Iterable[Line | Table]) -> tuple[tuple[Block, ...], list[LeftOut]]:
    """Return the blocks that lines and tables make, and the notes at the foot of pages."""
    items = list(parts)
    body = _body_style([item for item in items if isinstance(item, Line)])
    items, notes = _without_notes(items, body)
    joined = _joined_tables(list(_paragraphs(items, body)))
    levels = _levels([part for part in joined if not isinstance(part, Table)], body)
    blocks: list[Block] = []
    for is_list, run in groupby(joined, key=_is_item):
        for depth, part in _nested(list(run)) if is_list else ((0, part) for part in run):
            blocks += table_cells(part.rows) if isinstance(part, Table) else [_block(part, body, levels, depth)]
    mend = mender("\n".join(block.text for block in blocks))
    mended = (replace(b, text=mend(b.text), row=mend(b.row), column=mend(b.column)) for b in blocks)
    return labelled_lists([block for block in mended if block.text]), notes


def _body_style(lines: Sequence[Line]) -> Style:
    """Return the style of most letters."""
    letters: Counter[Style] = Counter()
    for line in lines:
        letters[line.style] += len(line.text)
    return letters.most_common(1)[0][0] if letters else (0.0, False, False)


def _without_notes(items: Sequence[Line | Table], body: Style) -> tuple[list[Line | Table], list[LeftOut]]:
    """Leave out small text that ends a column and begins with the mark of a note."""
    kept: list[Line | Table] = []
    notes: list[LeftOut] = []
    for _, run in groupby(items, key=lambda item: item.column if isinstance(item, Line) else None):
        column = list(run)
        small = len(column)
        while small and _is_small(column[small - 1], body):
            small -= 1
        first = column[small] if small < len(column) else None
        if isinstance(first, Line) and not first.text[:1].isalpha():
            notes.append(LeftOut("note", " ".join(line.text for line in column[small:] if isinstance(line, Line))))
            column = column[:small]
        kept += column
    return kept, notes


def _is_small(item: Line | Table, body: Style) -> bool:
    return isinstance(item, Line) and item.size <= _SMALLER * body[0]


def _paragraphs(items: Sequence[Line | Table], body: Style) -> Iterator[Paragraph | Table]:
    usual = _usual_gaps([item for item in items if isinstance(item, Line)])
    paragraph: Paragraph = []
    for item in items:
        if isinstance(item, Line) and paragraph and _goes_on(paragraph, item, usual.get(item.style, 0.0), body):
            paragraph.append(item)
            continue
        if paragraph:
            yield paragraph
        paragraph = []
        if isinstance(item, Table):
            yield item
        else:
            paragraph = [item]
    if paragraph:
        yield paragraph


def _usual_gaps(lines: Sequence[Line]) -> dict[Style, float]:
    """Return for each style how far most of its lines stand apart, in points."""
    gaps: dict[Style, Counter[float]] = {}
    for one, other in pairwise(lines):
        if one.column == other.column and one.style == other.style:
            gaps.setdefault(one.style, Counter())[round(one.base - other.base, 1)] += 1
    return {style: found.most_common(1)[0][0] for style, found in gaps.items()}


def _goes_on(paragraph: Paragraph, line: Line, usual: float, body: Style) -> bool:
    """Say whether a line belongs to the paragraph before it."""
    before, first = paragraph[-1], paragraph[0]
    if _opens_item(paragraph, line) or _looks_like_heading(before, body) != _looks_like_heading(line, body):
        return False
    if _looks_like_heading(line, body):
        near = before.column == line.column and before.base - line.base < _LOOSE_HEADING * line.size
        return near and before.style == line.style
    ended = before.text.endswith(_ENDS_A_SENTENCE)
    if before.column != line.column:
        return not ended or line.text[:1].islower()
    if before.base - line.base > max(_LOOSE * usual, _LOOSE_ALONE * line.size if not usual else 0):
        return False
    return not _is_indented(first, before, line) and not (ended and _had_room(before, line))


def _opens_item(paragraph: Paragraph, line: Line) -> bool:
    """Say whether a line opens with the mark of a list item; a dash or a number may also stand within a sentence."""
    before, first = paragraph[-1], paragraph[0]
    if not bullet(line.text):
        return False
    within = before.column == line.column and not before.text.endswith(_ENDS_A_SENTENCE)
    aligned = abs(line.left - before.left) < _INDENT * line.size
    return not (line.text[0] in _MAY_BE_WORDS or line.text[0].isalnum()) or not (
        within and aligned and not bullet(first.text)
    )


def _is_indented(first: Line, before: Line, line: Line) -> bool:
    """Say whether a line is set in, or out again after the item of a list."""
    indent = _INDENT * line.size
    if bullet(first.text):
        return line.left < first.left - indent or (before is first and line.left < first.left + _SPACE * line.size)
    return line.left > before.left + indent or (before is not first and line.left < before.left - indent)


def _had_room(before: Line, line: Line) -> bool:
    """Say whether the first word of a line would have fitted on the one before it."""
    word = line.text.split()[0]
    width = (line.right - line.left) * len(word) / len(line.text)
    return before.right + _SPACE * line.size + width < before.edge - _SPACE * line.size


def _looks_like_heading(line: Line, body: Style) -> bool:
    larger = line.style[0] > _LARGER * body[0]
    stands_out = line.bold and not body[1] and not bullet(line.text)
    return larger or stands_out


def _is_heading(paragraph: Paragraph, body: Style) -> bool:
    words = len(_together(paragraph).split())
    larger = paragraph[0].style[0] > _LARGER * body[0]
    longest = _LONGEST_HEADING if larger else _LONGEST_BOLD_HEADING
    ends = not larger and paragraph[-1].text.endswith(_ENDS_NO_HEADING)
    return _looks_like_heading(paragraph[0], body) and words <= longest and not ends


def _levels(paragraphs: Sequence[Paragraph], body: Style) -> dict[Style, int]:
    """Return the level of each style of headings: larger is higher, and of one size what comes first."""
    styles = Counter(part[0].style for part in paragraphs if _is_heading(part, body))
    ordered = sorted(styles, key=lambda style: -style[0])  # sorting keeps the order of first sight
    top = _TITLE if ordered and styles[ordered[0]] == 1 else _TITLE + 1  # a title stands once
    return {style: top + at for at, style in enumerate(ordered)}


def _is_item(part: Paragraph | Table) -> bool:
    return not isinstance(part, Table) and bullet(part[0].text) > 0


def _nested(items: Sequence[Paragraph | Table]) -> Iterator[tuple[int, Paragraph | Table]]:
    """Yield the items of a list with how deep each is nested, by how far it is set in."""
    open_at: list[float] = []  # where the items stand that this one is nested in
    for item in items:
        if not isinstance(item, Table):
            left, indent = item[0].left, _INDENT * item[0].size
            while open_at and open_at[-1] > left - indent:
                open_at.pop()
            open_at.append(left)
        yield len(open_at), item


def _block(paragraph: Paragraph, body: Style, levels: dict[Style, int], depth: int) -> Block:
    text = _together(paragraph)
    if _is_heading(paragraph, body):
        return Block(BlockKind.HEADING, text, level=levels[paragraph[0].style])
    start = bullet(text)
    labelled = run_in(text, paragraph[0].opening) if not start else None
    return labelled or Block(BlockKind.ITEM if start else BlockKind.PARAGRAPH, text[start:], level=depth)


def _together(paragraph: Paragraph) -> str:
    text = ""
    for line in paragraph:
        text = joined_lines(text, line.text)
    return text


def _joined_tables(parts: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Join a table that goes on on the next page; its header may stand there again."""
    joined: list[Paragraph | Table] = []
    for part in parts:
        before = joined[-1] if joined else None
        if isinstance(part, Table) and isinstance(before, Table) and len(part.rows[0]) == len(before.rows[0]):
            again = part.rows[0] == before.rows[0]
            joined[-1] = Table((*before.rows, *part.rows[again:]))
        else:
            joined.append(part)
    return joined
