"""An intranet for the tests: a few pages on an origin of their own, with the one line that includes the widget."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import uvicorn

from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.app import create_app
from tests.web.small_records import SmallRecords

PAGES = Path(__file__).parent / "intranet"


@dataclass
class Site:
    """An intranet. `rolewise` is the address that its pages take the widget from."""

    port: int
    rolewise: str = ""

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"


class _Pages(SimpleHTTPRequestHandler):
    def __init__(self, site: Site, *arguments: object) -> None:
        self._site = site
        super().__init__(*arguments, directory=str(PAGES))  # type: ignore[arg-type]

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        path, _, query = self.path.lstrip("/").partition("?")
        source = PAGES / (path or "index.html")
        if not source.is_file():
            self.send_error(404)
            return
        text = source.read_text(encoding="utf-8")
        if query == "without":  # the same page as it was before the widget came
            text = "\n".join(line for line in text.splitlines() if "ROLEWISE" not in line)
        body = text.replace("ROLEWISE", self._site.rolewise).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(str(source))}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if path == "strict.html":
            there = "/".join(self._site.rolewise.split("/")[:3])
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {there}; frame-src {there}; style-src 'self'; "
                "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'",
            )
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def intranet() -> Iterator[Site]:
    """Serve the pages on a free port of `localhost`, which is another site than 127.0.0.1 is."""
    site = Site(0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, site))
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@contextmanager
def serving_embeds(assistant: Answers, settings: Settings) -> Iterator[int]:
    """Serve this assistant under these settings on a free port, as `rolewise serve` does."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(assistant, settings, SmallRecords())
    server = uvicorn.Server(uvicorn.Config(app, root_path=settings.root_path, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    server.force_exit = True  # a browser tab may still listen for answers
    thread.join(timeout=10)
