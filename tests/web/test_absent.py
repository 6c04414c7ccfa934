"""An address where there is nothing: people get a page that leads on, programs get a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.security import HEADERS
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NOWHERE = [
    "/nothing", "/nothing/here.php", "/articles/a/b", "/answers/none.txt", "/answers/a/b", "/static/rolewise/none.css",
    "/static/none.js", "/gradio_api/upload", "/login", "/%3Cscript%3E", "/healthz/more",
]  # fmt: skip


@pytest.fixture(scope="module", params=["", "/hr"])
def served(
    request: pytest.FixtureRequest, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, str]]:
    """A client, and the path that its server stands under."""
    root: str = request.param
    settings = Settings(data=Path(tmp_path_factory.mktemp("data")), root_path=root)
    app = create_app(SmallAssistant(library), settings, SmallRecords())
    with TestClient(app, base_url="http://localhost", root_path=root) as client:
        yield client, root


@pytest.mark.parametrize("path", NOWHERE)
def test_a_browser_gets_a_page_that_leads_to_the_chat_and_the_articles(
    served: tuple[TestClient, str], path: str
) -> None:
    client, root = served
    response = client.get(root + path, headers=BROWSER)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>There is no page at this address</h1>" in response.text
    assert f'href="{root}/articles">the list of all 2 articles</a>' in response.text
    assert f'href="{root}/">ask your question again</a>' in response.text
    assert "<script" not in response.text
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "Accept" in response.headers["vary"].split(", ")
    if path != "/static/none.js":  # Gradio's files answer GET alone
        assert client.head(root + path, headers=BROWSER).status_code == 404


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/event-stream"])
def test_a_program_gets_a_problem(served: tuple[TestClient, str], path: str, accept: str) -> None:
    client, root = served
    response = client.get(root + path, headers={"accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/api/articles/none", "/api/answers/none"])
def test_what_is_for_programs_stays_a_problem_whoever_asks(served: tuple[TestClient, str], path: str) -> None:
    client, root = served
    assert client.get(root + path, headers=BROWSER).headers["content-type"] == "application/problem+json"


def test_what_is_sent_to_nowhere_is_no_page_that_somebody_reads(served: tuple[TestClient, str]) -> None:
    client, root = served
    response = client.post(f"{root}/nothing", headers=BROWSER)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
