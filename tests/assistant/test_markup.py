"""Nothing that an article or a user writes comes to life as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant.render import to_markdown
from assistant.web.history import Exchange
from assistant.web.replies import messages_of
from tests.small import assistant_of, library_of

MARKDOWN = MarkdownIt("commonmark").enable("table")


HOSTILE = """---
title: "Baker ![x](http://evil.example/x.png) vs Butcher"
roles: ["Baker | Cook", "Butcher <img src=x>"]
---

## Bread

The Baker | Cook bakes bread.
"""


def test_titles_and_role_names_come_to_life_nowhere(tmp_path: Path) -> None:
    one = assistant_of(library_of(tmp_path / "a", {"baker-vs-butcher": HOSTILE}), tmp_path / "i")
    for question in ("Compare them", "What does a zookeeper do?", "Why is grass green?"):
        tokens = [t for token in MARKDOWN.parse(to_markdown(one.answer([question]))) for t in token.children or ()]
        assert not {"image", "html_inline"} & {token.type for token in tokens}, question


def test_a_bar_in_a_role_name_does_not_break_the_table(tmp_path: Path) -> None:
    one = assistant_of(library_of(tmp_path / "a", {"baker-vs-butcher": HOSTILE}), tmp_path / "i")
    tokens = MARKDOWN.parse(to_markdown(one.answer(["Compare them"])))
    assert len([token for token in tokens if token.type == "th_open"]) == 3


@pytest.mark.parametrize("typed", ["1. Who leads?", "- Who leads?", "+ budget", "Who leads?\n===", "a\n---"])
def test_what_is_typed_is_shown_as_typed(typed: str) -> None:
    shown = MARKDOWN.parse(str(messages_of([Exchange(typed, "")])[0]["content"]))
    assert {token.type for token in shown} == {"paragraph_open", "inline", "paragraph_close"}
