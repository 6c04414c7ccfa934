from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assistant.render import escape
from assistant.web.marked_text import to_html, to_plain

TABLE = """From “A”:

|  | Head Chef | Sous Chef |
| --- | --- | --- |
| **Menu** | Writes it. [1] | *not stated in the articles* |
| **Team** | Hires \\| fires. [2] | Trains. [3] |"""


def test_a_marker_leads_to_its_quote_and_nothing_else_does() -> None:
    html = to_html("**Head Chef:** Writes it. [1][2] \\[1\\] [7]", [1, 2])
    assert re.findall(r'href="([^"]+)"', html) == ["#q1", "#q2"]
    assert "[1] [7]" in html
    assert "<strong>Head Chef:</strong>" in html


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](http://evil.example/x.png)",
     "[x](javascript:alert(1))", "<http://evil.example>", "[1]: http://evil.example", "# big", "```\ncode\n```",
     "&lt;b&gt;<b>", "http://evil.example"],
)  # fmt: skip
def test_a_record_that_was_tampered_with_brings_nothing_to_life(hostile: str) -> None:
    tags = set(re.findall(r"<(/?\w+)", to_html(hostile, [1])))
    assert tags <= {"p", "/p", "a", "/a"}
    assert "evil.example" not in "".join(re.findall(r'href="[^"]*"', to_html(hostile, [1])))


@settings(max_examples=40)
@given(some.text(max_size=60))
def test_whatever_an_article_says_is_shown_as_it_is(text: str) -> None:
    said = " ".join(text.split())
    assert to_plain(escape(text), [1]) == said.replace("\0", "\ufffd")


def test_a_table_becomes_a_region_that_scrolls_and_a_list_in_plain_text() -> None:
    html = to_html(TABLE, [1, 2, 3])
    assert html.count('role="region" aria-label="Comparison" tabindex="0"') == 1
    assert html.count("<td>") == 6
    assert to_plain(TABLE, [1, 2, 3]) == (
        "From “A”:\n\nMenu\n- Head Chef: Writes it. [1]\n- Sous Chef: not stated in the articles\n\n"
        "Team\n- Head Chef: Hires | fires. [2]\n- Sous Chef: Trains. [3]"
    )
