"""Behind the shipped nginx a question is answered as long as one server is there, however soon another one failed."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.browser.proxy import free_port, nginx


class Handler(BaseHTTPRequestHandler):
    """Answers every question; one about dying gets no answer from the server that is to die of it."""

    protocol_version = "HTTP/1.1"
    server: Upstream

    def do_POST(self) -> None:
        self.server.asked += 1
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if asked == b"die" and self.server.mortal:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Upstream(ThreadingHTTPServer):
    """What stands for a server of Rolewise: it can go, and come back on the same port."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.asked, self.mortal = 0, False
        self._connections: list[socket.socket] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.append(request)
        super().process_request(request, client_address)

    def go(self) -> None:
        """Go with all connections, those that nginx keeps for later too."""
        self.shutdown()
        self.server_close()
        for connection in self._connections:
            with contextlib.suppress(OSError):  # closed by nginx
                connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def upstreams() -> Iterator[list[Upstream]]:
    both = [Upstream(), Upstream()]
    yield both
    for one in both:
        one.go()


@pytest.fixture
def client(upstreams: list[Upstream], tmp_path: Path) -> Iterator[httpx.Client]:
    """Asks nginx before two servers, each time over a new connection, as other people do."""
    ports = [one.server_port for one in upstreams]
    with (
        nginx(tmp_path, free_port(), ports, "") as address,
        httpx.Client(base_url=address, verify=False, headers={"Connection": "close"}) as client,
    ):
        yield client


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/queue/join"])
def test_servers_that_go_one_soon_after_the_other_cost_no_question(
    client: httpx.Client, upstreams: list[Upstream], path: str
) -> None:
    def asked(times: int = 4) -> list[int]:
        return [client.post(path, content=b"budget?").status_code for _ in range(times)]

    assert asked() == [200] * 4
    for number in (0, 1, 0):
        port = upstreams[number].server_port
        upstreams[number].go()
        assert asked() == [200] * 4
        upstreams[number] = Upstream(port)
    assert asked() == [200] * 4


def test_a_question_over_which_a_server_dies_is_asked_again(client: httpx.Client, upstreams: list[Upstream]) -> None:
    upstreams[0].mortal = True
    assert [client.post("/api/ask", content=b"die").status_code for _ in range(4)] == [200] * 4
    assert upstreams[0].asked > 0


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """A port that lets nobody in and refuses nobody, like that of a machine that is gone: its queue is full."""
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        yield int(full.getsockname()[1])


def test_a_machine_that_is_gone_costs_a_moment_and_no_question(upstreams: list[Upstream], tmp_path: Path) -> None:
    with silent() as port, nginx(tmp_path, free_port(), [port, upstreams[0].server_port], "") as address:
        for _ in range(2):
            answered = httpx.post(f"{address}/api/ask", content=b"budget?", verify=False, timeout=4)
            assert answered.status_code == 200
