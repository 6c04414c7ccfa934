"""The doctor notices an address, a port or headers that let in others than meant."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from assistant.doctor.installation import FindingError
from assistant.doctor.served import address, headers, port
from assistant.settings import SettingsError
from assistant.web.security import HEADERS
from corpus.library import Library
from tests.assistant.doctor.installations import installation

ALIVE = b'{"status":"ok"}'


@pytest.mark.parametrize(
    ("host", "hosts", "said"),
    [
        ("127.0.0.1", "", "127.0.0.1, this machine alone"),
        ("127.0.0.1", "hr.example", "127.0.0.1, this machine alone, under the names hr.example"),
        ("0.0.0.0", "hr.example, [::2]", "0.0.0.0, reached by others, under the names hr.example, [::2]"),
    ],
)
def test_the_address_says_who_reaches_the_server(tmp_path: Path, host: str, hosts: str, said: str) -> None:
    assert address(installation(tmp_path, host=host, hosts=hosts)) == said


@pytest.mark.parametrize(
    ("host", "hosts", "said"),
    [
        ("0.0.0.0", "", "can be reached by others. Set ROLEWISE_HOSTS"),
        ("0.0.0.0", "hr.example,*", "ROLEWISE_HOSTS is \\*"),
        ("127.0.0.1", "https://hr.example", "names 'https://hr.example', which no browser asks for"),
        ("127.0.0.1", "hr.example:8080", "names 'hr.example:8080'"),
    ],
)
def test_an_address_that_lets_in_others_than_meant_is_a_finding(
    tmp_path: Path, host: str, hosts: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        address(installation(tmp_path, host=host, hosts=hosts))


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


def test_a_server_that_runs_is_asked_itself(tmp_path: Path) -> None:
    with serving(guarded) as taken:
        found = installation(tmp_path, port=taken)
        assert port(found) == f"{taken} is served by Rolewise"
        assert headers(found).endswith("asked by the server that runs")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (unguarded, "/articles comes without Content-Security-Policy"),
        (known_everywhere, "for the host foreign.invalid is answered"),
        (open_to_pages, "A page of https://foreign.invalid may read answers"),
    ],
)
def test_a_server_that_is_not_guarded_is_a_finding(tmp_path: Path, answers: Answers, said: str) -> None:
    with serving(answers) as taken, pytest.raises(FindingError, match=said):
        headers(installation(tmp_path, port=taken))


def test_without_a_server_the_app_is_put_together_and_asked(
    own_library: Library, tmp_path: Path, free_port: int
) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles", port=free_port)
    assert headers(found).endswith("asked in an app put together for this")
    assert not (tmp_path / "data").exists()


def test_a_port_that_something_else_holds_is_a_finding(tmp_path: Path) -> None:
    with serving(lambda _path, _sent: (404, {})) as taken, pytest.raises(SettingsError, match="cannot be used"):
        port(installation(tmp_path, port=taken))
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SettingsError, match="cannot be used"):
        port(installation(tmp_path, port=silent.getsockname()[1]))
