"""So many questions a minute for a client, and so many event streams."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.rates import STREAMS_PER_CLIENT, Rate, Streams, Unread
from corpus.library import Library
from tests.web.loops import run
from tests.web.scopes import scope_of
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


def test_an_allowance_is_used_up_and_comes_back() -> None:
    clock = Clock()
    rate = Rate(6, now=clock)
    assert [rate.wait("a") for _ in range(6)] == [0] * 6
    assert rate.wait("a") == pytest.approx(10)
    assert rate.wait("b") == 0
    clock.time += 10
    assert rate.wait("a") == 0
    assert rate.wait("a") == pytest.approx(10)
    clock.time += 60
    assert [rate.wait("a") for _ in range(6)] == [0] * 6


def test_clients_are_forgotten_before_memory_grows() -> None:
    rate = Rate(1, clients=100)
    for number in range(10_000):
        rate.wait(str(number))
    assert len(rate) == 100


def test_unread_answers_are_counted_until_somebody_reads() -> None:
    unread = Unread(most=2, conversations=3)
    assert [unread.add("a") for _ in range(3)] == [True, True, False]
    unread.read(b"session_hash=a")
    assert unread.add("a")
    assert [unread.add(str(number)) for number in range(5)] == [True] * 5


@pytest.fixture
def strangers(library: Library, tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data=tmp_path, hosts="roles.example", questions_per_minute=5)
    app = create_app(SmallAssistant(library), settings, SmallRecords())
    with TestClient(app, base_url="http://roles.example", client=("192.0.2.7", 1)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "budget?"}),
        ("/gradio_api/queue/join", {"data": ["budget?", ""], "fn_index": 0, "session_hash": "abc"}),
    ],
)
def test_too_many_questions_are_refused_with_the_time_to_come_back(
    strangers: TestClient, path: str, body: dict[str, object]
) -> None:
    statuses = [strangers.post(path, json=body).status_code for _ in range(5)]
    assert 429 not in statuses
    started = time.perf_counter()
    refused = strangers.post(path, json=body)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 12
    assert f"Wait {refused.headers['retry-after']} seconds" in refused.json()["detail"]
    assert time.perf_counter() - started < 1
    assert strangers.get("/healthz").status_code == 200


def test_both_ways_in_share_one_allowance(strangers: TestClient) -> None:
    join = {"data": ["", ""], "fn_index": 0, "session_hash": "abc"}
    for _ in range(3):
        strangers.post("/gradio_api/queue/join", json=join)
        last = strangers.post("/api/ask", json={"question": "budget?"})
    assert last.status_code == 429


def test_a_proxy_that_is_not_listed_is_one_client_and_is_spoken_of_once(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(SmallAssistant(library), Settings(data=tmp_path, questions_per_minute=2), SmallRecords())
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 1)) as client:
        asked = [
            client.post("/api/ask", json={"question": "budget?"}, headers={"x-forwarded-for": f"192.0.2.{number}"})
            for number in range(3)
        ]
    assert [response.status_code for response in asked] == [200, 200, 429]
    assert caplog.text.count("not in ROLEWISE_PROXIES") == 1


def stream_scope(host: str) -> Scope:
    return {**scope_of(host), "method": "GET", "path": "/gradio_api/queue/data", "query_string": b"session_hash=a"}


async def no_end(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.sleep(60)


def test_streams_end_and_one_client_has_only_so_many() -> None:
    async def open_many() -> list[list[Message]]:
        streams = Streams(no_end, seconds=0.3)
        return await asyncio.gather(*(_messages(streams, "192.0.2.7") for _ in range(STREAMS_PER_CLIENT + 5)))

    async def again() -> list[Message]:
        streams = Streams(no_end, seconds=0.05)
        for _ in range(3):
            await asyncio.gather(*(_messages(streams, "192.0.2.7") for _ in range(STREAMS_PER_CLIENT)))
        return await _messages(streams, "192.0.2.7")

    opened = run(open_many())
    assert [messages[0]["status"] for messages in opened].count(200) == STREAMS_PER_CLIENT
    assert [messages[0]["status"] for messages in opened].count(429) == 5
    assert all(not messages[-1].get("more_body") for messages in opened)
    assert run(again())[0]["status"] == 200


async def _messages(app: Streams, host: str) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(stream_scope(host), receive, send)
    return sent
