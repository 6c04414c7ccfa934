"""A real Chroma server that is killed, stopped, started again, or hostile, in the middle of asking and building."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import pytest

from corpus.chunks import chunks_of
from corpus.library import Library, load_library
from index.build import BuildOptions, build_index, expected_manifest, unfit
from index.generation import generations
from index.hits import SearchError, Vectors
from index.opening import Opened, open_published
from index.server import ASKING, ChromaServer
from index.server_stores import ServerStores
from tests.chroma import Chroma, running_chroma
from tests.figures import Note
from tests.small import PAGES, write_pages

pytestmark = [pytest.mark.slow, pytest.mark.alone]

THREADS, BACK = 4, 30.0  # seconds within which it is back; the busiest machine that was tried needed nine
DIMENSION = 64
EVIL = """
from pathlib import Path
Path({marker!r}).write_text("ran")
class Payload: pass
"""
INSTANTIATED = """
import sys, chromadb
host, port, name = sys.argv[1:]
client = chromadb.HttpClient(host, int(port), settings=chromadb.config.Settings(anonymized_telemetry=False))
collection = client.get_collection(name, embedding_function=None)
try:
    collection.configuration
except Exception as error:
    print(error)
"""


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    with running_chroma(tmp_path / "chroma") as server:
        yield server


class ApartEncoder:
    """An encoder whose vectors lie far apart: random ones, the same for texts that end alike, as chunk and sentence."""

    name = "apart-1"

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        rows = [np.random.default_rng(zlib.crc32(text[-25:].encode())).normal(size=DIMENSION) for text in texts]
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def large_library(folder: Path, sentences: int = 3_000) -> Library:
    """The small library and an article with so many sentences more."""
    lines = (f"The Head Chef writes the list that is numbered {n}." for n in range(sentences))
    page = "---\ntitle: Head Chef vs Sous Chef again\nroles: [Head Chef, Sous Chef]\n---\n\n## Lists\n\n"
    return load_library([write_pages(folder, PAGES | {"lists": page + "\n".join(lines) + "\n"})])


@dataclass
class Asking:
    """Threads that ask for sentences over and over; every answer is compared with an exact one."""

    opened: Opened
    ids: list[str]
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def ask(self, seed: int) -> None:
        rows = np.random.default_rng(seed)
        while not self._stop.is_set():
            row = int(rows.integers(len(self.ids)))
            started = time.perf_counter()
            best = self.opened.searcher.search(self._text(row), limit=3)
            self.slowest = max(self.slowest, time.perf_counter() - started)
            if self.ids[row] in {hit.chunk.id for hit in best}:
                self.right += 1
            else:
                self.wrong.append(self.ids[row])

    def _text(self, row: int) -> str:
        return self.opened.library.articles["lists"].quote(
            list(self.opened.library.articles["lists"].sentences())[row].span
        )


@contextmanager
def asking(library: Library, root: Path, stores: ServerStores) -> Iterator[Asking]:
    opened = open_published(root, ApartEncoder(), stores)
    ids = [chunk.id for chunk in chunks_of(library.articles["lists"])]
    asked = Asking(opened, ids)
    threads = [threading.Thread(target=asked.ask, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield asked
    finally:
        asked._stop.set()
        for thread in threads:
            thread.join(30)
        opened.searcher.close()


def until_said(caplog: pytest.LogCaptureFixture, said: str, times: int) -> float:
    started = time.perf_counter()
    while sum(said in message for message in caplog.messages) < times:
        assert time.perf_counter() - started < BACK, caplog.messages
        time.sleep(0.1)
    return time.perf_counter() - started


def test_a_server_killed_and_stopped_in_the_middle_of_asking_costs_no_answer(
    chroma: Chroma, tmp_path: Path, caplog: pytest.LogCaptureFixture, figure: Note
) -> None:
    caplog.set_level(logging.WARNING, "rolewise")
    library = large_library(tmp_path / "articles")
    stores = ServerStores(ChromaServer(chroma.url))
    build_index(tmp_path / "index", library, ApartEncoder(), BuildOptions(stores=stores))
    away, slowest = [], []
    with asking(library, tmp_path / "index", stores) as asked:
        for number, (fault, mend) in enumerate(
            [(chroma.kill, chroma.start)] * 2
            + [(lambda: chroma.send(signal.SIGSTOP), lambda: chroma.send(signal.SIGCONT))]
        ):
            time.sleep(1)
            asked.slowest = 0.0
            fault()
            until_said(caplog, "answers come by exact search", number + 1)
            time.sleep(1)
            before = asked.right
            time.sleep(1)
            assert asked.right > before  # they keep coming while it is away
            mend()
            away.append(until_said(caplog, "is back and answers again", number + 1))
            slowest.append(asked.slowest)
    print(f"\nkilled twice, stopped once: {asked.right} answers right, {len(asked.wrong)} wrong; back after ", end="")
    print(
        f"{max(away):.1f} s at most; slowest answer {max(slowest[:2]):.2f} s killed, {max(slowest[2:]):.2f} s stopped"
    )
    figure(
        "answers while Chroma was killed twice and stopped once",
        {"right": asked.right, "wrong": len(asked.wrong), "back_s": round(max(away), 1)},
        "0 wrong",
    )
    assert asked.wrong == []
    assert max(slowest) < 2 * ASKING.seconds + 1
    assert len(caplog.messages) == 6, caplog.messages  # one line when it goes, one when it is back


@pytest.mark.parametrize("back", [True, False], ids=["and started again", "for good"])
def test_a_server_killed_during_a_build_leaves_the_old_generation_whole(
    chroma: Chroma, tmp_path: Path, back: bool
) -> None:
    stores = ServerStores(ChromaServer(chroma.url))
    small = load_library([write_pages(tmp_path / "small")])
    build_index(tmp_path / "index", small, ApartEncoder(), BuildOptions(stores=stores))
    (old,) = chroma.names()
    large = large_library(tmp_path / "articles", 6_000)

    def fault() -> None:
        while True:
            (new,) = chroma.names() - {old} or [""]
            if new and stores.server.count(stores.server.find(new) or "") >= 2_000:
                break
            time.sleep(0.01)
        chroma.kill()
        if back:
            time.sleep(1)
            chroma.start()

    killing = threading.Thread(target=fault)
    killing.start()
    if back:
        assert build_index(tmp_path / "index", large, ApartEncoder(), BuildOptions(stores=stores)).chunks > 6_000
        expected = expected_manifest(large, ApartEncoder(), stores)
        assert unfit(tmp_path / "index", expected, stores) == ()
        killing.join()
        return
    with pytest.raises(SearchError, match=rf"Chroma at {chroma.url} cannot be reached .* Start it"):
        build_index(tmp_path / "index", large, ApartEncoder(), BuildOptions(stores=stores))
    killing.join()
    assert [folder.name for folder in generations(tmp_path / "index")] == ["generation-0001"]
    chroma.start()
    assert unfit(tmp_path / "index", expected_manifest(small, ApartEncoder(), stores), stores) == ()
    build_index(tmp_path / "index", small, ApartEncoder(), BuildOptions(stores=stores, force=True))
    assert len(chroma.names()) == 2  # the half-filled one is gone


def test_code_that_a_collection_names_is_never_run(chroma: Chroma, tmp_path: Path) -> None:
    marker, evil = tmp_path / "ran", tmp_path / "evil"
    evil.mkdir()
    (evil / "payload.py").write_text(EVIL.format(marker=str(marker)), encoding="utf-8")
    (evil / "modules.json").write_text(
        '[{"idx": 0, "name": "0", "path": "", "type": "payload.Payload"}]', encoding="utf-8"
    )
    (evil / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    stores = ServerStores(ChromaServer(chroma.url))
    library = load_library([write_pages(tmp_path / "articles")])
    build_index(tmp_path / "index", library, ApartEncoder(), BuildOptions(stores=stores))
    (name,) = chroma.names()
    function = {
        "type": "known",
        "name": "sentence_transformer",
        "config": {
            "model_name": str(evil),
            "device": "cpu",
            "normalize_embeddings": False,
            "kwargs": {"trust_remote_code": True},
        },
    }
    path = "/api/v2/tenants/default_tenant/databases/default_database/collections"
    changed = httpx.put(
        f"{chroma.url}{path}/{stores.server.find(name)}", json={"new_configuration": {"embedding_function": function}}
    )
    assert changed.is_success, changed.text
    assert "trust_remote_code" in httpx.get(f"{chroma.url}{path}/{name}").text
    opened = open_published(tmp_path / "index", ApartEncoder(), stores)
    assert (
        opened.searcher.search("The Head Chef writes the menu each season.")[0].chunk.article_id
        == "head-chef-vs-sous-chef"
    )
    stores.server.put(stores.server.find(name) or "", [], np.zeros((0, DIMENSION), np.float32))
    opened.searcher.close()
    assert not opened.exact
    build_index(tmp_path / "index", library, ApartEncoder(), BuildOptions(stores=stores, force=True))
    assert not marker.exists()
    address = httpx.URL(chroma.url)
    control = [sys.executable, "-c", INSTANTIATED, address.host, str(address.port), name]
    ran = subprocess.run(control, capture_output=True, text=True, check=False)
    assert marker.exists(), ran  # Chroma's own client runs it when it is merely looked at
