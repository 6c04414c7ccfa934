"""Articles fetched from a real server on loopback: what is taken, and what is refused before or while it is fetched."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from corpus.address import fetch, is_address
from corpus.article import CorpusError
from corpus.connection import is_public
from corpus.reading import LARGEST_FILE

PAGE = "<!doctype html><title>Chef vs Cook</title><article><p>The Chef’s café.</p></article>"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by path; knows nothing of what is tested."""

    def do_GET(self) -> None:
        kind, body = "text/html; charset=utf-8", PAGE.encode()
        target = {
            "/moved": "/compare/chef-vs-cook/",
            "/round": "/round",
            "/to-file": "file:///etc/passwd",
            "/to-ftp": "ftp://127.0.0.1/x",
        }.get(self.path)
        if target:
            self._answer(302, "", b"", location=target)
        elif self.path == "/gone":
            self._answer(404, "text/html", b"")
        elif self.path == "/old":
            self._answer(200, "text/html; charset=windows-1252", PAGE.encode("cp1252"))
        elif self.path == "/notes.txt":
            self._answer(200, "text/plain", b"Chef vs Cook\nThe Chef cooks.\n")
        elif self.path == "/picture":
            self._answer(200, "image/png", b"\x89PNG")
        elif self.path == "/packed":
            self._answer(200, "text/html", b"xx", encoding="gzip")
        elif self.path in ("/large", "/huge"):
            self._large(announced=self.path == "/large")
        elif self.path == "/drip":
            self._drip()
        elif self.path == "/host":
            self._answer(200, "text/plain", (self.headers["Host"] or "").encode())
        else:
            self._answer(200, kind, body)

    def _answer(self, status: int, kind: str, body: bytes, location: str = "", encoding: str = "") -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Location", location), ("Content-Encoding", encoding)):
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _large(self, *, announced: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if announced:
            self.send_header("Content-Length", str(LARGEST_FILE[".html"] + 1))
        self.end_headers()
        try:
            for _ in range(LARGEST_FILE[".html"] // 65_536 + 2):
                self.wfile.write(b" " * 65_536)
        except OSError:
            return  # the other side has hung up, as it should

    def _drip(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for _ in range(100):
                self.wfile.write(b"X-Wait: 1\r\n")
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/compare/chef-vs-cook/", "chef-vs-cook.html"),  # a page in a folder
        ("/chef-vs-cook.php?p=1", "chef-vs-cook.html"),  # another suffix
        ("/moved", "chef-vs-cook.html"),  # the name it moved to
        ("/notes.txt", "notes.txt"),  # plain text
        ("/", "127.0.0.1.html"),  # nothing but a host
    ],
)
def test_an_article_is_fetched_and_named_after_its_address(server: str, path: str, name: str) -> None:
    offer = fetch(server + path, private=True)
    assert offer.path.name == name
    assert offer.content
    assert offer.address.startswith(server)


def test_text_in_another_encoding_that_only_the_server_names_is_kept_readable(server: str) -> None:
    assert fetch(f"{server}/old", private=True).content.decode("utf-8-sig") == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answers with status 404"),
        ("/picture", "is of the kind 'image/png'"),
        ("/packed", "sends it packed (gzip)"),
        ("/large", "is larger than 8,000,000 bytes"),  # as announced
        ("/huge", "is larger than 8,000,000 bytes"),  # as counted
        ("/round", "redirects over 5 times"),
        ("/to-file", "redirects from http to file:///etc/passwd"),
        ("/to-ftp", "redirects from http to ftp://127.0.0.1/x"),
    ],
)
def test_what_cannot_be_used_is_an_error_that_names_the_address(server: str, path: str, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        fetch(server + path, private=True)
    assert str(caught.value).startswith(f"{server}{path}: ")
    assert reason in str(caught.value)


def test_a_server_that_drips_is_left_when_the_time_is_over(server: str) -> None:
    began = time.monotonic()
    with pytest.raises(CorpusError, match="cannot be fetched"):
        fetch(f"{server}/drip", private=True, seconds=0.5)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_in_whatever_way_it_is_written(server: str, host: str) -> None:
    port = server.rpartition(":")[2]
    with pytest.raises(CorpusError) as caught:
        fetch(f"http://{host}:{port}/")
    assert "no public address" in str(caught.value) or "cannot be fetched" in str(caught.value)
    if host in ("127.0.0.1", "localhost"):
        assert "ROLEWISE_ALLOW_PRIVATE_ADDRESSES" in str(caught.value)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://", "is no address that can be used"),
        ("http://user:secret@example.org/", "without a password"),
        ("http://example.org:99999/", "is no address that can be used"),
        ("http://127.0.0.1:1/", "cannot be fetched"),  # nothing listens there
        ("http://no-such-name.invalid/", "the name no-such-name.invalid is not known"),
    ],
)
def test_an_address_that_leads_nowhere_is_an_error(address: str, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        fetch(address, private=True)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their secrets
        ("100.64.0.1", False),  # behind a carrier
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),  # IPv4 in IPv6
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("ff02::1", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("given", "expected"),
    [("https://x.y/z", True), ("HTTP://x.y", True), ("chef.md", False), ("ftp://x.y", False), ("http.md", False)],
)
def test_an_address_is_told_from_a_path(given: str, expected: bool) -> None:
    assert is_address(given) is expected
