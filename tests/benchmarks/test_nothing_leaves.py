"""Nothing leaves the machine: every connection that a server makes while it starts and answers, seen by the kernel."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.benchmarks.conftest import ROLEWISE, environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("strace"), reason="apt-get install strace shows what a process does"),
]
_TO = re.compile(r'sin6?_(?:addr=inet_addr\("|port=.*inet_pton\(AF_INET6, ")([^"]+)"')
_PATHS = ("/", "/articles", "/help", "/docs", "/config", "/gradio_api/info", "/gradio_api/startup-events", "/readyz")


def reached(trace: Path) -> set[str]:
    """Return the internet addresses that calls to connect and send named."""
    return set(_TO.findall(trace.read_text(encoding="utf-8", errors="replace")))


def traced(trace: Path, *command: str) -> list[str]:
    return [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        str(trace),
        *command,
    ]


def test_the_trace_would_show_a_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        calls = f"import socket; socket.create_connection(('127.0.0.1', {port}))"
        subprocess.run(traced(tmp_path / "trace", "python3", "-c", calls), check=True)
    assert reached(tmp_path / "trace") == {"127.0.0.1"}


def test_a_server_connects_to_nobody(built: tuple[Path, float], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = traced(tmp_path / "trace", *ROLEWISE, "serve", "--port", str(port))
    server = subprocess.Popen(command, env=environment(built[0]), cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            _wait(client)
            answers = [client.post("/api/ask", json={"question": "Who has the bigger budget?"}) for _ in range(3)]
            pages = [client.get(path) for path in _PATHS]
    finally:
        for traced_one in psutil.Process(server.pid).children():
            traced_one.terminate()  # strace itself lets no signal end it
        server.wait(30)
    assert {answer.status_code for answer in answers} == {200}
    assert {page.status_code for page in pages} <= {200, 404}
    assert reached(tmp_path / "trace") <= {"127.0.0.1", "::1"}


def _wait(client: httpx.Client) -> None:
    for _ in range(240):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("The server did not start.")
