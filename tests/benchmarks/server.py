"""A server as people start it: `rolewise serve` in a process of its own, on a free port."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.benchmarks.conftest import ROLEWISE, environment


@dataclass(frozen=True)
class Server:
    """A server that is ready, and the file that it writes its log to."""

    address: str
    process: psutil.Process
    log: Path

    @property
    def megabytes(self) -> float:
        return float(self.process.memory_info().rss / 1e6)


@contextmanager
def serving(data: Path, log: Path, **settings: str) -> Iterator[Server]:
    """Serve from a data folder under these settings; the server is there while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    variables = {**environment(data), **settings}
    with log.open("wb") as written:
        process = subprocess.Popen([*ROLEWISE, "serve", "--port", str(port)], env=variables, stderr=written)
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", process)
            yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid), log)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    raise AssertionError("The server was not ready within two minutes.")
