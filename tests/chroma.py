"""A real Chroma server for tests: `chroma run` in a folder of its own, stopped and killed by its own process id."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

from index.hits import SearchError
from index.server import ChromaServer

NOBODY = "http://127.0.0.1:9"  # the port of a service that no machine runs any more
PROGRAM = Path(sysconfig.get_path("scripts")) / "chroma"  # comes with chromadb


class Chroma:
    """One server, on a port that it keeps when it is started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [PROGRAM, "run", "--path", self._folder, "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.closing(ChromaServer(self.url)) as asked:
            for _ in range(600):
                with contextlib.suppress(SearchError):
                    asked.check()
                    return
                time.sleep(0.05)
        raise AssertionError("chroma run did not start within half a minute")

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self._process is not None
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        """Send the server a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def kill(self) -> None:
        """End the server on the spot, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=30)
            self._process = None

    def names(self) -> set[str]:
        """Return the names of all collections, as Chroma's own interface tells them."""
        import httpx

        path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
        return {entry["name"] for entry in httpx.get(f"{self.url}{path}", timeout=30).json()}


@contextlib.contextmanager
def running_chroma(folder: Path) -> Iterator[Chroma]:
    """Run a server as long as the context lasts."""
    server = Chroma(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
