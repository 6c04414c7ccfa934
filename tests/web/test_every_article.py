"""Every shipped article is read aloud as it is: nothing lost, nothing twice, every sentence at its own address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.web.approved import NoApprovals
from assistant.web.article_view import parts_of
from assistant.web.pages import Pages
from assistant.web.reader import reader_routes
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant


@pytest.fixture(scope="module")
def reading(shipped_library: Library) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(reader_routes(SmallAssistant(shipped_library), NoApprovals(), Pages()))
    with TestClient(app) as client:
        yield client


def test_every_sentence_of_every_article_stands_once_at_its_own_anchor(
    reading: TestClient, shipped_library: Library
) -> None:
    for article in shipped_library.articles.values():
        page = reading.get(f"/articles/{article.id}").text
        found = re.findall(r'<span class="sentence" id="s(\d+)">(.*?)</span>', page, re.DOTALL)
        wanted = [(str(one.number), article.quote(one.span)) for one in article.sentences()]
        assert [(number, unescape(text)) for number, text in found] == wanted
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_no_letter_of_an_article_is_lost(shipped_library: Library) -> None:
    for article in shipped_library.articles.values():
        shown = article.title + "".join(
            piece.text for part in parts_of(article) for line in part.lines for piece in line
        )
        assert "".join(shown.split()) == "".join(article.text.split())


def test_everything_is_in_the_list(reading: TestClient, shipped_library: Library) -> None:
    listed = "".join(_pages(reading))
    assert all(f'href="/articles/{name}"' in listed for name in shipped_library.articles)
    roles = reading.get("/roles").text
    assert roles.count("<h3>") == len(shipped_library.roles())


def _pages(reading: TestClient) -> Iterator[str]:
    """Yield the pages of the list, each reached by the link on the one before."""
    address = "/articles"
    while address:
        page = reading.get(address).text
        yield page
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = unescape(following[1]) if following else ""
