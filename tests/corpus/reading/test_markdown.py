"""Markdown in, plain blocks out: no markup, no pictures, no code, no raw HTML."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind, FrontMatter
from corpus.reading.markdown import read_markdown

H, P, LI = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM


def blocks(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read_markdown(text).blocks]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# One\n\n## Two ##\n\nThree\n-----\n", [(H, "One"), (H, "Two"), (H, "Three")]),  # headings of both kinds
        ("One\ntwo\n\nthree", [(P, "One two"), (P, "three")]),  # paragraphs; a line break is a space
        ("One  \ntwo\\\nthree", [(P, "One two three")]),  # hard line breaks
        ("- one\n* two\n+ three", [(LI, "one"), (LI, "two"), (LI, "three")]),  # bullets of all kinds
        ("1. one\n2) two", [(LI, "one"), (LI, "two")]),  # numbers
        ("- one\n  - inside\n- two", [(LI, "one"), (LI, "inside"), (LI, "two")]),  # a list in a list
        ("> One **two**.\n>\n> Three.", [(P, "One two."), (P, "Three.")]),  # a quotation
        ("> - one", [(LI, "one")]),  # a list in a quotation
        ("**b** *i* ***bi*** `code` __b__ _i_", [(P, "b i bi code b i")]),  # emphasis and code in a line
        ("[text](http://x.y 'title') [ref]\n\n[ref]: http://x.y", [(P, "text ref")]),  # links
        ("Look: <http://x.y>.", [(P, "Look: http://x.y.")]),  # an address written out
        ("![picture](a.png)", []),  # a picture alone
        ("One ![picture](a.png)two.", [(P, "One two.")]),  # a picture in a line
        ("```python\nprint(1)\n```\n\nOne.", [(P, "One.")]),  # a block of code
        ("    indented\n\nOne.", [(P, "One.")]),  # an indented block of code
        ("<div>\nraw\n</div>\n\nOne.", [(P, "One.")]),  # a block of HTML
        ("<!-- a remark -->\n\nOne.", [(P, "One.")]),  # a remark
        ("<script>\nalert(1)\n\n</script>\n\nOne.", [(P, "One.")]),  # a script
        ("One <b>two</b><!-- three -->.", [(P, "One two.")]),  # HTML in a line
        ("R&amp;D &lt;5 \\*x\\*", [(P, "R&D <5 *x*")]),  # entities and escapes are what they stand for
        ("One\n\n---\n\nTwo", [(P, "One"), (P, "Two")]),  # a rule
        ("", []),  # nothing
        ("> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > deep\n\nOne.", [(P, "One.")]),  # too deep to read
    ],
)
def test_markdown_becomes_plain_blocks(markdown: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(markdown) == expected


def test_a_heading_keeps_its_level() -> None:
    assert [block.level for block in read_markdown("# One\n\n### Two\n").blocks] == [1, 3]


def test_a_table_becomes_cells_that_know_their_row_and_column() -> None:
    text = "| Topic | Chef | Cook |\n|---|:-:|--:|\n| **Budget** | *small* | `big` |\n| Team | | ten |\n"
    assert read_markdown(text).blocks == (
        Block(BlockKind.CELL, "Budget", row="Budget", column="Topic"),
        Block(BlockKind.CELL, "small", row="Budget", column="Chef"),
        Block(BlockKind.CELL, "big", row="Budget", column="Cook"),
        Block(BlockKind.CELL, "Team", row="Team", column="Topic"),
        Block(BlockKind.CELL, "ten", row="Team", column="Cook"),
    )


def test_a_table_without_rows_has_no_cells() -> None:
    assert blocks("| Topic | Chef |\n|---|---|\n\nOne.") == [(P, "One.")]


def test_front_matter_is_read_and_is_no_text() -> None:
    page = read_markdown(
        "---\ntitle: 'Chef vs Cook'\nroles:\n  - Chef\n  - Cook\nsummary: Short.\ndate: 2026-11-23\n"
        "source: http://x.y\nlicence: CC BY 4.0\n---\n\nOne.\n"
    )
    assert page.front_matter == FrontMatter(
        "Chef vs Cook", ("Chef", "Cook"), "Short.", dt.date(2026, 11, 23), "http://x.y"
    )
    assert [block.text for block in page.blocks] == ["One."]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: 12\nroles: [Chef]", FrontMatter(title="12", roles=("Chef",))),  # a number as a title
        ("title:\nroles: Chef", FrontMatter(roles=("Chef",))),  # an empty title, one role without a list
        ("roles: [Chef]\ndate: 2026-11-23 10:00:00", FrontMatter(roles=("Chef",), date=dt.date(2026, 11, 23))),  # time
        ("roles: [Chef]\ncolour: red", FrontMatter(roles=("Chef",))),  # a field of someone else
    ],
)
def test_front_matter_may_be_sparse(yaml: str, expected: FrontMatter) -> None:
    assert read_markdown(f"---\n{yaml}\n---\n\nOne.").front_matter == expected


@pytest.mark.parametrize(
    ("yaml", "reason"),
    [
        ("title: [", "is not valid YAML"),  # breaks off
        ("title: a: b", "is not valid YAML"),  # a colon too many
        ("? [a]\n: b", "is not valid YAML"),  # a list as a name
        ("date: !!python/object:os.system x", "is not valid YAML"),  # no code is run
        ("- a\n- b", "is not a list of `name: value` lines"),  # a list
        ("just words", "is not a list of `name: value` lines"),  # words
        ("date: tomorrow", "has the date 'tomorrow'. Write it as 2026-11-23"),  # no date
        ("date: 2026", "has the date 2026"),  # a year alone
    ],
)
def test_front_matter_that_cannot_be_read_is_an_error_with_the_cure(yaml: str, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_markdown(f"---\n{yaml}\n---\n\nOne.")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
