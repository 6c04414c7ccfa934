"""A server that is told to stop says so to proxies while it answers on, and lets go of everything that it holds."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.connections import server_config
from assistant.web.stopping import LeavingServer
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords

HELD = """
import sys, time
from assistant.web.stopping import ended_by_sigterm
with ended_by_sigterm():
    try:
        print("held", flush=True)
        time.sleep(60)
    finally:
        time.sleep(0.5)
        print("let go", flush=True)
"""


class Leaving:
    """What a server asks and tells about its going."""

    def __init__(self) -> None:
        self.ready = True

    def leave(self) -> None:
        self.ready = False


@pytest.fixture
def server(library: Library, tmp_path: Path) -> Iterator[tuple[LeavingServer, str]]:
    """A server that answers on for a minute after it was told to stop, and its address."""
    leaving, settings = Leaving(), Settings(data=tmp_path)
    app = create_app(SmallAssistant(library), settings, SmallRecords(), ready=lambda: leaving.ready)
    config = server_config(app, settings)
    config.port = 0
    server = LeavingServer(config, leaving.leave, seconds=60)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)
    yield server, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = server.force_exit = True
    thread.join(30)
    assert not thread.is_alive()


def until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come to be within half a minute")


def test_a_server_told_to_stop_is_not_ready_and_still_answers_until_it_goes(
    server: tuple[LeavingServer, str],
) -> None:
    running, address = server
    with httpx.Client(base_url=address) as client:
        assert client.get("/readyz").status_code == 200
        running.should_exit = True  # as the handler of signals does
        until(lambda: client.get("/readyz").status_code == 503)
        problem = client.get("/readyz")
        assert problem.headers["content-type"] == "application/problem+json"
        assert "Ask another one" in problem.json()["detail"]
        assert client.head("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        assert client.post("/api/ask", json={"question": "budget?"}).status_code == 200
        running.force_exit = True  # Ctrl+C for the second time
    until(lambda: refused(address))


def refused(address: str) -> bool:
    try:
        httpx.get(f"{address}/readyz")
    except httpx.TransportError:
        return True
    return False


def test_sigterm_lets_go_of_what_is_held_even_when_it_comes_twice() -> None:
    with subprocess.Popen([sys.executable, "-c", HELD], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "let go\n"
    assert process.returncode == 0
