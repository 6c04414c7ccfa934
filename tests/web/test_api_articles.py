"""The JSON side: the articles, and the text that citations count in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from corpus.library import Library
from tests.web.small_assistant import PAIR, SmallAssistant, two_articles
from tests.web.small_records import SmallRecords


def test_the_articles_are_listed_with_what_one_chooses_by(client: TestClient, library: Library) -> None:
    listed = client.get("/api/articles").json()
    assert (listed["total"], listed["offset"], listed["limit"]) == (2, 0, 50)
    assert [entry["id"] for entry in listed["articles"]] == sorted(library.articles)
    for entry in listed["articles"]:
        article = library.articles[entry["id"]]
        assert entry["title"] == article.title
        assert entry["roles"] == list(article.roles)
        assert entry["sentences"] == len(list(article.sentences()))
        assert client.get(entry["url"]).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"role": "Sous Chef"}, ["head-chef-vs-sous-chef"]),
        ({"role": "sous chef"}, []),
        ({"text": "ops mgr"}, ["operations-manager-vs-production-manager"]),
        ({"text": "menu"}, ["head-chef-vs-sous-chef"]),
        ({"topic": "budget and money", "role": "Operations Manager"}, ["operations-manager-vs-production-manager"]),
        ({"offset": 1}, ["operations-manager-vs-production-manager"]),
        ({"limit": 1}, ["head-chef-vs-sous-chef"]),
        ({"offset": 2}, []),
    ],
)
def test_the_list_is_narrowed_and_paged(client: TestClient, wanted: dict[str, object], found: list[str]) -> None:
    listed = client.get("/api/articles", params=wanted).json()
    assert [entry["id"] for entry in listed["articles"]] == found


@pytest.mark.parametrize("wanted", ["rolle=Chef", "limit=0", "limit=201", "offset=-1", "limit=x", f"text={'x' * 201}"])
def test_a_parameter_that_makes_no_sense_is_refused_not_ignored(client: TestClient, wanted: str) -> None:
    response = client.get(f"/api/articles?{wanted}")
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert wanted.split("=")[0] in response.json()["detail"]


def test_an_article_is_its_text_and_where_its_sentences_stand_in_it(client: TestClient, library: Library) -> None:
    for article in library.articles.values():
        told = client.get(f"/api/articles/{article.id}").json()
        assert told["text"] == article.text
        sentences = [sentence for section in told["sections"] for sentence in section["sentences"]]
        assert [one["number"] for one in sentences] == [one.number for one in article.sentences()]
        assert [one["roles"] for one in sentences] == [list(one.roles) for one in article.sentences()]
        assert all(told["text"][one["start"] : one["end"]] == one["quote"] for one in sentences)
        assert [section["topic"] for section in told["sections"]] == [one.topic for one in article.sections]


def test_the_library_is_read_anew_for_every_request(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assistant = SmallAssistant(two_articles(tmp_path / "one"))
    app = create_app(assistant, Settings(data=tmp_path), SmallRecords())
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/api/articles").json()["total"] == 2
        less = {PAIR: assistant.library.articles[PAIR]}
        assistant.library = replace(assistant.library, articles=less)
        assert client.get("/api/articles").json()["total"] == client.get("/readyz").json()["articles"] == 1
        assert client.get("/api/articles/head-chef-vs-sous-chef").status_code == 404
        assert client.get("/articles/head-chef-vs-sous-chef").status_code == 404
        assert "Sous Chef" not in client.get("/articles").text + client.get("/roles").text + client.get("/help").text
