from __future__ import annotations

import pytest
from starlette.testclient import TestClient

PAGES = ["/", "/articles", "/articles/none", "/healthz", "/static/rolewise/chat.js", "/gradio_api/upload", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:7860", "roles.example", "portal.example"])
def test_the_names_that_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "roles.example.evil.example", "x.roles.example"])
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/config", "/readyz", "/gradio_api/queue/data?session_hash=x"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_foreign_page_may_read_what_is_served(client: TestClient, path: str, origin: str) -> None:
    headers = {"origin": origin, "host": "roles.example"}
    with client.stream("GET", path, headers=headers) as response:
        assert "access-control-allow-origin" not in response.headers


def test_a_foreign_page_may_not_send_questions(client: TestClient) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    response = client.options("/api/ask", headers=asked)
    assert response.status_code == 400
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/upload/", "/gradio_api/upload_progress", "/gradio_api/run/reply",
        "/gradio_api/call/reply", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/process_recording", "/gradio_api/component_server", "/gradio_api/deep_link", "/gradio_api/runs",
        "/monitoring", "/monitoring/summary",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_the_chat_page_does_not_need_is_closed(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404


def test_the_events_of_the_chat_page_are_described_to_nobody(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


@pytest.mark.parametrize("path", ["/favicon.ico", "/manifest.json", "/static/rolewise/mark.svg"])
def test_what_a_browser_asks_for_by_itself_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_chat_page_is_there_and_tells_nothing_of_gradios_version_check(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "static/rolewise/chat.js" in page.text
    assert client.get("/config").json()["analytics_enabled"] is False
