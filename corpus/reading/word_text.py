"""The words of one paragraph of a Word file, line by line, without what is deleted, hidden or drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from corpus.reading.word_styles import Node, Styles, tag, word

_BREAK = "\n"
_CHARACTERS = {"br": _BREAK, "cr": _BREAK, "tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": ""}
_DRAWN = frozenset({"drawing", "pict", "object", "AlternateContent"})
_NO_TEXT = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "instrText", "delInstrText", "rt", "fldData"})
_DELETED = frozenset({"del", "moveFrom"})


@dataclass(frozen=True, slots=True)
class Line:
    """What stands between two line breaks of a paragraph, whether all of it is bold, and what is bold at its start."""

    text: str
    bold: bool
    opening: str = ""

    def followed_by(self, other: Line) -> Line:
        """Return this line with another one after it."""
        return Line(self.text + other.text, self.bold and other.bold, self.opening)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    bold: bool
    left_out: str = ""  # the code of a finding, for what is no part of the text


def lines_of(paragraph: Node, styles: Styles, *, bold: bool) -> tuple[list[Line], list[tuple[str, str]]]:
    """Return the lines of a paragraph whose style is bold or not, and what was left out of it by its code."""
    pieces = list(_pieces(paragraph, styles, bold=bold))
    kept = [piece for piece in pieces if not piece.left_out]
    lines: list[Line] = []
    for run in _between_breaks(kept):
        text = "".join(piece.text for piece in run)
        if text.strip():
            opening = "".join(piece.text for piece in takewhile(lambda piece: piece.bold, run))
            lines.append(Line(text, all(piece.bold for piece in run if piece.text.strip()), opening))
    return lines, [(piece.left_out, piece.text) for piece in pieces if piece.left_out]


def _between_breaks(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    line: list[_Piece] = []
    for piece in pieces:
        if piece.text == _BREAK:
            yield line
            line = []
        else:
            line.append(piece)
    yield line


def _pieces(parent: Node, styles: Styles, *, bold: bool) -> Iterator[_Piece]:
    for child in parent:
        kind = tag(child)
        if kind in _DELETED:
            yield _Piece(_all_text(child), bold=False, left_out="deleted-text")
        elif kind in _DRAWN:
            yield from _in_a_box(child)
        elif kind == "r":
            yield from _run(child, styles, bold=bold)
        elif kind and kind not in _NO_TEXT:
            yield from _pieces(child, styles, bold=bold)


def _run(run: Node, styles: Styles, *, bold: bool) -> Iterator[_Piece]:
    own = styles.of_run(run, "b")
    is_bold = bold if own is None else own
    code = next((code for switch, code in _UNSEEN if styles.of_run(run, switch)), "")
    for child in run:
        kind = tag(child)
        if kind == "t":
            yield _Piece((child.text or "").replace(_BREAK, " "), is_bold, code)
        elif kind in _CHARACTERS:
            yield _Piece(_CHARACTERS[kind], is_bold, code)
        elif kind in _DRAWN:
            yield from _in_a_box(child)
        elif kind == "ruby":
            yield from _pieces(child, styles, bold=is_bold)


_UNSEEN = (("vanish", "hidden-text"), ("strike", "deleted-text"), ("dstrike", "deleted-text"))


def _in_a_box(drawing: Node) -> Iterator[_Piece]:
    """Leave out the text of a drawing, which may hold it twice: for newer and for older programs."""
    choice = next((child for child in drawing if tag(child) == "Choice"), drawing)
    text = _all_text(choice)
    if text.strip():
        yield _Piece(text, bold=False, left_out="text-box")


def _all_text(node: Node) -> str:
    return "".join(text.text or "" for text in node.iter(word("t"), word("delText")))
