"""The list of articles with its search, and the index of roles."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.web.reader import ON_A_PAGE
from corpus.library import Library
from tests.web.reading import reading, spans_of
from tests.web.small_assistant import PAIR


def test_the_list_names_every_article_with_its_roles(client: TestClient, library: Library) -> None:
    page = client.get("/articles").text
    for article in library.articles.values():
        assert f'href="/articles/{article.id}">{article.title}</a>' in page
        assert all(f">{role}</a></li>" in page for role in article.roles)


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
