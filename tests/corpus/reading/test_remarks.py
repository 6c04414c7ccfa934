"""Lines in which a page speaks of itself are told from those that speak of roles, and say when it was written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import shipped_catalogue
from corpus.reading import READERS, read_content
from corpus.reading.blocks import Block, BlockKind, LeftOut
from corpus.reading.dates import days_in, without_days
from corpus.reading.remarks import remark, written_on

CATALOGUE = shipped_catalogue()
H, P, LI, C = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL
TOP, DEEP = 1, 20  # places in a text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 9 May 2025", dt.date(2025, 5, 9)),
        ("the 1st of September, 2025", dt.date(2025, 9, 1)),
        ("Sept. 3rd, 2025", dt.date(2025, 9, 3)),
        ("Friday, June 6, 2025 at 5:10 PM", dt.date(2025, 6, 6)),
        ("2025-06-06T17:10:00Z", dt.date(2025, 6, 6)),
        ("06.11.2025", dt.date(2025, 11, 6)),  # with full stops the day comes first
        ("06/11/2025", None),  # June or November
        ("30 February 2025", None),  # no such day
        ("June 2025", None),  # no day
        ("version 3.2.2025.1", None),
        ("Decision 4, 2025", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: dt.date | None) -> None:
    assert days_in(text) == ((day,) if day else ())


@given(st.dates(dt.date(1000, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_every_day_is_found_whole(day: dt.date, form: str) -> None:
    written = day.strftime(form)
    assert days_in(f"Changed {written}, twice.") == (day,)
    assert without_days(f"Changed {written}, twice.", "then") == "Changed then, twice."


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Updated 9 May 2025", "byline"),
        ("Last reviewed: 2025-05-09", "byline"),
        ("Published on May 9, 2025 by Ada N. Bell", "byline"),
        ("By Ada Bell | Updated May 9, 2025 | 7 min read", "byline"),
        ("By Ada Bell, updated 9 May 2025, 7 minutes to read", "byline"),
        ("The Works Office · 7 min read", "byline"),
        ("Estimated reading time: about 5–7 minutes", "byline"),
        ("Tags: kitchens, careers", "filed-under"),
        ("Filed under: Kitchens. Bookmark the permalink.", "filed-under"),
        ("Categories: Kitchens, Careers", "filed-under"),
        ("ADVERTISEMENT", "site-banner"),
        ("Did this help? Subscribe to our newsletter!", "site-banner"),
        ("© 2025 Works Office. All rights reserved.", "site-banner"),
        # of the article
        ("Chefs read for 7 minutes a day.", None),
        ("The menu was last updated by the Chef.", None),
        ("Guests subscribe to our newsletter.", None),
        ("A report written by 9 May 2025 counts for the Chef.", None),
        ("Chefs plan by hand - Cooks do not", None),
        ("In 2025 the Chef – and not the Cook – was asked.", None),
    ],
)
def test_a_line_about_the_page_is_none_about_a_role(line: str, code: str | None) -> None:
    assert {remark(Block(kind, line), DEEP) for kind in (P, H)} == {code}
    assert remark(Block(C, line), DEEP) is None  # a cell says what its row asks for


@pytest.mark.parametrize("line", ["By Ada Bell", "9 May 2025", "Version 2.1", "Version 2.1 – Works Office – for staff"])
def test_a_bare_name_day_or_edition_is_that_of_the_article_at_its_top_alone(line: str) -> None:
    assert (remark(Block(P, line), TOP), remark(Block(P, line), DEEP)) == ("byline", None)


def test_a_title_may_say_when_it_is_from() -> None:
    assert remark(Block(H, "Chef vs Cook – 9 May 2025", level=1), 0) is None


def test_a_fact_in_a_list_is_not_what_a_page_is_filed_under() -> None:
    assert remark(Block(LI, "Category: kitchen staff"), DEEP) is None
    assert remark(Block(P, "kitchens, careers", label="Tags"), DEEP) == "filed-under"


def test_an_article_is_of_the_last_day_that_its_first_dated_line_names() -> None:
    dated = LeftOut("byline", "Published 1 May 2024, updated 9 May 2025")
    assert written_on([LeftOut("byline", "By Ada"), dated, LeftOut("byline", "3 March 2026")]) == dt.date(2025, 5, 9)


@pytest.mark.parametrize(
    ("line", "day"),
    [("Version 3, issued 9 May 2025", dt.date(2025, 5, 9)), ("9 May 2025, 10:31 PM  Chef vs Cook", None)],
)
def test_the_edge_of_a_page_may_say_when_it_was_printed(line: str, day: dt.date | None) -> None:
    assert written_on([LeftOut("page-header", line)]) == day


@pytest.mark.parametrize("suffix", [suffix for suffix in READERS if suffix in (".md", ".txt", ".html")])
@pytest.mark.parametrize("line", ["Updated 31 January 2026", "By Ada Bell | January 31, 2026 | 6 min read"])
def test_the_day_under_the_title_is_the_date_in_every_format(suffix: str, line: str) -> None:
    written = {
        ".md": "# Chef vs Cook\n\n{}\n\nOne.",
        ".txt": "Chef vs Cook\n{}\nOne.",
        ".html": "<h1>Chef vs Cook</h1>{}<p>One.",
    }
    article = read_content(Path(f"x{suffix}"), written[suffix].format(line).encode(), CATALOGUE).article
    assert (article.date, article.text) == (dt.date(2026, 1, 31), "Chef vs Cook\n\nOne.")


def test_what_a_page_says_in_its_head_is_its_date_before_any_line() -> None:
    page = b"<meta name=date content=2026-03-14><h1>Chef vs Cook</h1><p>Updated 31 January 2026</p><p>One."
    assert read_content(Path("x.html"), page, CATALOGUE).article.date == dt.date(2026, 3, 14)
