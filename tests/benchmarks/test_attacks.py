"""Attacks on the real server over real sockets: enormous, slow and half-open ones, and very many."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlparse

import httpx
import pytest

from assistant.web.connections import HEAD_SECONDS
from assistant.web.doors import BODY_SECONDS
from tests.benchmarks.server import Server, serving
from tests.figures import Note
from tests.small import write_pages

pytestmark = [pytest.mark.slow, pytest.mark.alone]

MEGABYTE = 1_000_000
MOST_GROWTH = 30  # MB that the process may grow by during an attack of hundreds


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over three short articles, warm."""
    folder = tmp_path_factory.mktemp("attacked")
    articles = str(write_pages(folder / "articles"))
    with serving(folder / "data", folder / "log", ROLEWISE_ARTICLES=articles, ROLEWISE_RANKER="false") as server:
        for _ in range(30):
            assert asks(server)
        yield server


def asks(server: Server) -> bool:
    """Tell whether an ordinary person is answered, within five seconds."""
    return httpx.post(f"{server.address}/api/ask", json={"question": "Who has the budget?"}, timeout=5).is_success


def connected(server: Server) -> socket.socket:
    address = urlparse(server.address)
    return socket.create_connection((address.hostname, address.port), timeout=HEAD_SECONDS + 20)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def sent(server: Server, head: str, chunks: Iterator[bytes]) -> tuple[int, int]:
    """Send a request raw, as much of it as the server takes; return the status and how many bytes went out."""
    count = 0
    with connected(server) as line, contextlib.suppress(ConnectionError):
        line.sendall(head.encode())
        try:
            for chunk in chunks:
                line.sendall(chunk)
                count += len(chunk)
        except ConnectionError:
            pass
        return status_of(line.recv(65536)), count
    return 0, count


HEAD = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{more}\r\n"


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join", "/gradio_api/upload", "/articles"])
@pytest.mark.parametrize("kind", ["length", "chunked"])
def test_two_hundred_megabytes_are_refused_and_not_kept(server: Server, path: str, kind: str, figure: Note) -> None:
    before, started = server.megabytes, time.perf_counter()
    if kind == "length":
        head, chunk = HEAD.format(path=path, more="Content-Length: 200000000\r\n"), b"x" * MEGABYTE
    else:
        head = HEAD.format(path=path, more="Transfer-Encoding: chunked\r\n")
        chunk = b"f4240\r\n" + b"x" * MEGABYTE + b"\r\n"
    status, count = sent(server, head, iter([chunk] * 200))
    took, grown = time.perf_counter() - started, server.megabytes - before
    print(f"\n200 MB by {kind} to {path}: {status} after {took:.1f} s, {count / MEGABYTE:.0f} MB sent, {grown:+.0f} MB")
    figure(
        f"200 MB by {kind} to {path}",
        {"status": status, "seconds": round(took, 1), "megabytes": round(grown)},
        "413 or cut off, within 10 s, memory flat",
    )
    assert status in {0, 413}  # 0: the connection was closed while we were still sending
    assert took < 10
    assert grown < MOST_GROWTH
    assert asks(server)


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"turns":['])
def test_a_hundred_thousand_levels_are_refused(server: Server, opening: str) -> None:
    body = opening * 100_000
    for content in (body, body[:60_000]):
        response = httpx.post(
            f"{server.address}/api/ask", content=content, headers={"content-type": "application/json"}
        )
        assert response.status_code in {400, 413}
    assert asks(server)


def lives(line: socket.socket, drip: bytes) -> float:
    """Return how long the server keeps a connection on which one byte comes every half second."""
    started = time.perf_counter()
    line.settimeout(0.5)
    while time.perf_counter() - started < 60:
        try:
            if drip:
                line.send(drip)
            if not line.recv(4096):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.perf_counter() - started


@pytest.mark.parametrize(
    ("kind", "first", "drip", "most"),
    [
        ("says nothing", b"", b"", HEAD_SECONDS),
        ("headers that do not end", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ", b"a", HEAD_SECONDS),
        ("a body that does not end", HEAD.format(path="/api/ask", more="Content-Length: 60000\r\n").encode(), b" ", BODY_SECONDS),
        ("a second request that does not end", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET", b"/", HEAD_SECONDS),
    ],
)  # fmt: skip
def test_who_is_slow_is_let_go(server: Server, kind: str, first: bytes, drip: bytes, most: float, figure: Note) -> None:
    with connected(server) as line:
        line.sendall(first)
        seconds = lives(line, drip)
    print(f"\n{kind}: let go after {seconds:.1f} s")
    figure(f"{kind}: let go after, s", round(seconds, 1), f"less than {most + 5:.0f}")
    assert seconds < most + 5
    assert asks(server)


def test_five_hundred_connections_that_say_nothing_shut_nobody_out_for_long(server: Server, figure: Note) -> None:
    before = server.megabytes
    lines = [connected(server) for _ in range(500)]
    started, refused = time.perf_counter(), 0
    while True:
        response = httpx.get(f"{server.address}/healthz", timeout=30)
        if response.is_success:
            break
        refused += 1
        assert response.status_code == 503
        assert "retry-after" in response.headers
        time.sleep(0.5)
    took = time.perf_counter() - started
    for line in lines:
        line.close()
    print(
        f"\n500 silent connections: answered again after {took:.1f} s, {refused} refusals, {server.megabytes - before:+.0f} MB"
    )
    figure("500 silent connections: answered again after, s", round(took, 1), f"less than {HEAD_SECONDS + 5:.0f}")
    assert took < HEAD_SECONDS + 5
    assert server.megabytes - before < MOST_GROWTH
    assert asks(server)


def test_streams_that_nobody_reads_are_bounded(server: Server, figure: Note) -> None:
    """A thousand ways into the chat, each with a conversation of its own, none of them listened to."""
    before, statuses = server.megabytes, {}
    config = httpx.get(f"{server.address}/config").json()
    event = next(one["id"] for one in config["dependencies"] if any(kind == "submit" for _, kind in one["targets"]))
    lines = []
    with httpx.Client(base_url=server.address, timeout=30) as client:
        for number in range(1000):
            body = {"data": ["Who has the budget?", ""], "fn_index": event, "session_hash": f"unread-{number % 250}"}
            status = client.post("/gradio_api/queue/join", json=body).status_code
            statuses[status] = statuses.get(status, 0) + 1
            if number % 10 == 0:
                line = connected(server)
                line.sendall(
                    f"GET /gradio_api/queue/data?session_hash=unread-{number} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
                )
                lines.append(line)
        for _ in range(120):
            if client.post("/api/ask", json={"question": "Who has the budget?"}).is_success:
                break
            time.sleep(0.5)
    for line in lines:
        line.close()
    print(f"\n1,000 joins, 100 streams, none read: {json.dumps(statuses)}, {server.megabytes - before:+.0f} MB")
    figure(
        "1,000 joins and 100 streams that nobody reads",
        {str(status): count for status, count in statuses.items()},
        "no 5xx but 503",
    )
    assert set(statuses) <= {200, 429, 503}
    assert server.megabytes - before < 4 * MOST_GROWTH
    assert asks(server)


def test_requests_that_are_none(server: Server, figure: Note) -> None:
    broken = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"\r\n" * 1000 + b"x\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil\r\n\r\n",
        b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1, 2\r\n\r\nx", b"GET " + b"/a" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n", b"\x00" * 70_000,
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \x00\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"CONNECT evil:443 HTTP/1.1\r\nHost: evil:443\r\n\r\n",
    ]  # fmt: skip
    seen = []
    for request in broken:
        with connected(server) as line, contextlib.suppress(OSError):
            line.settimeout(HEAD_SECONDS + 5)
            line.sendall(request)
            seen.append(status_of(line.recv(4096)))
    print(f"\nrequests that are none: {len(broken)}, {seen}")
    figure("requests that are none", {"tried": len(broken), "5xx": sum(status >= 500 for status in seen)}, "0 5xx")
    assert all(status < 500 for status in seen)
    assert asks(server)


def test_the_log_of_all_that_is_json_without_an_error(server: Server) -> None:
    lines = [line for line in server.log.read_text(encoding="utf-8").splitlines() if line]
    parsed = [json.loads(line) for line in lines if line.startswith("{")]
    statuses = {line["status"] for line in parsed if "status" in line}
    print(f"\nlog: {len(parsed)} lines, {len(lines) - len(parsed)} for people, statuses {sorted(statuses)}")
    assert {status for status in statuses if status >= 500} <= {503}
    assert not [line for line in parsed if line["level"] == "error"]
    assert len(lines) - len(parsed) <= 10
