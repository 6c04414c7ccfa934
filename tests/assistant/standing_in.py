"""A server that stands in for Rolewise's or another's, whose every answer a test decides."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from assistant.web.security import HEADERS

ALIVE = b'{"status":"ok"}'
Answers = Callable[[str, Mapping[str, str]], tuple[int, Mapping[str, str]]]  # by path and headers


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the test says."""

    def __init__(self, answers: Answers, *arguments: object) -> None:
        self._answers = answers
        super().__init__(*arguments)

    def do_GET(self) -> None:
        status, sent = self._answers(self.path, self.headers)
        self.send_response(status)
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(ALIVE if self.path == "/healthz" else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(answers: Answers) -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, answers)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def guarded(path: str, sent: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    return (200 if sent["Host"].startswith("127.0.0.1") else 400), HEADERS


def unguarded(path: str, sent: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    status, others = guarded(path, sent)
    return status, others if path == "/healthz" else others | {"Content-Security-Policy": "default-src *"}


def known_everywhere(path: str, sent: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    return 200, HEADERS


def open_to_pages(path: str, sent: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    status, others = guarded(path, sent)
    return status, others | {"Access-Control-Allow-Origin": "*"}
