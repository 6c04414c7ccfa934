"""Vectors on a real Chroma server: the same answers, a collection for each generation, and clear errors."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from assistant.settings import Settings
from assistant.wiring import Index, open_fitting, stores_of
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index, expected_manifest, unfit
from index.generation import generations, roll_back
from index.hits import OutOfReachError, SearchError, Vectors, VectorStores
from index.opening import open_published
from index.server import ASKING, ChromaServer
from index.server_stores import NAMED, TO_DELETE, ServerStores
from index.stores import PART, LocalStores
from tests.chroma import Chroma, running_chroma
from tests.editions import write_edition
from tests.small import WordEncoder, library_of

QUESTIONS = ("who writes the menu", "budget of several departments", "reports to the director")
NOBODY = "http://127.0.0.1:9"  # the port of a service that no machine runs any more


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def stores(chroma: Chroma) -> ServerStores:
    return ServerStores(ChromaServer(chroma.url))


def built(data: Path, stores: VectorStores, number: int = 0, *, force: bool = False) -> Library:
    """Build an edition of the small library in a data folder."""
    library = load_library([write_edition(data / "articles", number)])
    build_index(data / "index", library, WordEncoder(), BuildOptions(stores=stores, force=force))
    return library


def found(data: Path, stores: VectorStores) -> list[list[tuple[str, float]]]:
    opened = open_published(data / "index", WordEncoder(), stores)
    hits = [[(hit.chunk.id, hit.score) for hit in opened.searcher.search(question)] for question in QUESTIONS]
    opened.searcher.close()
    assert not opened.exact
    return hits


def collection(folder: Path) -> str:
    return str(json.loads((folder / PART / NAMED).read_text(encoding="utf-8"))["collection"])


def unit_vectors(rows: int, seed: int = 7) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, 24)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class LosingStores(ServerStores):
    """Stores that lose the last vector, as a server may that lost its power."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        super().build(generation, ids[:-1], vectors[:-1])


def test_the_server_finds_what_this_machine_finds(stores: ServerStores, tmp_path: Path) -> None:
    built(tmp_path / "there", stores)
    built(tmp_path / "here", LocalStores())
    assert found(tmp_path / "there", stores) == found(tmp_path / "here", LocalStores())


@pytest.mark.slow
def test_vectors_come_back_as_they_were_given_however_many(chroma: Chroma) -> None:
    server, vectors = ChromaServer(chroma.url), unit_vectors(10_002)
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


def test_generations_have_collections_of_their_own_which_go_with_them(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    before = chroma.names()
    for number in range(4):
        built(tmp_path, stores, number)
    kept = {collection(folder) for folder in generations(tmp_path / "index")}
    assert chroma.names() - before == kept
    (data_set,) = {name.split("-")[1] for name in kept}
    assert sorted(name.rsplit("-", 1)[0] for name in kept) == [
        f"rolewise-{data_set}-generation-000{number}" for number in (2, 3, 4)
    ]
    newest = found(tmp_path, stores)
    assert roll_back(tmp_path / "index").name == "generation-0003"
    assert found(tmp_path, stores) != newest


@pytest.mark.slow
def test_what_began_as_a_copy_shares_no_collection_that_is_built_later(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path / "one", stores)
    shutil.copytree(tmp_path / "one", tmp_path / "other")
    for data in (tmp_path / "one", tmp_path / "other"):
        built(data, stores, 1)
    names = [collection(tmp_path / data / "index" / "generation-0002") for data in ("one", "other")]
    assert len(set(names)) == 2
    assert set(names) <= chroma.names()


def test_from_this_machine_to_a_server_and_back_nothing_is_embedded_anew(stores: ServerStores, tmp_path: Path) -> None:
    library, encoder = library_of(tmp_path / "articles"), WordEncoder()
    for where, embedded in [(LocalStores(), True), (stores, False), (LocalStores(), False)]:
        encoder.encoded.clear()
        done = build_index(tmp_path / "index", library, encoder, BuildOptions(stores=where))
        assert bool(done.embedded) == embedded
        assert unfit(tmp_path / "index", expected_manifest(library, encoder, where), where) == ()


def test_a_collection_that_could_not_be_deleted_is_deleted_by_a_later_build(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path, stores)
    first = tmp_path / "index" / "generation-0001"
    name = collection(first)
    ServerStores(ChromaServer(NOBODY)).remove(first)
    assert (tmp_path / "index" / TO_DELETE).read_text(encoding="utf-8") == name
    assert name in chroma.names()
    built(tmp_path, stores, 1)
    assert name not in chroma.names()
    assert not (tmp_path / "index" / TO_DELETE).exists()


def test_a_build_that_is_refused_leaves_no_collection_and_the_index_as_it_was(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    built(tmp_path, stores)
    before = chroma.names()

    library = load_library([write_edition(tmp_path / "articles", 9)])
    with pytest.raises(SearchError, match=r"holds 27 vectors, 1 of 28 missing. The old index stays in use"):
        build_index(tmp_path / "index", library, WordEncoder(), BuildOptions(stores=LosingStores(stores.server)))
    assert chroma.names() == before
    assert [folder.name for folder in generations(tmp_path / "index")] == ["generation-0001"]


class MixingStores(ServerStores):
    """Stores that mix up the vectors of the first collection that they fill."""

    def build(self, generation: Path, ids: Sequence[str], vectors: Vectors) -> None:
        first = not (generation / PART).exists()
        super().build(generation, ids, np.roll(vectors, 1, axis=0) if first else vectors)


def test_a_collection_whose_vectors_are_not_found_is_filled_anew(
    chroma: Chroma, stores: ServerStores, tmp_path: Path
) -> None:
    before = chroma.names()
    built(tmp_path, MixingStores(stores.server))
    assert chroma.names() - before == {collection(tmp_path / "index" / "generation-0001")}
    assert len(found(tmp_path, stores)) == len(QUESTIONS)


@pytest.mark.parametrize("how", ["gone", "emptied"])
def test_a_collection_that_the_server_lost_is_noticed_and_built_anew(
    chroma: Chroma, stores: ServerStores, tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library = built(tmp_path, stores)
    name = collection(tmp_path / "index" / "generation-0001")
    stores.server.delete(name)
    if how == "emptied":
        stores.server.create(name)
    (said,) = unfit(tmp_path / "index", expected_manifest(library, WordEncoder(), stores), stores)
    assert f"has lost the collection {name}" in said
    opened = open_fitting(Index(tmp_path / "index", WordEncoder(), stores), library)
    assert opened.exact
    assert "Answers come by exact search over generation-0001. Build it anew" in capsys.readouterr().err
    built(tmp_path, stores)  # not forced: it is noticed
    assert found(tmp_path, stores) == [
        [(hit.chunk.id, hit.score) for hit in opened.searcher.search(question)] for question in QUESTIONS
    ]


def test_without_the_server_answers_come_all_the_same(stores: ServerStores, tmp_path: Path) -> None:
    built(tmp_path, stores)
    away = ServerStores(ChromaServer(NOBODY))
    assert away.damage(tmp_path / "index" / "generation-0001") == ()  # it may be whole
    assert away.described().startswith(f"by exact search: Chroma at {NOBODY} cannot be reached (")
    assert away.described().endswith("). Start it, or correct ROLEWISE_CHROMA_URL.")
    assert found(tmp_path, away) == found(tmp_path, stores)


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
