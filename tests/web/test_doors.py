"""Every route that Gradio has is closed, unless its page needs it; bodies are bounded in size and time."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.responses import Response
from starlette.routing import Mount
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from assistant.web.doors import BODY_LIMIT, Doors, GradioDoors
from tests.figures import Note
from tests.web.loops import run

NEEDED = {
    "/", "/config", "/theme.css", "/static/{path:path}", "/assets/{path:path}", "/gradio_api/info",
    "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/startup-events", "/gradio_api/cancel",
}  # fmt: skip
OURS = {"/openapi.json", "/favicon.ico", "/manifest.json"}  # Gradio has these too; the parent app answers first


def routes_of(app: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and path of every route that a Gradio app has, those of included routers too."""
    for route in getattr(app, "routes", ()):
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner, prefix)
        else:
            yield from ((method, prefix + route.path) for method in sorted(route.methods or {"GET"}))


@pytest.fixture(scope="module")
def gradio_routes(client: TestClient) -> list[tuple[str, str]]:
    (mount,) = [route for route in client.app.routes if isinstance(route, Mount) and not route.path]  # type: ignore[attr-defined]
    assert isinstance(mount.app, GradioDoors)
    return list(routes_of(mount.app._app))


def test_every_route_of_gradio_is_closed_unless_the_page_needs_it(
    client: TestClient, gradio_routes: list[tuple[str, str]], figure: Note
) -> None:
    tried = []
    for method, path in gradio_routes:
        if path in NEEDED | OURS:
            continue
        for filled in (re.sub(r"\{[^}]*\}", "x", path), re.sub(r"\{[^}]*\}", "..%2f..%2fetc/passwd", path)):
            response = client.request(method, filled)
            assert response.status_code == 404, (method, filled)
            tried.append((method, filled))
    print(f"\nroutes of Gradio: {len(gradio_routes)}, requests to closed ones: {len(tried)}, let in: 0")
    figure("requests to closed routes of Gradio", {"tried": len(tried), "let in": 0}, "0 let in")
    assert len(gradio_routes) >= 70
    assert len(tried) >= 100


def test_what_the_list_opens_exists_and_nothing_on_it_is_left_over(gradio_routes: list[tuple[str, str]]) -> None:
    assert {path for _, path in gradio_routes} >= NEEDED


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/queue/join/../../upload", "/static/../gradio_api/upload", "/static/..%2f..%2fconfig",
     "/gradio_api//upload", "/GRADIO_API/upload", "/assets/%2e%2e/%2e%2e/routes.py", "/gradio_api/info/x"],
)  # fmt: skip
def test_no_spelling_of_a_path_opens_another_door(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {400, 403, 404}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/queue/join", "/static/x.js"])
def test_other_methods_reach_nothing(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code in {400, 404, 405}


def test_answers_that_nobody_reads_do_not_pile_up(client: TestClient) -> None:
    body = {"data": ["budget?", ""], "fn_index": 0, "session_hash": "never-reads"}
    statuses = [client.post("/gradio_api/queue/join", json=body).status_code for _ in range(12)]
    assert statuses[-4:] == [429] * 4
    assert 429 not in statuses[:8]


def test_a_key_of_a_conversation_has_a_length(client: TestClient) -> None:
    body = {"data": ["", ""], "fn_index": 0, "session_hash": "x" * 65}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 422


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b'{"session_hash": 3}', b"[" * 60_000])
def test_a_join_that_is_none_is_refused(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    assert client.post("/gradio_api/queue/join", content=body, headers=headers).status_code == 422


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join", "/", "/articles", "/gradio_api/upload"])
@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE"])
def test_a_body_over_the_limit_is_refused_on_every_path(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path, content=b" " * (BODY_LIMIT + 1))
    assert response.status_code == 413
    assert response.headers["connection"] == "close"


def test_a_body_of_exactly_the_limit_is_read(client: TestClient) -> None:
    body = json.dumps({"question": "budget?"})
    headers = {"content-type": "application/json"}
    response = client.post("/api/ask", content=body + " " * (BODY_LIMIT - len(body)), headers=headers)
    assert response.status_code == 200


def sent_by(app: Any, receive: Receive, path: str = "/api/ask") -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    run(app({"type": "http", "method": "POST", "path": path, "headers": []}, receive, send))
    return sent


async def never_reached(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("The app was reached.")


def test_a_body_that_does_not_end_is_given_up() -> None:
    async def drip() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    sent = sent_by(Doors(never_reached, seconds=0.1), drip)
    assert sent[0]["status"] == 408


def test_what_is_over_the_limit_is_thrown_away_and_not_kept() -> None:
    given = 0

    async def flood() -> Message:
        nonlocal given
        given += 1
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    sent = sent_by(Doors(never_reached, drain=0.1), flood)
    assert sent[0]["status"] == 413
    assert given > BODY_LIMIT // 10_000


def test_a_client_that_leaves_in_the_middle_reaches_nothing() -> None:
    async def left() -> Message:
        return {"type": "http.disconnect"}

    assert sent_by(Doors(never_reached), left) == []


def test_sockets_are_not_served() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    run(Doors(never_reached)({"type": "websocket", "path": "/"}, receive, send))
    assert sent == []


def test_pages_of_ours_are_no_business_of_gradios_doors(client: TestClient) -> None:
    response: Response = client.get("/articles/head-chef-vs-sous-chef")  # type: ignore[assignment]
    assert response.status_code == 200
