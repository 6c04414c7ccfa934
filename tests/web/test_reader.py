from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.approved import Approvals, ApprovedAnswer, NoApprovals
from assistant.web.article_view import Kind, parts_of
from assistant.web.examples import example_questions
from assistant.web.pages import Pages
from assistant.web.reader import ON_A_PAGE, reader_routes, sentence_numbers, web_address
from corpus.article import Article, Section, Sentence, Span
from corpus.library import Library, load_library
from tests.web.small_assistant import PAIR, SmallAssistant, two_articles
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
        assert all(f">{role}</a></li>" in page for role in article.roles)


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


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["head-chef-vs-sous-chef", PAIR]),
        ("?text=ops+mgr", [PAIR]),
        ("?text=menu", ["head-chef-vs-sous-chef"]),
        ("?role=Sous+Chef", ["head-chef-vs-sous-chef"]),
        ("?topic=budget+and+money&role=Operations+Manager", [PAIR]),
        ("?text=zebra", []),
        (f"?text={'x+' * 5000}", []),
        ("?page=7", ["head-chef-vs-sous-chef", PAIR]),
        ("?page=x", ["head-chef-vs-sous-chef", PAIR]),
        ("?page=0", ["head-chef-vs-sous-chef", PAIR]),
    ],
)
def test_the_list_can_be_searched(client: TestClient, wanted: str, found: list[str]) -> None:
    response = client.get(f"/articles{wanted}")
    assert response.status_code == 200
    assert re.findall(r'<h2><a href="/articles/([a-z-]+)', response.text) == found
    assert ("No article fits." in response.text) is not bool(found)


def test_what_was_searched_stays_in_the_form_and_comes_to_life_nowhere(client: TestClient) -> None:
    page = client.get("/articles", params={"text": '"><script>x</script>', "role": "Sous Chef"}).text
    assert "script" not in spans_of(page).tags
    assert 'value="&#34;&gt;&lt;script&gt;x&lt;/script&gt;"' in page
    assert "<option selected>Sous Chef</option>" in page


def test_a_search_shows_the_sentence_and_leads_to_it(client: TestClient, library: Library) -> None:
    page = client.get("/articles?text=cost+centres").text
    article = library.articles[PAIR]
    number, *_ = re.findall(rf'href="/articles/{PAIR}\?cited=(\d+)#s\1"', page)
    sentence = next(one for one in article.sentences() if one.number == int(number))
    assert "cost centres" in article.quote(sentence.span)
    assert "<mark>cost</mark> <mark>centres</mark>" in page


def test_a_topic_leads_to_the_section_on_it(client: TestClient, library: Library) -> None:
    section = next(one for one in library.articles[PAIR].sections if one.topic == "budget and money")
    page = client.get("/articles?topic=budget+and+money").text
    assert f'href="/articles/{PAIR}#s{section.sentences[0].number}"' in page


def test_a_long_list_is_cut_into_pages(library: Library) -> None:
    article = library.articles[PAIR]
    many = {f"a-{number:03}": replace(article, id=f"a-{number:03}") for number in range(2 * ON_A_PAGE + 1)}
    with reading(replace(library, articles=many)) as client:
        seen: list[str] = []
        for page in ("1", "2", "3"):
            text = client.get(f"/articles?text=budget&page={page}").text
            seen += re.findall(r'<h2><a href="/articles/(a-\d+)', text)
        assert sorted(seen) == sorted(many)
        middle = client.get("/articles?text=budget&page=2").text
        assert 'href="/articles?text=budget&amp;page=1" rel="prev"' in middle
        assert 'href="/articles?text=budget&amp;page=3" rel="next"' in middle
        assert "Page 2 of 3" in middle


def test_every_role_is_in_the_index_with_its_articles(client: TestClient, library: Library) -> None:
    page = client.get("/roles").text
    for role in library.roles():
        assert f'<h3><a href="/articles?role={quote(role)}">{role}</a></h3>' in page
    assert page.count(f'href="/articles/{PAIR}"') == len(library.articles[PAIR].roles)


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


PAGES = [
    "/articles", "/articles?text=budget", f"/articles/{PAIR}", "/articles/none", "/roles", "/help",
    "/help/web-master", "/help/reviewer", "/help/none", "/docs",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_a_final_slash_and_to_head(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.text.count("<h1>") == 1
    assert '<html lang="en">' in response.text
    slashed = "/?".join(path.split("?")) if "?" in path else f"{path}/"
    assert client.get(slashed, follow_redirects=False).content == response.content
    head = client.head(path, follow_redirects=False)
    assert (head.status_code, head.content) == (response.status_code, b"")


@pytest.mark.parametrize("path", PAGES)
def test_every_link_stays_under_the_path_that_the_server_stands_under(below: TestClient, path: str) -> None:
    page = below.get(f"/hr{path}").text
    addresses = [str(value) for name, value in _attributes(page) if name in {"href", "src", "action"}]
    assert addresses
    assert all(address.startswith(("/hr/", "#", "?")) for address in addresses)
    for address in {address.split("#")[0].split("?")[0] for address in addresses if address.startswith("/hr/")}:
        assert address == "/hr/" or below.head(address).status_code == 200, address


def test_the_help_pages_are_true_of_the_server_they_are_on(client: TestClient, library: Library) -> None:
    web_master = client.get("/help/web-master").text
    assert "&lt;script src=&#34;" not in web_master
    assert 'src="http://127.0.0.1/widget.js" defer' in html.unescape(web_master)
    for name in Settings.model_fields:
        assert f"ROLEWISE_{name.upper()}" in web_master
    named = set(re.findall(r"ROLEWISE_([A-Z_]*[A-Z])", web_master))
    assert named == {name.upper() for name in Settings.model_fields}
    for attribute in ("data-theme", "data-title", "data-position", "data-question"):
        assert attribute in web_master
    employee = client.get("/help").text
    assert f"{len(library.articles)} articles" in employee
    for question in example_questions(library.articles.values()):
        assert f">{question}</a>" in employee


def test_the_values_of_settings_are_shown_to_nobody(library: Library, tmp_path: Path) -> None:
    app = create_app(SmallAssistant(library), Settings(data=tmp_path, hosts="hidden.example"), SmallRecords())
    with TestClient(app, base_url="http://localhost") as client:
        page = client.get("/help/web-master").text
        assert "hidden.example" not in page
        assert str(tmp_path) not in page


@pytest.fixture(scope="module")
def below(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a server that stands under /hr."""
    app = create_app(SmallAssistant(library), Settings(data=tmp_path_factory.mktemp("data")), SmallRecords())
    with TestClient(app, base_url="http://localhost", root_path="/hr") as client:
        yield client


def reading(library: Library, approvals: Approvals | None = None) -> TestClient:
    """Return a client of the reader alone: the chat takes a second to put together."""
    app = FastAPI()
    app.include_router(reader_routes(SmallAssistant(library), approvals or NoApprovals(), Pages()))
    return TestClient(app)
