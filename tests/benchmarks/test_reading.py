"""How long a long PDF file takes to read, and how much memory. Run with -m slow."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pytest

from corpus.reading import READERS
from tests.figures import Note

OFFICE = Path(__file__).parents[1] / "data" / "office"
ROOT = Path(__file__).parents[2]
PAGES = 200
MEASURED = """
import pathlib, re, sys
from corpus.reading.pdf import read_pdf
read_pdf(pathlib.Path(sys.argv[1]).read_bytes())
print(int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) // 1024)
"""  # getrusage would count the memory of the process that started it, too

pytestmark = [pytest.mark.slow, pytest.mark.alone]


@pytest.fixture(params=["two-columns.latex.pdf", "by-topic.libreoffice.pdf"])
def long_file(request: pytest.FixtureRequest) -> bytes:
    document, source = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(OFFICE / request.param)
    while len(document) < PAGES:
        document.import_pages(source)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_pdf_of_200_pages_is_read_in_ten_seconds_and_500_mb(long_file: bytes, tmp_path: Path, figure: Note) -> None:
    READERS[".pdf"]((OFFICE / "prose.latex.pdf").read_bytes())  # starts the process that reads
    begun = time.monotonic()
    page = READERS[".pdf"](long_file)
    seconds = time.monotonic() - begun
    assert len(page.blocks) >= 1_200
    path = tmp_path / "long.pdf"
    path.write_bytes(long_file)
    run = [sys.executable, "-c", MEASURED, str(path)]
    megabytes = int(subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    print(f"{PAGES} pages, {len(long_file):,} bytes: {seconds:.1f} s, {megabytes} MB")
    figure(
        f"PDF of {PAGES} pages",
        {"seconds": round(seconds, 1), "megabytes": megabytes},
        "less than 10 s, less than 500 MB",
    )
    assert seconds < 10
    assert megabytes < 500


def test_a_word_or_pdf_file_of_ordinary_length_takes_no_tenth_of_a_second() -> None:
    for name in ("by-topic.pandoc.docx", "by-topic.latex.pdf"):
        content = (OFFICE / name).read_bytes()
        READERS[Path(name).suffix](content)
        begun = time.monotonic()
        for _ in range(10):
            READERS[Path(name).suffix](content)
        each = (time.monotonic() - begun) / 10
        print(f"{name}: {each * 1000:.0f} ms")
        assert each < 0.1
