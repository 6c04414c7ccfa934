"""The words of one page of a PDF with the places where they stand: the door to PDFium.

PDFium reads a page of text in 5 ms, where pypdf needs 50 and pdfminer 200, and says where every character stands. It
may crash or fill the memory on a hostile file, which is why it only runs in a process of its own (`apart.py`).
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|demi|CMBX|[-,]B(?:d|$)", re.I)
_ITALIC = re.compile(r"italic|oblique", re.I)
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6  # of a font descriptor
_INVISIBLE = 3  # text render mode; text recognition lays such text over a scanned page
_LINE_END_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})  # what PDFium says for a hyphen at the end of a line
_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0})
_BREAK = -1  # instead of a character: a space or a line end
_FIRST_LETTER = 0x21  # what is lower is a control character
_WIDEST = 1.6  # of the size: what a character is at most wide
_UPRIGHT: tuple[Callable[[float, float], tuple[float, float]], ...] = (  # a place on the page, by its quarter turns
    lambda x, y: (x, y),
    lambda x, y: (y, -x),
    lambda x, y: (-x, -y),
    lambda x, y: (-y, x),
)
_QUARTER = math.pi / 2
_LONGEST_NAME = 200  # bytes of a font's name
_WIDE_GAP = 0.8  # of the size: wider than a space in a justified line, narrower than a gutter
_SAME_LINE = 0.15  # of the size: what a baseline may differ by
_RULE = 2.0  # points; a thicker line is a box
_LIGATURES = re.compile("[\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line in one style; `base` is the height of their baseline over the lower edge, in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    after_space: bool = False  # it is another word than the piece before it
    number: int = 0  # in the order of the file


@dataclass(frozen=True, slots=True)
class PageText:
    """The pieces of a page in the order of the file, the heights of its rules, and the text that stands across it."""

    pieces: tuple[Piece, ...]
    rules: tuple[float, ...] = ()
    across: str = ""
    has_picture: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    turn: int  # quarters by which the text is turned; -1 for an angle between
    visible: bool


class _Word(NamedTuple):
    """Characters without a space or a jump between them; `after` is what stood before: "", " " or a line end."""

    text: str
    left: float
    right: float
    base: float
    style: _Style
    after: str


def page_text(page: Any) -> PageText:
    """Return what stands on a page of PDFium. Text that cannot be seen counts only where nothing else does."""
    words = list(_Reader(page.get_textpage()).words())
    seen = [word for word in words if word.style.visible] or words
    turn = Counter(word.style.turn for word in seen).most_common(1)[0][0] if seen else 0
    upright = [word for word in seen if word.style.turn == turn]
    across = " ".join(word.text for word in seen if word.style.turn != turn)
    rules, has_picture = _drawn(page)
    return PageText(_numbered(_pieces(upright)), rules if turn == 0 else (), across, has_picture)


class _Reader:
    """Walks the characters of a page. Two calls for each character are what it costs; the others are for each word."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page  # kept, as closing it would take the characters away
        self._styles: dict[int | None, _Style] = {}

    def words(self) -> Iterator[_Word]:
        """Yield the words in the order of the file."""
        letters: list[tuple[int, str]] = []  # the place of each character of a word, and the character
        style, base, at = _Style(1.0, bold=False, italic=False, turn=0, visible=True), 0.0, 0.0
        after = ""
        for index, code, x, y in self._characters():
            reach = _WIDEST * style.size
            if letters and (code == _BREAK or not -reach < x - at < reach or abs(y - base) > _SAME_LINE * style.size):
                yield self._word(letters, style, after)
                letters, after = [], ""
            if code == _BREAK:
                after = " "
                continue
            if not letters:
                style, base = self._style_at(index), y
            letters.append((index, "-" if code in _LINE_END_HYPHENS else chr(code)))
            at = x
        if letters:
            yield self._word(letters, style, after)

    def _characters(self) -> Iterator[tuple[int, int, float, float]]:
        """Yield the place of each character on the page, what it is, and where it stands; spaces stand nowhere."""
        raw, x, y = self._page.raw, ctypes.c_double(), ctypes.c_double()
        for index in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if code in _SPACES:
                yield index, _BREAK, 0.0, 0.0
            elif code >= _FIRST_LETTER or code in _LINE_END_HYPHENS:
                pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
                yield index, code, x.value, y.value

    def _style_at(self, index: int) -> _Style:
        owner = pdfium.FPDFText_GetTextObject(self._page.raw, index)
        address = ctypes.cast(owner, ctypes.c_void_p).value
        if address not in self._styles:
            self._styles[address] = _style(owner)
        return self._styles[address]

    def _word(self, letters: list[tuple[int, str]], style: _Style, after: str) -> _Word:
        """Turn a word upright and measure it, from its first character to its last."""
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        pdfium.FPDFText_GetCharOrigin(self._page.raw, letters[0][0], x, y)
        pdfium.FPDFText_GetLooseCharBox(self._page.raw, letters[-1][0], box)
        left, base = _UPRIGHT[max(style.turn, 0)](x.value, y.value)
        ends = [_UPRIGHT[max(style.turn, 0)](*corner)[0] for corner in ((box.left, box.top), (box.right, box.bottom))]
        return _Word("".join(letter for _, letter in letters), left, max(ends), base, style, after)


def _style(owner: Any) -> _Style:
    if not owner:
        return _Style(1.0, bold=False, italic=False, turn=0, visible=True)
    matrix, size, name = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFPageObj_GetMatrix(owner, matrix)
    pdfium.FPDFTextObj_GetFontSize(owner, size)
    font = pdfium.FPDFTextObj_GetFont(owner)
    pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    flags, font_name = max(pdfium.FPDFFont_GetFlags(font), 0), name.value.decode("utf-8", "replace")
    angle = math.atan2(matrix.b, matrix.a) / _QUARTER
    return _Style(
        size=abs(size.value) * math.hypot(matrix.c, matrix.d) or 1.0,
        bold=bool(_BOLD.search(font_name)) or bool(flags & _BOLD_FLAG),
        italic=bool(_ITALIC.search(font_name)) or bool(flags & _ITALIC_FLAG),
        turn=round(angle) % 4 if abs(angle - round(angle)) < _SAME_LINE else -1,
        visible=pdfium.FPDFTextObj_GetTextRenderMode(owner) != _INVISIBLE,
    )


def _pieces(words: Iterable[_Word]) -> Iterator[Piece]:
    """Join words of one style that stand side by side."""
    run: list[_Word] = []
    for word in words:
        if run and not _goes_on(run[-1], word):
            yield _piece(run)
            run = []
        run.append(word)
    if run:
        yield _piece(run)


def _numbered(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    return tuple(replace(piece, number=number) for number, piece in enumerate(pieces))


def _goes_on(before: _Word, word: _Word) -> bool:
    one, other = before.style, word.style
    if (one.bold, one.italic) != (other.bold, other.italic) or abs(one.size - other.size) > _SAME_LINE:
        return False
    gap = word.left - before.right
    return abs(word.base - before.base) <= _SAME_LINE * one.size and -one.size < gap < _WIDE_GAP * one.size


def _piece(run: list[_Word]) -> Piece:
    first, last = run[0], run[-1]
    text = first.text + "".join((" " if word.after else "") + word.text for word in run[1:])
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    spelt = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return Piece(
        unicodedata.normalize("NFC", spelt),
        first.left,
        last.right,
        first.base,
        first.style.size,
        first.style.bold,
        first.style.italic,
        after_space=bool(first.after),
    )


def _drawn(page: Any) -> tuple[tuple[float, ...], bool]:
    """Return the heights of the horizontal lines that are drawn on a page, and whether it holds a picture."""
    rules: set[float] = set()
    picture = False
    bounds = [ctypes.c_float() for _ in range(4)]
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        picture = picture or kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(drawn, *bounds):
            left, bottom, right, top = (bound.value for bound in bounds)
            if right - left > _RULE:  # a line has one edge, a box has two
                rules |= {round(bottom, 1), round(top, 1)} if top - bottom > _RULE else {round(bottom, 1)}
    return tuple(sorted(rules, reverse=True)), picture
