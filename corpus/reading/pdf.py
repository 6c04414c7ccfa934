"""Read PDF files that hold text: columns in reading order, lines joined to paragraphs, headings by size and weight.

Page headers and footers, page numbers, footnotes and text across the page are left out and reported. Text that is only
a picture is not read, nor what pictures and formulas say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind, FrontMatter, LeftOut, Page
from corpus.reading.decoding import recognised
from corpus.reading.pdf_blocks import blocks_of
from corpus.reading.pdf_layout import in_order, without_margins
from corpus.reading.pdf_text import PageText, page_text
from corpus.reading.titles import roles_in_title

_MOST_PAGES = 1_000  # a comparison article has two to ten
_HEADER = b"%PDF-"
_HEADER_WITHIN = 1_024  # bytes; some programs write a line before it
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_FROM_WORD = re.compile(r"^Microsoft Word - |\.docx?$", re.I)
_SAVE = "Save it as a PDF again from the program that made it."


def read_pdf(content: bytes) -> Page:
    """Return the blocks of a PDF file; raise CorpusError when it is damaged, locked, too long or without text."""
    if _HEADER not in content[:_HEADER_WITHIN]:
        found = recognised(content)
        raise CorpusError(f"is {found[0] if found else 'no PDF file'} by its first bytes. {_SAVE}")
    document = _opened(content)
    pages = list(_pages(document))
    rows, margins = without_margins(pages)
    blocks, notes = blocks_of(in_order(rows, [page.rules for page in pages]))
    if not blocks:
        pictures = "only pictures, as scanned pages are" if any(page.has_picture for page in pages) else "no text"
        raise CorpusError(f"holds {pictures}. Run text recognition (OCR) over it, or save it from its program.")
    left_out = [LeftOut("page-header", text) for text in margins if any(map(str.isalpha, text))]
    left_out += [LeftOut("watermark", page.across) for page in pages if page.across]
    left_out += [
        LeftOut("picture-page", f"page {number}")
        for number, page in enumerate(pages, start=1)
        if page.has_picture and not page.pieces
    ]
    return Page(blocks, _front_matter(document, blocks), tuple(dict.fromkeys([*left_out, *notes])))


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise CorpusError("is protected by a password. Remove the password and save it again.") from error
        raise CorpusError(f"is a damaged PDF file. {_SAVE}") from error
    if pages > _MOST_PAGES:
        raise CorpusError(f"has {pages:,} pages, the limit is {_MOST_PAGES:,}. Split it into articles.")
    if pages == 0:
        raise CorpusError(f"is a PDF file without pages. {_SAVE}")
    return document


def _pages(document: pypdfium2.PdfDocument) -> Iterator[PageText]:
    for number in range(len(document)):
        try:
            page = document[number]
            yield page_text(page)
        except pypdfium2.PdfiumError as error:
            raise CorpusError(f"is a damaged PDF file (page {number + 1} cannot be opened). {_SAVE}") from error
        page.close()


def _front_matter(document: pypdfium2.PdfDocument, blocks: Sequence[Block]) -> FrontMatter:
    """Take the title of the properties only where no heading compares two roles."""
    properties = document.get_metadata_dict()
    title = " ".join(_FROM_WORD.sub("", properties.get("Title", "")).split())
    compared = any(roles_in_title(block.text) for block in blocks if block.kind is BlockKind.HEADING)
    date = _date(properties.get("ModDate", "")) or _date(properties.get("CreationDate", ""))
    return FrontMatter(title=title if roles_in_title(title) and not compared else "", saved=date)


def _date(written: str) -> dt.date | None:
    match = _DATE.match(written)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:  # the 31st of February
        return None
