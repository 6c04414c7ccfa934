"""Pieces of web pages: what is a heading, an item, a cell, a title, a date."""

from __future__ import annotations

import contextlib
import datetime as dt
import time

import pytest

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind
from corpus.reading.web_page import read_web_page

H, P, LI, C = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL


def blocks(html: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read_web_page(f"<article>{html}</article>".encode()).blocks]


def title(head: str, body: str = "<p>One.</p>") -> str:
    return read_web_page(f"<html><head>{head}</head><body>{body}</body></html>".encode()).front_matter.title


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>One</h2><p>Two <b>three</b>.</p>", [(H, "One"), (P, "Two three.")]),  # a heading, a paragraph
        ("<p>One\n  two<br>three</p>", [(P, "One two three")]),  # line breaks are spaces
        ("One.<br><br>Two.", [(P, "One."), (P, "Two.")]),  # two of them part paragraphs
        ("<div>One.<div>Two.</div>Three.</div>", [(P, "One."), (P, "Two."), (P, "Three.")]),  # words beside elements
        ("<ul><li>one<ul><li>two</ul><li>three</ul>", [(LI, "one"), (LI, "two"), (LI, "three")]),  # lists, left open
        ("<ol><li><p>One.</p><p>Two.</p></ol>", [(LI, "One."), (LI, "Two.")]),  # paragraphs in an item
        ("<blockquote><p>One.</p><footer>A. Writer</footer></blockquote>", [(P, "One."), (P, "A. Writer")]),
        ("<p>She said <q>yes</q>.</p>", [(P, "She said “yes”.")]),  # quotation marks that browsers write
        ("<p>One<sup class=reference>[1]</sup> two.</p>", [(P, "One two.")]),  # a note's number
        ("<p>One <del>two</del><s>three</s> four.</p>", [(P, "One four.")]),  # struck out
        ("<p>caf&eacute; &amp; R&amp;D&nbsp;now &lt;5</p>", [(P, "café & R&D\u00a0now <5")]),  # entities
        ("<p>e\u0301 👩🏽‍🍳 – “x” ﬁt</p>", [(P, "e\u0301 👩🏽‍🍳 – “x” ﬁt")]),  # typography
        ("<p><strong>Budget</strong></p><p>One.</p>", [(H, "Budget"), (P, "One.")]),  # a line in bold is a heading
        ("<p><b>Bud</b><b>get:</b></p><p>One.</p>", [(H, "Budget"), (P, "One.")]),  # in two pieces, with a colon
        ("<p><b>One is a sentence.</b></p>", [(P, "One is a sentence.")]),  # unless it is a sentence
        ("<p><b>One</b> two.</p>", [(P, "One two.")]),  # or only part of the line is bold
        ("<ul><li><b>Budget</b></li></ul>", [(LI, "Budget")]),  # or an item
        ("<dl><dt>Who pays?<dd>The Chef.</dl>", [(H, "Who pays?"), (P, "The Chef.")]),  # a list of questions
        ("<details><summary>Who pays?</summary><p>The Chef.</p></details>", [(H, "Who pays?"), (P, "The Chef.")]),
        ("<pre>One.\nTwo.</pre>", [(P, "One. Two.")]),  # text as typed
        ("<p>*</p><p>—</p><p>One.</p>", [(P, "One.")]),  # ornaments
        ("<script>x()</script><style>p{}</style><!-- c --><template><p>T</p></template><p>One.</p>", [(P, "One.")]),
        ("<img alt='a picture'><p>One.</p>", [(P, "One.")]),
        ("<p hidden>No.</p><p style='display: none'>No.</p><p aria-hidden=true>No.</p><p>One.</p>", [(P, "One.")]),
        ("<p>unclosed <b>bold<p>One.", [(P, "unclosed bold"), (P, "One.")]),
    ],
)
def test_html_becomes_plain_blocks(html: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(html) == expected


def test_bold_lines_stand_under_the_last_heading_and_labels_open_paragraphs() -> None:
    page = read_web_page(b"<article><h2>Money</h2><p><b>Pay</b></p><p><b>Budget:</b> One.</p></article>")
    assert page.blocks == (
        Block(H, "Money", level=2), Block(H, "Pay", level=3), Block(P, "One.", label="Budget"),
    )  # fmt: skip


def test_items_that_all_open_with_a_topic_are_labelled_and_know_how_deep_they_stand() -> None:
    page = read_web_page(b"<article><ul><li>Budget: one</li><li><b>Team</b>: two</li></ul><ol><li>a<ul><li>b</ul></ol>")
    assert page.blocks == (
        Block(LI, "one", level=1, label="Budget"), Block(LI, "two", level=1, label="Team"),
        Block(LI, "a", level=1), Block(LI, "b", level=2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # the plain form
        ("<tr><th>Topic<th>Chef<th>Cook<tr><td>Pay<td>a<td>b",
         [("Pay", "Pay", "Topic"), ("a", "Pay", "Chef"), ("b", "Pay", "Cook")]),
        # one cell for both columns
        ("<tr><th>Topic<th>Chef<th>Cook<tr><td>Pay<td colspan=2>same",
         [("Pay", "Pay", "Topic"), ("same", "Pay", "Chef, Cook")]),
        # one header for two rows
        ("<tr><th>T<th>Chef<tr><td rowspan=2>Pay<td>a<tr><td>b",
         [("Pay", "Pay", "T"), ("a", "Pay", "Chef"), ("b", "Pay", "Chef")]),
        # a blank under a header that stands for two rows
        ("<tr><th>T<th>Chef<tr><td>Pay<td>a<tr><td><td>b",
         [("Pay", "Pay", "T"), ("a", "Pay", "Chef"), ("b", "Pay", "Chef")]),
        # a list in a cell
        ("<tr><th>T<th>Chef<tr><td>Pay<td><ul><li>a<li>b</ul>",
         [("Pay", "Pay", "T"), ("a", "Pay", "Chef"), ("b", "Pay", "Chef")]),
        # ragged rows: what has no header is not read, what is missing is no cell
        ("<tr><th>T<th>Chef<tr><td>Pay<tr><td>Team<td>a<td>b",
         [("Pay", "Pay", "T"), ("Team", "Team", "T"), ("a", "Team", "Chef")]),
    ],
)  # fmt: skip
def test_a_table_becomes_cells_that_know_their_row_and_column(table: str, expected: list[tuple[str, str, str]]) -> None:
    page = read_web_page(f"<article><table>{table}</table></article>".encode())
    assert [(block.text, block.row, block.column) for block in page.blocks] == expected


@pytest.mark.parametrize("span", ["1000000", "-3", "x", "", "99999999999999999999"])
def test_a_wrong_span_does_no_harm(span: str) -> None:
    table = f"<table><tr><th>T<th>Chef<tr><td>Pay<td colspan='{span}' rowspan='{span}'>a</table>"
    assert (C, "a") in blocks(table)


def test_a_table_that_lays_out_the_page_is_no_data() -> None:
    layout = "<table><tr><td><h2>One</h2><p>Two.</p><td><table><tr><td>a<td>b</table></table>"
    assert blocks(layout) == [(H, "One"), (P, "Two."), (P, "a"), (P, "b")]
    assert blocks("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>")[0] == (P, "a")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Chef vs Cook | Site</title>", "<h1>Chef vs Cook</h1><p>One.", "Chef vs Cook"),  # the heading
        ("<title>Chef vs Cook | Site</title>", "<p>One.", "Chef vs Cook"),  # no heading: without the site
        ("<title>Chef vs Cook - My - Site</title><meta property=og:site_name content='My - Site'>", "<p>One.",
         "Chef vs Cook"),
        ("<title>x</title><meta property=og:title content='Chef vs Cook'>",
         "<h1>My Site</h1><h1>Chef vs Cook</h1><p>One.",
         "Chef vs Cook"),  # two headings: the one that the head names
        ('<script type="application/ld+json">{"headline": "Chef vs Cook"}</script>', "<p>One.", "Chef vs Cook"),
        ('<script type="application/ld+json">{"headline": </script><title>Chef vs Cook</title>',
         "<p>One.", "Chef vs Cook"),
        ('<script type="application/ld+json">[1, [2], {"@graph": [3, {"headline": "A"}]}]</script>', "<p>One.", "A"),
        ("", "<p>One.", ""),  # nothing says it
    ],
)  # fmt: skip
def test_the_title_is_what_heading_and_head_agree_on(head: str, body: str, expected: str) -> None:
    assert title(head, body) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2026-03-14T08:30:00Z'>", dt.date(2026, 3, 14)),
        ("<meta name=DC.date.issued content=2026-03-14>", dt.date(2026, 3, 14)),
        ("<meta name=date content=2026-02-31>", None),  # no such day
        ("<meta name=date content=yesterday>", None),
    ],
)
def test_the_date_is_the_day_of_publication(head: str, expected: dt.date | None) -> None:
    assert read_web_page(f"<head>{head}</head><p>One.".encode()).front_matter.date == expected


@pytest.mark.parametrize("href", ["javascript:alert(1)", "/relative", "https://x.y/<b>", ""])
def test_a_source_is_an_address_of_the_web_or_none(href: str) -> None:
    assert read_web_page(f"<head><link rel=canonical href='{href}'></head><p>One.".encode()).front_matter.source is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Just words, no tags.", "holds no HTML tag"),
        (b"%PDF-1.7 <p>", "is a PDF file by its first bytes"),
        (b"<p>One.</p>\n" + b"<div>" * 3_001, "line 2: tags are nested over 3,000 levels deep"),
        (
            b"<p " + b" ".join(b"a%d=1" % n for n in range(2_500)) + b">One.</p>",
            "the tag <p> has over 2,000 attributes",
        ),
        ("<p>café</p>".encode() + b"<p>caf\xe9 au lait</p>", "mixes UTF-8 with another encoding"),
    ],
)
def test_a_page_that_cannot_be_read_is_an_error_with_place_or_reason(content: bytes, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_web_page(content)
    assert reason in str(caught.value)


@pytest.mark.parametrize("depth", [300, 2_900])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    page = read_web_page(b"<div>" * depth + b"<p>One.</p>" + b"</div>" * depth)
    assert [block.text for block in page.blocks] == ["One."]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=windows-1252>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>", "cp1252"),
        ("<meta charset=windows-1250>", "cp1250"),
        ("<meta charset=windows-1252>", "utf-8"),  # the page is wrong about itself
        ("", "utf-16"),
    ],
)
def test_the_encoding_is_what_the_bytes_say_then_what_the_page_says(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>“Chef” – 5 €</p></body></html>".encode(encoding)
    assert [block.text for block in read_web_page(page).blocks] == ["“Chef” – 5 €"]


@pytest.mark.parametrize(
    "unit",
    ["<p>", "<b>", "<a href=x>", "<table>", "<!--", "<!-- -->", "</div>", "<td>", "<li>", "&amp;",
     "<a 'b", '<a "b', "<p a=\">\" "],
)  # fmt: skip
def test_many_of_anything_end_in_time(unit: str) -> None:
    began = time.monotonic()
    with contextlib.suppress(CorpusError):
        read_web_page((unit * 20_000 + "<p>One.</p>").encode())
    assert time.monotonic() - began < 10
