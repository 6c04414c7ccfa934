from __future__ import annotations

import re

import pytest

from assistant.render import to_object
from assistant.web.copies import markdown_copy, plain_copy
from assistant.web.marked_text import to_html
from corpus.library import Library
from tests.web.small_assistant import PAIR, SmallAssistant

BASE = "https://roles.example/hr"


@pytest.mark.parametrize("question", ["Who has the bigger budget?", "Compare them"])
@pytest.mark.parametrize("write", [plain_copy, markdown_copy])
def test_a_copy_has_every_quote_title_and_whole_link(library: Library, question: str, write: object) -> None:
    answer = to_object(SmallAssistant(library).answer([question]))
    assert callable(write)
    text = write(answer, BASE, f"{BASE}/answers/x")
    assert answer["citations"]
    for citation in answer["citations"]:
        assert f"[{citation['number']}] “" in text
        assert f"{BASE}{citation['url']}" in text
        if write is plain_copy:
            assert f"“{citation['quote']}”\n    {citation['article_title']}\n" in text
    assert question in text
    assert f"{BASE}/answers/x" in text


def test_plain_text_has_no_markup_and_markdown_reads_as_what_was_shown(library: Library) -> None:
    answer = to_object(SmallAssistant(library).answer(["Compare them"]))
    assert not re.search(r"\*\*|\\|\| ", plain_copy(answer, BASE, None))
    assert answer["markdown"] in markdown_copy(answer, BASE, None)
    assert "This answer" not in markdown_copy(answer, BASE, None)


def test_a_title_with_markup_stays_a_title(library: Library) -> None:
    answer = to_object(SmallAssistant(library).answer(["budget?"]))
    cited = {**answer["citations"][0], "article_title": "A](http://evil.example) <b>", "quote": "*x* `y`"}
    text = markdown_copy({**answer, "citations": [cited]}, BASE, None)
    line = next(line for line in text.splitlines() if line.startswith("- "))
    assert line == (
        f"- [1] “\\*x\\* \\`y\\`” – [A\\](http://evil.example) \\<b\\>](<{BASE}/articles/{PAIR}{cited['url'][-4:]}>)"
    )
    assert "<b>" not in to_html(text, [1])


def test_the_question_that_stands_for_itself_heads_the_copy(library: Library) -> None:
    answer = to_object(SmallAssistant(library).answer(["And their teams?"]))
    assert plain_copy(answer, BASE, None).startswith("How big are the teams?")
