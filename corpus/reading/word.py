"""Read Word files into blocks: headings by style or as bold lines, paragraphs, lists, tables.

Insertions that wait for approval are part of the text, deletions are not. Page headers and footers, notes, comments,
hidden and struck-out text, text boxes and the table of contents are left out and reported.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import docx
from docx.document import Document
from docx.opc.parts.coreprops import CorePropertiesPart
from lxml import etree

from corpus.reading.archive import checked_archive
from corpus.reading.blocks import Block, BlockKind, FrontMatter, LeftOut, Page, bold_line, one_line, run_in, table_cells
from corpus.reading.lists import bullet, labelled_lists
from corpus.reading.titles import roles_in_title
from corpus.reading.word_styles import Node, Styles, tag, word
from corpus.reading.word_text import Line, lines_of

_TITLE = 1
_BOLD_LINE = -1  # the level of a heading that only its weight shows, until those of the others are known
_MOST_COLUMNS = 63  # that Word makes
_TEMPLATE_DATE = dt.date(2013, 12, 23)  # of the file that python-docx starts new documents from
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_FIRST_YEAR = 1990  # older dates are those of a computer without a clock
_PARTS = (
    (re.compile(r"/(?:header|footer)\d*\.xml$"), "page-header"),
    (re.compile(r"/(?:footnotes|endnotes)\.xml$"), "note"),
    (re.compile(r"/comments\.xml$"), "comment"),
)


def read_word(content: bytes) -> Page:
    """Return the blocks of a Word file; raise CorpusError when it is damaged or unsafe."""
    checked_archive(content)
    document = docx.Document(io.BytesIO(content))
    reader = _Reader(Styles(document.styles.element))
    blocks = _levelled([block for block in reader.blocks(document.element.body) if block.text])
    left_out = (LeftOut(code, text) for code, text in reader.left_out.items())
    return Page(labelled_lists(blocks), _front_matter(document, blocks), (*_other_parts(document), *left_out))


class _Reader:
    """Walks the body of a document. `left_out` collects what is no part of the text, by its code."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._carried: list[Line] = []  # the text of a paragraph whose end is marked as deleted
        self.left_out: dict[str, str] = {}

    def blocks(self, parent: Node) -> Iterator[Block]:
        for child in parent:
            kind = tag(child)
            if kind == "p":
                yield from self._paragraph(child)
            elif kind == "tbl":
                yield from self._table(child)
            elif kind == "sdt":
                yield from self._content_control(child)
            elif kind in ("ins", "moveTo", "smartTag", "customXml", "sdtContent"):
                yield from self.blocks(child)

    def _content_control(self, control: Node) -> Iterator[Block]:
        gallery = next((child.get(word("val")) for child in control.iter(word("docPartGallery"))), "")
        if gallery == "Table of Contents":
            self._leave_out("contents", " ".join(text.text or "" for text in control.iter(word("t"))))
            return
        for child in control:
            if tag(child) == "sdtContent":
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Node) -> Iterator[Block]:
        style = self._styles.of_paragraph(paragraph)
        lines, left_out = lines_of(paragraph, self._styles, bold=style.bold)
        for code, text in left_out:
            self._leave_out(code, text)
        if self._carried:
            first, *rest = lines or [Line("", bold=False)]
            lines = [*self._carried[:-1], self._carried[-1].followed_by(first), *rest]
            self._carried = []
        if style.end_is_deleted:
            self._carried = lines
            return
        if style.is_contents:
            self._leave_out("contents", " ".join(line.text for line in lines))
        elif style.level:
            yield Block(BlockKind.HEADING, _joined(lines), level=style.level)
        elif style.item:
            yield Block(BlockKind.ITEM, _joined(lines), level=style.item)
        else:
            yield from _plain_blocks(lines)

    def _table(self, table: Node) -> Iterator[Block]:
        cells = [[*_cells_of(row)] for row in table.iterchildren(word("tr"))]
        if len(cells) == 1 or max(map(len, cells), default=0) == 1:  # drawn for the sake of a frame or of columns
            for cell in (cell for row in cells for cell in row):
                yield from self.blocks(cell)
            return
        rows = [row for row in self._rows(table) if any(row)] or [[""]]
        for row in rows:
            self._leave_out("ragged-row", " ".join(row[len(rows[0]) :]))
        yield from table_cells(rows)

    def _rows(self, table: Node) -> Iterator[list[str]]:
        for row in table.iterchildren(word("tr")):
            if row.find(f"{word('trPr')}/{word('del')}") is not None:
                self._leave_out("deleted-text", " ".join(text.text or "" for text in row.iter(word("t"))))
                continue
            cells: list[str] = []
            for cell in _cells_of(row):
                span = cell.find(f"{word('tcPr')}/{word('gridSpan')}")
                wide = int(span.get(word("val"), "1")) if span is not None else 1
                text = " ".join(block.text for block in self.blocks(cell) if block.text)
                cells += [text, *[""] * (min(wide, _MOST_COLUMNS) - 1)]
            yield cells

    def _leave_out(self, code: str, text: str) -> None:
        words = " ".join(text.split())
        if words:
            self.left_out[code] = f"{self.left_out.get(code, '')} {words}".strip()


def _cells_of(row: Node) -> Iterator[Node]:
    """Yield the cells of a row; a content control may hold one or several."""
    for child in row:
        if tag(child) == "tc":
            yield child
        elif tag(child) in ("sdt", "sdtContent"):
            yield from _cells_of(child)


def _joined(lines: Iterable[Line]) -> str:
    return one_line(" ".join(line.text for line in lines))


def _plain_blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Read a paragraph without a style: a bold line that opens it or is all of it may be a heading."""
    bold = list(takewhile(lambda line: line.bold, lines))
    name = _joined(bold)
    heading = bold_line(name, name, _BOLD_LINE) if not bullet(name) else None
    if heading:
        yield heading
        lines = lines[len(bold) :]
    text = _joined(lines)
    start = bullet(text)
    labelled = run_in(text, one_line(lines[0].opening)) if lines and not start else None
    yield labelled or Block(BlockKind.ITEM if start else BlockKind.PARAGRAPH, text[start:])


def _levelled(blocks: Sequence[Block]) -> list[Block]:
    """Put bold lines below the headings that have a style; of several headings of the top level none is the title."""
    styled = [block.level for block in blocks if block.kind is BlockKind.HEADING and block.level != _BOLD_LINE]
    down = 1 if styled.count(_TITLE) > 1 else 0
    bold = max((level + down for level in styled), default=_TITLE) + 1
    return [
        replace(block, level=bold if block.level == _BOLD_LINE else block.level + down)
        if block.kind is BlockKind.HEADING
        else block
        for block in blocks
    ]


def _front_matter(document: Document, blocks: Sequence[Block]) -> FrontMatter:
    """Take the title of the properties only where no heading compares two roles: it often is that of a template."""
    parts = document.part.package.iter_parts()  # those of LibreOffice are not found under their usual name
    properties = next((part.core_properties for part in parts if isinstance(part, CorePropertiesPart)), None)
    title = " ".join(((properties and properties.title) or "").split())
    compared = any(roles_in_title(block.text) for block in blocks if block.kind is BlockKind.HEADING)
    changed = properties and (properties.modified or properties.created)
    date = changed.date() if changed else None
    if date == _TEMPLATE_DATE or (date and date.year < _FIRST_YEAR):
        date = None
    return FrontMatter(title=title if roles_in_title(title) and not compared else "", saved=date)


def _other_parts(document: Document) -> Iterator[LeftOut]:
    """Yield the text of the parts that are not the body."""
    found: dict[str, str] = {}
    for part in document.part.package.iter_parts():
        code = next((code for pattern, code in _PARTS if pattern.search(str(part.partname))), None)
        if code:
            root = etree.fromstring(part.blob, _PARSER)
            text = " ".join("".join(piece.text or "" for piece in root.iter(word("t"))).split())
            found[code] = f"{found.get(code, '')} {text}".strip()
    yield from (LeftOut(code, text) for code, text in found.items() if any(map(str.isalpha, text)))
