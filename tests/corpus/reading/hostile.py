"""Files that were made to harm a reader: Word files out of a ZIP archive, PDF files out of their objects."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

OFFICE = Path(__file__).parents[2] / "data" / "office"
WORD_FILE = OFFICE / "faq.pandoc.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TITLE = "<w:p><w:r><w:t>Diver vs Sailor</w:t></w:r></w:p>"
TEXT = "<w:p><w:r><w:t>The Diver goes down. The Sailor stays up.</w:t></w:r></w:p>"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)


def word_file(body: str = TITLE + TEXT, parts: Mapping[str, bytes] | None = None, declaration: str = "") -> bytes:
    """Return a Word file of pandoc with another body, and with some parts put in or replaced."""
    document = (
        f"<?xml version='1.0' encoding='UTF-8'?>{declaration}<w:document {W}><w:body>{body}</w:body></w:document>"
    )
    replaced = {"word/document.xml": document.encode(), **(parts or {})}
    written = io.BytesIO()
    with zipfile.ZipFile(WORD_FILE) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            if name not in replaced:
                archive.writestr(name, made.read(name))
        for name, content in replaced.items():
            archive.writestr(name, content)
    return written.getvalue()


def many_paragraphs(number: int) -> str:
    """Return paragraphs that no archive packs well."""
    chance = random.Random(7)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(20_000)]
    return "".join(f"<w:p><w:r><w:t>{' '.join(chance.choices(words, k=9))}.</w:t></w:r></w:p>" for _ in range(number))


def nested_tables(depth: int) -> str:
    """Return a table in a table in a table."""
    cell = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return TITLE + cell[0] * depth + TEXT + cell[1] * depth + TEXT


def pdf_file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF file of numbered objects, the first being the catalogue, with its table of places."""
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return written + b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> %b >> >>"
)
SHOWN = b"BT /F 12 Tf 72 700 Td (Diver vs Sailor: who goes down and who stays up) Tj ET"


def stream(content: bytes, filters: int = 0) -> bytes:
    """Return a stream object, packed so many times."""
    for _ in range(filters):
        content = zlib.compress(content, 9)
    names = b" ".join([b"/FlateDecode"] * filters)
    return b"<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream" % (len(content), names, content)


def one_page(content: bytes, extra: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """Return a PDF file of one page with this stream; further objects count from 6."""
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf_file([CATALOGUE, pages, PAGE % extra, content, FONT, *more])


def page_tree(depth: int) -> bytes:
    """Return a PDF file whose one page stands under so many nodes."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    return pdf_file([CATALOGUE, *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>"])


def page_loop() -> bytes:
    """Return a PDF file whose page tree holds itself."""
    return pdf_file([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])


def same_page(number: int) -> bytes:
    """Return a PDF file that shows one page so many times."""
    kids = b" ".join([b"3 0 R"] * number)
    pages = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, number)
    return pdf_file([CATALOGUE, pages, PAGE % b"", stream(SHOWN), FONT])


def long_book(number: int, lines: int = 45) -> bytes:
    """Return a PDF file of so many pages full of different sentences, with a chapter heading on each."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(number))
    objects = [CATALOGUE, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, number), FONT]
    for at in range(number):
        content = b"BT /F 18 Tf 72 780 Td (Crew %b) Tj /F 12 Tf 0 -30 Td 15 TL " % _letters(at)
        content += b"".join(
            b"(On day %d the Diver inspects hull %d and the Sailor keeps deck %d in order.) Tj T* " % (line, at, line)
            for line in range(lines)
        )
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R " % (5 + 2 * at)
        objects += [page + b"/Resources << /Font << /F 3 0 R >> >> >>", stream(content + b"ET", 1)]
    return pdf_file(objects)


def _letters(number: int) -> bytes:
    """Return a number in letters: what differs by its digits alone, page after page, is a page header."""
    return bytes(ord("a") + int(digit) for digit in str(number))
