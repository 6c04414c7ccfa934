"""An article on its page: every sentence word for word, and nothing in it comes to life."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.web.approved import ApprovedAnswer
from assistant.web.article_view import Kind, parts_of
from assistant.web.reader import sentence_numbers, web_address
from corpus.article import Article, Section, Sentence, Span
from corpus.library import Library, load_library
from tests.web.reading import attributes_of, reading, spans_of
from tests.web.small_assistant import PAIR, two_articles

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
    assert all(f">{role}</a></li>" in page for role in article.roles)
    assert all(f">{section.heading}</h2>" in page for section in article.sections if section.heading)


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
    with reading(library) as client:
        for page in (client.get("/articles").text, client.get("/articles/baker-vs-butcher").text):
            assert not {"script", "b"} & set(spans_of(page).tags)
            assert "49" not in page
        page = client.get("/articles/baker-vs-butcher").text
        assert "onerror" not in [name for name, _ in attributes_of(page)]
        article = library.articles["baker-vs-butcher"]
        assert spans_of(page).texts == {f"s{one.number}": article.quote(one.span) for one in article.sentences()}


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


def test_a_line_that_leads_in_is_no_heading_and_of_two_headings_the_lower_one_is_linked() -> None:
    text = "A vs B\n\nMoney\n\nPay\n\nTwo rules:\n\nA earns."
    section = Section("Pay", None, (Sentence(1, Span(32, 40), ("A",)),))
    parts = list(parts_of(Article("a", "A vs B", text, ("A", "B"), (section,))))
    assert [(part.kind, part.opens) for part in parts] == [
        (Kind.HEADING, None), (Kind.HEADING, 1), (Kind.PARAGRAPH, 1), (Kind.PARAGRAPH, 1),
    ]  # fmt: skip


def test_every_section_is_in_the_contents_and_every_link_within_the_page_leads_somewhere(
    client: TestClient, library: Library
) -> None:
    for article in library.articles.values():
        page = client.get(f"/articles/{article.id}?numbers=1&cited=3").text
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        contents = page.split('<nav id="contents"')[1]
        assert all(f">{section.heading}</a>" in contents for section in article.sections if section.heading)


def test_sentence_numbers_are_shown_when_asked_for_and_are_no_part_of_the_sentence(
    client: TestClient, library: Library
) -> None:
    assert 'aria-label="Sentence 3"' not in client.get(f"/articles/{PAIR}?cited=3").text
    page = client.get(f"/articles/{PAIR}?cited=3&numbers=1").text
    assert '<a class="number" href="#s3" aria-label="Sentence 3">3</a>' in page
    assert 'href="?cited=3">Hide sentence numbers' in page
    article = library.articles[PAIR]
    assert spans_of(page).texts == {f"s{one.number}": article.quote(one.span) for one in article.sentences()}


def test_sentences_that_are_cited_are_listed_for_who_cannot_see_the_mark(client: TestClient) -> None:
    page = client.get(f"/articles/{PAIR}?cited=7,3,9999").text
    assert re.findall(r'<a href="#s(\d+)">number', page) == ["3", "7"]


def test_questions_about_an_article_wait_in_the_chat(client: TestClient) -> None:
    page = client.get(f"/articles/{PAIR}").text
    question = "Compare Operations Manager and Production Manager"
    assert f'href="/?q={quote(question)}">{question}</a>' in page


@pytest.mark.parametrize(
    ("source", "link", "host"),
    [
        ("https://Intranet.example/a?b=1", "https://Intranet.example/a?b=1", "intranet.example"),
        ("javascript:alert(1)", "", ""),
        ("data:text/html,x", "", ""),
        ("//evil.example", "", ""),
        ("http://[x", "", ""),
        ("the staff handbook", "", ""),
        (None, "", ""),
    ],
)
def test_only_a_web_address_becomes_a_link(source: str | None, link: str, host: str) -> None:
    assert web_address(source) == (link, host)


def test_the_source_of_an_article_is_told(library: Library) -> None:
    article = library.articles[PAIR]
    for source, shown in (
        ("https://intranet.example/p?a=1&b", 'href="https://intranet.example/p?a=1&amp;b" rel="noreferrer"'),
        ("the <b>handbook", '<span class="origin">the &lt;b&gt;handbook</span>'),
    ):
        with reading(replace(library, articles={PAIR: replace(article, source=source)})) as client:
            assert shown in client.get(f"/articles/{PAIR}").text


class OneApproval:
    """Knows of one approved answer about the pair."""

    def citing(self, article_id: str) -> tuple[ApprovedAnswer, ...]:
        answer = ApprovedAnswer("Who <i>pays</i>?", "/answers/abc", (3, 7), date(2026, 11, 2))
        return (answer,) if article_id == PAIR else ()


def test_approved_answers_are_shown_beside_the_article_they_cite(library: Library) -> None:
    with reading(library, OneApproval()) as client:
        page = client.get(f"/articles/{PAIR}").text
        assert 'href="/answers/abc">Who &lt;i&gt;pays&lt;/i&gt;?</a>' in page
        assert 'href="#s7">sentence 7</a>' in page
        assert "2 November 2026" in page
        assert "Approved answers" not in client.get("/articles/head-chef-vs-sous-chef").text


def test_findings_are_shown_without_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "baker-vs-butcher.html").write_text(
        "<html><body><article><h1>Baker vs Butcher</h1><h2>Zzz</h2><p>A Baker bakes bread. A Butcher cuts meat.</p>"
        "<p hidden>The boss's salary is a secret.</p></article></body></html>",
        encoding="utf-8",
    )
    library = load_library([tmp_path])
    assert any("secret" in finding.message for finding in library.findings)
    with reading(library) as client:
        page = client.get("/articles/baker-vs-butcher").text
        assert "names no topic that is known" in page
        assert "It has no date" in page
        assert "secret" not in page
    with reading(two_articles(tmp_path)) as client:
        assert "For whoever keeps the articles" not in client.get(f"/articles/{PAIR}").text


def test_an_article_names_the_one_that_sees_it_differently(library: Library) -> None:
    article = library.articles[PAIR]
    articles = {**library.articles, PAIR: replace(article, disagrees_with="head-chef-vs-sous-chef")}
    with reading(replace(library, articles=articles)) as client:
        assert 'href="/articles/head-chef-vs-sous-chef">Head Chef' in client.get(f"/articles/{PAIR}").text
