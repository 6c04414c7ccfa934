"""Sentences tile a text: in order, without overlap, nothing but white space between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split_sentences

PIECES = st.sampled_from(
    [
        "The Operations Manager decides",
        "they agree",
        "e.g.",
        "approx.",
        "Ph.D.",
        "U.S.",
        "Mr.",
        ".",
        "...",
        "…",
        "!",
        "?",
        "“",
        "”",
        '"',
        "(",
        ")",
        " ",
        "\n",
        "\n\n",
        "\u00a0",
        "🎉",
        "👩‍🍳",
        "e\u0301",
        "3.5",
        ":",
        "-",
        "管理者。",
        "\u200b",
        "\r\n",
    ]
)


def quotes(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # plain full stops, question and exclamation marks
        ("One decides. Does the other? It does!", ["One decides.", "Does the other?", "It does!"]),
        # abbreviations in the middle of a sentence
        ("She tracks output, e.g. units per hour. He waits.", ["She tracks output, e.g. units per hour.", "He waits."]),
        ("Teams have approx. 40 people. They grow.", ["Teams have approx. 40 people.", "They grow."]),
        ("She has a Ph.D. in physics. He has none.", ["She has a Ph.D. in physics.", "He has none."]),
        ("The U.S. market is big. It grows.", ["The U.S. market is big.", "It grows."]),
        ("The dept. head leads. Who follows?", ["The dept. head leads.", "Who follows?"]),
        ("Goods, i.e. parts, vs. services. Both count.", ["Goods, i.e. parts, vs. services.", "Both count."]),
        ("Dr. Smith met Mr. Jones at 3 p.m. on Monday. They agreed.",
         ["Dr. Smith met Mr. Jones at 3 p.m. on Monday.", "They agreed."]),
        # an abbreviation that ends its sentence
        ("They work in the U.S. Others do not.", ["They work in the U.S.", "Others do not."]),
        # words that are no abbreviations, although some are written so
        ("Forms are due in May. Classes start later.", ["Forms are due in May.", "Classes start later."]),
        ("They may travel. May they stay? No. Staff may.", ["They may travel.", "May they stay?", "No.", "Staff may."]),
        ("It matters to me. A colleague disagrees.", ["It matters to me.", "A colleague disagrees."]),
        ("See form no. 12 or no. B7. It is short.", ["See form no. 12 or no. B7.", "It is short."]),
        ("(It is due in May. Classes start later.)", ["(It is due in May. Classes start later.)"]),
        ("Doors open at 8 a.m. Staff come at 7 a.m. Eastern time.",
         ["Doors open at 8 a.m.", "Staff come at 7 a.m. Eastern time."]),
        ("Bring pens, paper, etc. Nobody else will.", ["Bring pens, paper, etc.", "Nobody else will."]),
        # numbers
        ("It costs 3.5 million. It is a lot.", ["It costs 3.5 million.", "It is a lot."]),
        # quotation marks close with their sentence, and do not cut one in two
        ("He said “Go home.” She left.", ["He said “Go home.”", "She left."]),
        ('"Stop!" he said. Then he left.', ['"Stop!" he said.', "Then he left."]),
        # ellipsis, as three full stops and as one character
        ("Well... maybe not. Yes.", ["Well... maybe not.", "Yes."]),
        ("Wait… what? No.", ["Wait… what?", "No."]),
        # emoji never stand alone as a sentence
        ("Great job 🎉. Next one follows. 🎉", ["Great job 🎉.", "Next one follows. 🎉"]),
        ("A chef 👩‍🍳 cooks. A baker bakes.", ["A chef 👩‍🍳 cooks.", "A baker bakes."]),
        # combining characters stay with their letters
        ("Cafe\u0301 staff eat. Re\u0301sume\u0301s matter.", ["Cafe\u0301 staff eat.", "Re\u0301sume\u0301s matter."]),
        # parentheses with a full stop inside
        ("It may end early (as in strikes). Then they wait.", ["It may end early (as in strikes).", "Then they wait."]),
        # line breaks, and white space around
        ("One!\nTwo?\n\nThree", ["One!", "Two?", "Three"]),
        ("   alone   ", ["alone"]),
        # nothing to say
        ("", []),
        (" \n\t ", []),
    ],
)  # fmt: skip
def test_a_text_splits_into_its_sentences(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES).map(" ".join)))
def test_the_sentences_of_any_text_tile_it(text: str) -> None:
    at = 0
    for span in split_sentences(text):
        assert span.start >= at
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


@given(st.text(max_size=200))
def test_splitting_again_gives_the_same_sentences(text: str) -> None:
    assert split_sentences(text) == split_sentences(text)
