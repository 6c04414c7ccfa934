"""Word and PDF files made by real programs, in every structure: title, roles, topics and sentences compared exactly."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import pytest

from corpus.catalogue import shipped_catalogue
from corpus.reading import READERS, Reading, read_article
from tests.corpus.reading.written_out import written_out

OFFICE = Path(__file__).parents[2] / "data" / "office"
FILES = sorted(path for suffix in ("docx", "pdf") for path in OFFICE.glob(f"*.{suffix}"))
ONE_ARTICLE = [
    "sources/by-topic.md",
    "by-topic.pandoc.html",
    *(path.name for path in FILES if path.name.startswith("by-topic.")),
]


@functools.cache
def read(name: str) -> Reading:
    return read_article(OFFICE / name, shipped_catalogue())


def expected(name: str) -> str:
    return (OFFICE / "expected" / f"{name.split('.')[0]}.txt").read_text(encoding="utf-8")


def test_every_structure_stands_there_in_both_formats() -> None:
    structures = {path.stem for path in (OFFICE / "expected").glob("*.txt")} - {"printed", "two-columns"}  # PDF only
    for suffix in (".docx", ".pdf"):
        assert structures <= {path.name.split(".")[0] for path in FILES if path.suffix == suffix}
    assert len(structures) == 8


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_a_file_is_read_as_a_person_reads_it(name: str) -> None:
    assert written_out(read(name).article) == expected(name)


@pytest.mark.parametrize("name", ONE_ARTICLE)
def test_one_article_says_the_same_in_every_format(name: str) -> None:
    """Markdown, HTML, DOCX and PDF, by three programs: not one difference in title, topics, sentences or roles."""
    assert written_out(read(name).article) == expected("by-topic")


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_every_sentence_is_cut_out_of_the_text(name: str) -> None:
    article = read(name).article
    end = 0
    for sentence in article.sentences():
        assert article.text[sentence.span.start : sentence.span.end] == article.quote(sentence.span)
        assert sentence.span.start >= end
        end = sentence.span.end
    assert "\u00ad" not in article.text
    assert not any("\ufb00" <= character <= "\ufb06" for character in article.text)


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        (
            "reviewed.libreoffice.docx",
            {
                ("page-header", "Internal – Surveyor vs Estimator Personnel handbook, page 2"),
                ("note", "Instruments are leased by the office."),
                ("comment", "Is that so?"),
                ("deleted-text", "every day and night"),
            },
        ),
        (
            "reviewed.libreoffice.pdf",
            {
                ("page-header", "Internal – Surveyor vs Estimator"),
                ("page-header", "Personnel handbook, page 1"),
                ("page-header", "Personnel handbook, page 2"),
                ("note", "1 Instruments are leased by the office."),
            },
        ),
        (
            "two-columns.latex.pdf",
            {
                ("page-header", "Careers Quarterly Cooperage Review"),
                ("page-header", "Page 1"),
                ("page-header", "Page 2"),
            },
        ),
    ],
)
def test_what_is_no_part_of_the_text_is_reported(name: str, left_out: set[tuple[str, str]]) -> None:
    page = READERS[Path(name).suffix]((OFFICE / name).read_bytes())
    assert {(item.code, item.text) for item in page.left_out} == left_out
    findings = read(name).findings
    assert {finding.code for finding in findings} == {code for code, _ in left_out}


def test_the_date_of_a_file_is_that_of_its_last_change() -> None:
    days = {
        "reviewed.libreoffice.docx": dt.date(2026, 5, 4),
        "faq.libreoffice.docx": dt.date(2026, 11, 25),
        "bold-lines.libreoffice.docx": None,  # made from a page that says none
        "two-columns.latex.pdf": dt.date(2026, 11, 25),
    }
    for name, day in days.items():
        assert READERS[Path(name).suffix]((OFFICE / name).read_bytes()).front_matter.saved == day
