"""The help pages say what is true of this very server, and every page works under any path and address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.connections import server_config
from assistant.web.examples import example_questions
from assistant.web.help_pages import help_routes
from assistant.web.pages import Pages
from corpus.library import Library
from tests.web.reading import attributes_of
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

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
    addresses = [str(value) for name, value in attributes_of(page) if name in {"href", "src", "action"}]
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
    for attribute in ("data-theme", "data-colour", "data-title", "data-position", "data-question"):
        assert attribute in web_master
    employee = client.get("/help").text
    assert f"{len(library.articles)} articles" in employee
    for question in example_questions(library.articles.values()):
        assert f">{question}</a>" in employee


@pytest.mark.parametrize("root", ["", "/hr"])
@pytest.mark.parametrize(
    ("proxies", "sent", "said"),
    [
        ("", {}, "came straight"),
        ("", {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}, "<strong>not listed</strong>"),
        (
            "10.0.0.0/8",
            {"x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"},
            "through a proxy that is listed",
        ),
    ],
)
def test_the_web_master_is_shown_how_this_server_is_set_up(
    library: Library, tmp_path: Path, root: str, proxies: str, sent: dict[str, str], said: str
) -> None:
    """Seen through what Uvicorn puts between a proxy and the app."""
    origins = ("https://intranet.example", "http://wiki.example:8080")
    settings = Settings(data=tmp_path, root_path=root, embed_origins=origins, proxies=proxies)
    app = FastAPI()
    app.include_router(help_routes(SmallAssistant(library), Pages(), settings.embed_origins))
    config = server_config(app, settings)
    config.load()
    with TestClient(
        config.loaded_app, base_url="http://roles.example", root_path=root, client=("10.0.0.1", 1)
    ) as client:
        page = client.get(f"{root}/help/web-master", headers=sent).text
    scheme = "https" if "that is listed" in said else "http"
    assert f'src="{scheme}://roles.example{root}/widget.js" defer' in html.unescape(page)
    assert f"<code>{scheme}://roles.example{root}/</code>" in page
    assert "<code>https://intranet.example</code>, <code>http://wiki.example:8080</code></td>" in page
    assert (f"<td><code>{root}</code>, from" if root else "none: it stands at the top of its host") in page
    assert said in page


def test_a_web_master_without_settings_is_told_that_no_page_may_show_the_chat(client: TestClient) -> None:
    assert "none yet: <code>ROLEWISE_EMBED_ORIGINS</code> names no origin" in client.get("/help/web-master").text


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
