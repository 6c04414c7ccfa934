from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.article_view import Kind, parts_of
from assistant.web.reader import sentence_numbers
from corpus.article import Article, Section, Sentence, Span
from corpus.library import Library, load_library
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

HOSTILE = """---
title: "Baker <script>alert(1)</script> vs Butcher"
roles: ["Baker", "Butcher"]
date: 2026-01-02
---

## Pay & "quotes" <b>

A Baker earns less than <img src=x onerror=alert(2)> expects & more.
A Butcher says {{ 7 * 7 }} </span></p><script>alert(3)</script>.

- A Baker rises early.
- A Butcher rises late.
"""


class Spans(HTMLParser):
    """Collects the text of every element that has an id `s<n>`, and the names of all elements."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.classes: dict[str, str] = {}
        self.tags: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "span" and given.get("id"):
            self._open = str(given["id"])
            self.texts[self._open] = ""
            self.classes[self._open] = str(given.get("class"))

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag == "span" else self._open

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open] += data


def spans_of(page: str) -> Spans:
    spans = Spans()
    spans.feed(page)
    return spans


def test_every_sentence_is_on_its_page_word_for_word_under_its_number(client: TestClient, library: Library) -> None:
    for article in library.articles.values():
        spans = spans_of(client.get(f"/articles/{article.id}").text)
        assert spans.texts == {f"s{one.number}": article.quote(one.span) for one in article.sentences()}


def test_the_page_shows_title_roles_date_and_headings(client: TestClient, library: Library) -> None:
    page = client.get(f"/articles/{PAIR}").text
    article = library.articles[PAIR]
    assert f"<h1>{article.title}</h1>" in page
    assert article.date is not None
    assert f'datetime="{article.date.isoformat()}"' in page
    assert all(f"<li>{role}</li>" in page for role in article.roles)
    assert all(f"<h2>{section.heading}</h2>" in page for section in article.sections if section.heading)


def test_the_page_needs_no_script_and_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"/articles/{PAIR}").text
    assert "script" not in spans_of(page).tags
    assert "http://" not in page
    assert "https://" not in page


def test_more_sentences_can_be_marked(client: TestClient) -> None:
    classes = spans_of(client.get(f"/articles/{PAIR}?cited=3,7").text).classes
    assert {name for name, given in classes.items() if "cited" in given} == {"s3", "s7"}


@pytest.mark.parametrize("text", ["", "x", "3;7", "-1", "²", "9" * 50, ",,"])
def test_numbers_that_are_none_are_passed_over(text: str) -> None:
    assert sentence_numbers(text) == frozenset()


def test_the_text_of_an_article_comes_to_life_nowhere(tmp_path: Path) -> None:
    (tmp_path / "baker-vs-butcher.md").write_text(HOSTILE, encoding="utf-8")
    library = load_library([tmp_path])
    app = create_app(SmallAssistant(library), Settings(data=tmp_path), SmallRecords())
    with TestClient(app, base_url="http://localhost") as client:
        for page in (client.get("/articles").text, client.get("/articles/baker-vs-butcher").text):
            assert not {"script", "b"} & set(spans_of(page).tags)
            assert "49" not in page
        page = client.get("/articles/baker-vs-butcher").text
        assert "onerror" not in [name for name, _ in _attributes(page)]
        article = library.articles["baker-vs-butcher"]
        assert spans_of(page).texts == {f"s{one.number}": article.quote(one.span) for one in article.sentences()}


def _attributes(page: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []

    class Attributes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del tag
            found.extend(attrs)

    Attributes().feed(page)
    return found


def test_the_list_names_every_article_with_its_roles(client: TestClient, library: Library) -> None:
    page = client.get("/articles").text
    for article in library.articles.values():
        assert f'href="/articles/{article.id}">{article.title}</a>' in page
        assert all(f"<li>{role}</li>" in page for role in article.roles)


@pytest.mark.parametrize("name", ["nothing", "nothing/", "<script>", "..%2f..%2fetc%2fpasswd"])
def test_a_missing_article_gets_a_page_that_says_what_to_do(client: TestClient, name: str) -> None:
    response = client.get(f"/articles/{name}")
    assert response.status_code == 404
    if "%2f" not in name:
        assert 'href="/articles">the list of all 2 articles</a>' in response.text
    assert "<script>" not in response.text


def test_labels_and_lists_are_kept_and_a_blank_line_inside_a_sentence_does_not_split_it() -> None:
    text = "A vs B\n\nPay: A earns.\nB earns\n\nless.\nC.\n\nNobody\n\n"
    spans = [Span(13, 21), Span(22, 36), Span(37, 39)]
    sentences = tuple(Sentence(number, span, ("A",)) for number, span in enumerate(spans, start=1))
    article = Article("a", "A vs B", text, ("A", "B"), (Section("Pay", None, sentences),))
    parts = list(parts_of(article))
    assert [part.kind for part in parts] == [Kind.PARAGRAPH, Kind.LIST, Kind.HEADING]
    assert [piece.text for piece in parts[0].lines[0]] == ["Pay: ", "A earns."]
    assert [[piece.text for piece in line] for line in parts[1].lines] == [["B earns\n\nless."], ["C."]]
    assert parts[2].lines[0][0].text == "Nobody"
