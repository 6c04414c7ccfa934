"""Plain text as crawlers save it: titles, labelled paragraphs, bullets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.blocks import Block, BlockKind
from corpus.reading.plain_text import read_plain_text

H, P, LI = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("Budget: Chefs spend. Cooks save.", Block(P, "Chefs spend. Cooks save.", label="Budget")),  # a topic
        ("Strategic vs. Tactical: Chefs plan.", Block(P, "Chefs plan.", label="Strategic vs. Tactical")),  # with "vs."
        ("Scope of Work:   Chefs plan.", Block(P, "Chefs plan.", label="Scope of Work")),  # wide white space
        ("Chefs spend. One thing counts: taste.", Block(P, "Chefs spend. One thing counts: taste.")),  # a later colon
        ("A kitchen opens at 10:30 in the morning.", Block(P, "A kitchen opens at 10:30 in the morning.")),  # a time
        ("Chefs spend.", Block(P, "Chefs spend.")),  # a sentence
        ("   Chefs spend.  ", Block(P, "Chefs spend.")),  # with white space around
        ("Related Posts", Block(H, "Related Posts", level=2)),  # a heading
        ("- Chefs spend", Block(LI, "Chefs spend")),  # a dash
        ("• Chefs spend", Block(LI, "Chefs spend")),  # a bullet
        ("12. Chefs spend", Block(LI, "Chefs spend")),  # a number
        ("2026 was good.", Block(P, "2026 was good.")),  # a year is no number of a list
    ],
)
def test_a_line_becomes_a_block(line: str, block: Block) -> None:
    assert read_plain_text(f"Opening words of the page.\n\n{line}\n").blocks[1:] == (block,)


def test_the_first_line_is_the_title_when_it_looks_like_one() -> None:
    assert read_plain_text("Chef vs Cook\nOne.").blocks == (Block(H, "Chef vs Cook", level=1), Block(P, "One."))
    assert read_plain_text("One sentence.\nTwo.").blocks[0] == Block(P, "One sentence.")


def test_a_long_line_without_an_end_is_no_heading() -> None:
    assert read_plain_text("One.\n" + "word " * 30).blocks[1].kind is P


def test_who_answers_in_an_interview_is_no_topic() -> None:
    talk = "Q: Who salts?\nA (Ruth): The Chef salts.\nQ: Who peels?\nA (Tom Ek): The Cook peels.\n"
    assert read_plain_text(f"Chef vs Cook\n{talk}").blocks[1:] == (
        Block(H, "Who salts?", level=2),
        Block(P, "The Chef salts."),
        Block(H, "Who peels?", level=2),
        Block(P, "The Cook peels."),
    )


def test_an_empty_text_has_no_blocks() -> None:
    assert read_plain_text(" \n\t\n\r\n").blocks == ()


@given(st.text(max_size=300))
def test_the_blocks_of_any_text_hold_no_line_ends_and_no_white_space_around(text: str) -> None:
    for block in read_plain_text(text).blocks:
        assert block.text.strip() == block.text != ""
        assert len(block.text.splitlines()) == 1
