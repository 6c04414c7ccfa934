"""The bare chat, the script of the widget and the JSON side, for pages of the origins that are named."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.embedding import WIDGET_SECONDS
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords

INTRANET = "https://intranet.example"

WIKI = "http://wiki.example:8080"


@pytest.fixture(scope="module")
def open_client(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = Path(tmp_path_factory.mktemp("data"))
    settings = Settings(data=data, embed_origins=(INTRANET, WIKI))
    app = create_app(SmallAssistant(library), settings, SmallRecords())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def ancestors(policy: str) -> str:
    (found,) = (part.strip() for part in policy.split(";") if part.strip().startswith("frame-ancestors"))
    return found


@pytest.mark.parametrize("path", ["/embed", "/embed/", "/embed?theme=dark", "/embed?q=x"])
def test_without_named_origins_nobody_may_frame_the_chat(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert ancestors(headers["content-security-policy"]) == "frame-ancestors 'none'"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/embed", "/embed?q=Who%20leads%3F", "/embed?theme=dark&__theme=dark"])
def test_named_origins_alone_may_frame_the_bare_chat(open_client: TestClient, path: str) -> None:
    answer = open_client.get(path, follow_redirects=False)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert ancestors(policy) == f"frame-ancestors {INTRANET} {WIKI}"
    assert "script-src 'self'" in policy
    assert "x-frame-options" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/?embed", "/articles", "/embedded", "/embed/x", "/embed/config", "/x/embed", "/api/ask", "/widget.js"],
)
def test_nothing_but_the_bare_chat_may_be_framed(open_client: TestClient, path: str) -> None:
    headers = open_client.get(path).headers
    assert ancestors(headers["content-security-policy"]) == "frame-ancestors 'none'"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/embed/", "/embed"),
        ("/embed/?q=a", "/embed?q=a"),
        ("/embed?theme=dark", "/embed?theme=dark&__theme=dark"),
        ("/embed?theme=light&q=a+b", "/embed?theme=light&q=a+b&__theme=light"),
        ("/embed/?theme=dark&__theme=light", "/embed?theme=dark&__theme=dark"),
    ],
)
def test_a_final_slash_and_a_theme_lead_to_the_page(open_client: TestClient, asked: str, led: str) -> None:
    answer = open_client.get(asked, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, led)
    assert open_client.get(led, follow_redirects=False).status_code == 200


@pytest.mark.parametrize("theme", ["auto", "", "pink", "dark%0d%0aX-Evil:1"])
def test_a_theme_that_is_none_is_passed_over(open_client: TestClient, theme: str) -> None:
    assert open_client.get(f"/embed?theme={theme}", follow_redirects=False).status_code == 200


def test_the_page_tells_its_script_whom_to_talk_to(open_client: TestClient, client: TestClient) -> None:
    meta = '<meta name="rolewise-embed-origins" content="{}">'
    assert meta.format(f"{INTRANET} {WIKI}") in open_client.get("/embed/config").json()["head"]
    assert meta.format("") in client.get("/embed/config").json()["head"]


@pytest.mark.parametrize("path", ["/embed/gradio_api/upload", "/embed/gradio_api/info", "/embed/login"])
def test_the_bare_chat_opens_no_second_door(open_client: TestClient, path: str) -> None:
    assert open_client.get(path).status_code == 404


@pytest.mark.parametrize("origin", [INTRANET, WIKI])
def test_named_origins_may_call_the_api_without_cookies(open_client: TestClient, origin: str) -> None:
    wanted = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    allowed = open_client.options("/api/ask", headers=wanted)
    assert allowed.status_code == 200
    answer = open_client.post("/api/ask", json={"question": "Who has the bigger budget?"}, headers={"origin": origin})
    assert answer.json()["outcome"] == "answered"
    for headers in (allowed.headers, answer.headers):
        assert headers["access-control-allow-origin"] == origin
        assert "Origin" in headers["vary"]
        assert "access-control-allow-credentials" not in headers


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://intranet.example", "https://intranet.example.evil.example",
     "https://intranet.example:8443", "https://x.intranet.example", "https://INTRANET.example"],
)  # fmt: skip
def test_other_origins_may_not_call_the_api(open_client: TestClient, origin: str) -> None:
    wanted = {"origin": origin, "access-control-request-method": "POST"}
    refused = open_client.options("/api/ask", headers=wanted)
    answer = open_client.post("/api/ask", json={"question": "Who leads?"}, headers={"origin": origin})
    assert refused.status_code == 400
    for headers in (refused.headers, answer.headers):
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path", ["/", "/embed", "/config", "/embed/config", "/articles", "/gradio_api/info", "/readyz"]
)
def test_named_origins_may_read_nothing_but_the_api(open_client: TestClient, path: str) -> None:
    assert "access-control-allow-origin" not in open_client.get(path, headers={"origin": INTRANET}).headers


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_named_origins_may_only_ask_and_read(open_client: TestClient, method: str) -> None:
    wanted = {"origin": INTRANET, "access-control-request-method": method}
    assert open_client.options("/api/ask", headers=wanted).status_code == 400


def test_the_widget_is_a_small_script_that_every_page_may_load(client: TestClient) -> None:
    script = client.get("/widget.js")
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert script.headers["cache-control"] == f"public, max-age={WIDGET_SECONDS}"
    assert script.headers["x-content-type-options"] == "nosniff"
    assert script.headers["content-encoding"] == "gzip"
    assert int(script.headers["content-length"]) < 5 * 1024
    plain = client.get("/widget.js", headers={"accept-encoding": "identity"})
    assert plain.text == script.text
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < 5 * 1024
    assert client.head("/widget.js").status_code == 200


def test_an_unchanged_widget_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/widget.js").headers["etag"]
    again = client.get("/widget.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cross-origin-resource-policy"] == "cross-origin"
    assert client.get("/widget.js", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/rolewise/chat.js", "/articles", "/healthz"])
def test_the_rest_stays_unreadable_for_other_pages(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cross-origin-resource-policy"] == "same-origin"


def test_the_widget_stands_under_the_path_of_a_proxy(library: Library, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, embed_origins=(INTRANET,), root_path="/hr")
    app = create_app(SmallAssistant(library), settings, SmallRecords())
    with TestClient(app, base_url="http://127.0.0.1", root_path="/hr") as client:
        assert client.get("/hr/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
        page = client.get("/hr/embed")
        assert page.status_code == 200
        assert ancestors(page.headers["content-security-policy"]) == f"frame-ancestors {INTRANET}"
        assert client.get("/hr/embed/", follow_redirects=False).headers["location"] == "/hr/embed"
        assert client.get("/hr/embed/config").json()["root"] == "http://127.0.0.1/hr"
        asked = client.post("/hr/api/ask", json={"question": "Whose budget?"}, headers={"origin": INTRANET})
        assert asked.headers["access-control-allow-origin"] == INTRANET
