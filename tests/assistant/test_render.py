"""An answer as Markdown, as the object of the contract, and as text for a terminal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Claim, Comparison, Reason, Row, Verdict
from assistant.chat import Assistant
from assistant.render import NOT_STATED, escape, to_markdown, to_object, to_text
from corpus.library import Library
from tests.assistant.pieces import BUDGET, CREW, MONEY, SOFTWARE, TEAMS, answer, article_saying, citation, claim

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])  # "commonmark" lets HTML through
MARKUP = "\\`*_{}[]()<>#|~$!&;:/-+=\"'.1a \n"
WORDS = st.text(alphabet=MARKUP, min_size=1, max_size=40) | st.text(
    st.characters(exclude_characters="\0", codec="utf-8"),  # Markdown shows U+0000 as U+FFFD
    min_size=1,
    max_size=40,
)
ROLES = ("Operations Manager", "Production Manager")


def shown(markdown: str) -> str:
    """Return what is plain text once the Markdown is rendered; the words of code, images and HTML are missing."""
    inline = [token for token in MARKDOWN.parse(markdown) if token.type == "inline"]
    return "".join(child.content for token in inline for child in token.children or () if child.type == "text")


def saying(text: str) -> Claim:
    article = article_saying(text)
    cited = Citation(article, article.sections[0], article.sections[0].sentences[0])
    return Claim(" ".join(text.split()), ("Baker",), None, Verdict.SUPPORTED, (cited,))


@given(WORDS.filter(str.strip))
def test_whatever_an_article_says_is_shown_letter_by_letter(text: str) -> None:
    said = " ".join(text.split())
    assert shown(f"So: {escape(text)} [1]") == f"So: {said} [1]"
    assert shown(to_markdown(answer(saying(text)))) in {f"Baker: {said} [1]", f"Baker: Bread: {said} [1]"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Decides", "Baker: Bread: Decides [1]"),  # a cell
        ("The Baker decides.", "Baker: The Baker decides. [1]"),  # a sentence
        ("Everything that has to do with flour and yeast", "Baker: Everything that has to do with flour and yeast [1]"),
    ],
)
def test_a_few_words_that_are_no_sentence_stand_beside_their_heading(text: str, line: str) -> None:
    assert shown(to_markdown(answer(saying(text)))) == line


@given(WORDS.filter(str.strip))
def test_whatever_an_article_says_fits_in_its_cell(text: str) -> None:
    said = " ".join(text.split())
    table = Comparison(("Baker", "Butcher"), (Row(said, (0, None)),))
    markdown = to_markdown(answer(saying(text), comparison=table))
    assert len([token for token in MARKDOWN.parse(markdown) if token.type == "td_open"]) == 3
    assert shown(markdown) == f"BakerButcher{said}{said} [1]{NOT_STATED}"


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://example.org/x.png)",  # an image
        "[x](http://example.org)",  # a link
        "<script>alert(1)</script>",  # HTML
        "<http://example.org>",  # a link in brackets
        "a | b",  # a cell
        "`rm` **now** ~~not~~",  # code, bold, struck out
        "&lt;b&gt; &copy;",  # entities
        "C:\\*.txt \\",  # backslashes
        "$x$",  # a formula
    ],
)
def test_nothing_in_an_article_comes_to_life(text: str) -> None:
    assert shown(to_markdown(answer(saying(text)))) in {f"Baker: {text} [1]", f"Baker: Bread: {text} [1]"}


def test_citations_are_numbered_in_the_order_of_use_and_each_once(small_library: Library) -> None:
    again = claim(small_library, CREW, citations=(citation(small_library, CREW), citation(small_library, BUDGET)))
    made = answer(claim(small_library, BUDGET), again, claim(small_library, MONEY))
    assert [line[line.index("[") :] for line in to_markdown(made).split("\n\n")] == ["[1]", "[2][1]", "[3]"]
    assert [one["citations"] for one in to_object(made)["claims"]] == [[1], [2, 1], [3]]
    assert [one["number"] for one in to_object(made)["citations"]] == [1, 2, 3]


def test_a_page_may_draw_its_own_markers(small_library: Library) -> None:
    markdown = to_markdown(answer(claim(small_library, BUDGET)), lambda cited, number: f"({number}: {cited.url})")
    assert markdown.endswith(f"(1: {citation(small_library, BUDGET).url})")


def test_the_message_stands_above_the_claims(small_library: Library) -> None:
    made = answer(claim(small_library, CREW), message="By the way.")
    assert to_markdown(made).startswith("By the way.\n\n**Production Manager:** The Production Manager leads one crew")
    assert to_markdown(answer(message="No.")) == "No."


def test_a_comparison_is_a_table_with_a_column_for_each_role(small_library: Library) -> None:
    claims = [claim(small_library, words) for words in (TEAMS, CREW, SOFTWARE)]
    table = Comparison(ROLES, (Row("Team", (0, 1)), Row("Technology", (2, None))))
    lines = to_markdown(answer(*claims, comparison=table)).splitlines()
    assert [len(line.split("|")) for line in lines] == [5, 5, 5, 5]
    assert lines[0] == "|  | Operations Manager | Production Manager |"
    assert lines[3].startswith("| **Technology** | The Operations Manager chooses the software")
    assert lines[3].endswith(f" [3] | *{NOT_STATED}* |")


def test_the_object_has_the_fields_of_the_contract_in_their_order(small_library: Library) -> None:
    made = to_object(answer(claim(small_library, BUDGET)))
    assert list(made) == [
        "schema", "id", "question", "standalone_question", "outcome", "reason", "markdown", "claims", "citations",
        "conflicts", "suggestions", "confidence", "elapsed_ms",
    ]  # fmt: skip
    assert list(made["claims"][0]) == ["text", "roles", "topic", "verdict", "citations"]
    assert list(made["citations"][0]) == [
        "number", "article_id", "article_title", "heading", "roles", "quote", "start", "end", "url",
    ]  # fmt: skip


def test_the_object_says_what_the_answer_says(small_library: Library) -> None:
    made = answer(
        claim(small_library, BUDGET), claim(small_library, MONEY),
        reason=Reason.PAIR_NOT_COMPARED, conflicts=((0, 1),), suggestions=("Why?",), confidence=0.123456, elapsed_ms=8,
    )  # fmt: skip
    said = to_object(made)
    assert (said["schema"], said["id"], said["question"]) == ("rolewise.answer/1", "7", "Who?")
    assert (said["outcome"], said["reason"]) == ("answered", "pair_not_compared")
    assert (said["conflicts"], said["suggestions"]) == ([[0, 1]], ["Why?"])
    assert (said["confidence"], said["elapsed_ms"]) == (0.1235, 8)
    assert said["claims"][1]["topic"] == "budget and money"
    assert said["claims"][1]["verdict"] == "supported"
    assert said["markdown"] == to_markdown(made)
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize(
    "question",
    ["Who has the larger budget?", "Compare head chef and sous chef", "What does an EA do?", "What does a chef earn?"],
)
def test_a_quote_is_the_text_between_its_offsets(model_assistant: Assistant, question: str) -> None:
    said = to_object(model_assistant.answer([question]))
    assert bool(said["citations"]) == (said["outcome"] == "answered")
    for cited in said["citations"]:
        article = model_assistant.library.articles[cited["article_id"]]
        assert article.text[cited["start"] : cited["end"]] == cited["quote"] != ""
        assert cited["article_title"] == article.title
    assert {number for one in said["claims"] for number in one["citations"]} == {
        cited["number"] for cited in said["citations"]
    }


def test_a_terminal_shows_the_sources_word_for_word_and_what_to_ask_next(small_library: Library) -> None:
    made = answer(claim(small_library, CREW), suggestions=("Why?",))
    cited = citation(small_library, CREW)
    assert to_text(made).split("\n\n") == [
        to_markdown(made),
        f"[1] “{cited.quote}” ({cited.article.title}; {cited.url})",
        "You could ask:\n- Why?",
    ]


def test_a_terminal_shows_no_empty_lists() -> None:
    made: Answer = replace(answer(), message="No.")
    assert to_text(made) == "No."
