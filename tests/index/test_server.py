"""The door to a Chroma server: what is no Chroma is said, nothing is waited for without end, tokens are not shown."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings
from assistant.wiring import stores_of
from index.hits import OutOfReachError, SearchError, Vectors
from index.server import ASKING, ChromaServer
from index.stores import LocalStores
from tests.chroma import NOBODY, running_chroma


def unit_vectors(rows: int, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, 24)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.slow
def test_vectors_come_back_as_they_were_given_however_many(tmp_path: Path) -> None:
    with running_chroma(tmp_path) as chroma:
        _put_and_find(ChromaServer(chroma.url), unit_vectors(10_002))


def _put_and_find(server: ChromaServer, vectors: Vectors) -> None:
    ids = [f"a#s{number}" for number in range(len(vectors))]
    name = server.create("rolewise-many")
    for start in range(0, len(ids), 3_500):
        server.put(name, ids[start : start + 3_500], vectors[start : start + 3_500])
    server.put(name, ids[:5], vectors[:5])  # a try that is repeated changes nothing
    assert server.count(name) == len(ids)
    assert set(server.ids(name)) == set(ids)  # more than one delivery
    (first, second) = server.nearest(name, vectors[[3, 10_001]], 2, ASKING)
    assert [first[0], second[0]] == [("a#s3", pytest.approx(1, abs=1e-6)), ("a#s10001", pytest.approx(1, abs=1e-6))]
    assert first[1][1] == pytest.approx(float(np.sort(vectors @ vectors[3])[-2]), abs=1e-6)
    server.delete("rolewise-many")
    server.delete("rolewise-many")


class Odd(BaseHTTPRequestHandler):
    """Answers everything in one way, and notes the tokens that it is shown."""

    status, body, pause = 200, b"", 0.0
    shown: list[str | None]

    def answer(self) -> None:
        self.shown.append(self.headers.get("Authorization"))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.status)
        self.send_header("Location", f"{NOBODY}/")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # nobody waits for it any more
            for byte in self.body:
                time.sleep(self.pause)
                self.wfile.write(bytes([byte]))

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def odd_server(status: int, body: bytes, pause: float = 0.0) -> Iterator[tuple[str, list[str | None]]]:
    """Serve on a free port: the address, and the tokens shown so far."""
    shown: list[str | None] = []
    does = dict.fromkeys(("do_GET", "do_POST"), Odd.answer)
    handler = type("Told", (Odd,), {"status": status, "body": body, "pause": pause, "shown": shown, **does})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", shown
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (200, b"<html>Welcome</html>", SearchError, "is no Chroma of API v2"),
        (200, b"{}", SearchError, "is no Chroma of API v2"),
        (200, b"[[1]]", SearchError, "is no Chroma of API v2"),
        (200, b"", SearchError, "is no Chroma of API v2"),
        (404, b"<html>no such page</html>", SearchError, "is no Chroma of API v2"),
        (301, b"", SearchError, "answers 301"),
        (400, b'{"error": "InvalidArgumentError", "message": "dimension"}', SearchError, "answers 400.*dimension"),
        (401, b"", SearchError, "answers 401. Set ROLEWISE_CHROMA_TOKEN"),
        (403, b"", SearchError, "answers 403. Set ROLEWISE_CHROMA_TOKEN"),
        (429, b"", OutOfReachError, "not ready: it answers 429"),
        (502, b"<html>Bad Gateway</html>", OutOfReachError, "not ready: it answers 502"),
    ],
)
def test_what_is_no_chroma_is_said_with_the_address(status: int, body: bytes, kind: type, said: str) -> None:
    with odd_server(status, body) as (url, _):
        server = ChromaServer(url, "s3cret")
        for call in (lambda: server.nearest("x", unit_vectors(1), 3, ASKING), lambda: server.find("x")):
            with pytest.raises(kind, match=said) as raised:
                call()
            assert url in str(raised.value)
            assert "s3cret" not in str(raised.value)
        server.close()


def test_an_answer_that_drips_is_not_waited_for() -> None:
    with odd_server(200, b" " * 400, 0.1) as (url, _):
        started = time.perf_counter()
        with pytest.raises(OutOfReachError, match="it answers too slowly"):
            ChromaServer(url).find("x")
        assert time.perf_counter() - started < ASKING.seconds + 1


def test_the_token_is_sent_and_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", NOBODY)
    with odd_server(200, b'{"nanosecond heartbeat": 1}') as (url, shown):
        settings = Settings(chroma_url=url, chroma_token="s3cret")  # type: ignore[arg-type]
        assert stores_of(settings).described() == f"on the Chroma server at {url}"
    assert shown == ["Bearer s3cret"]
    assert "s3cret" not in repr(settings)
    assert isinstance(stores_of(Settings()), LocalStores)
    with pytest.raises(SearchError, match="ROLEWISE_CHROMA_TOKEN holds characters that cannot be sent"):
        ChromaServer(url, "two\nlines")


@pytest.mark.slow
def test_a_stale_connection_is_not_a_server_out_of_reach(tmp_path: Path) -> None:
    with running_chroma(tmp_path) as own:
        server = ChromaServer(own.url)
        server.create("rolewise-stale")
        own.kill()
        own.start()
        assert re.fullmatch(r"[0-9a-f-]{36}", server.find("rolewise-stale") or "")
