"""Generations swapped under load, and servers that share a data folder. Figures are printed with `-s`."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from assistant.live import LiveAssistant, Serving
from assistant.serving import serving
from assistant.watch import Source, Watcher, article_stamp
from index.opening import open_published
from index.stores import LocalStores
from tests.benchmarks.building import builder, ordered
from tests.benchmarks.conftest import ROLEWISE, environment
from tests.editions import QUESTION, edition
from tests.figures import Note
from tests.small import WordEncoder, write_pages

pytestmark = [pytest.mark.slow, pytest.mark.alone]

SWAPS, ASKING = 12, 4
SLOWEST = 240  # seconds: a bound for machines that do other things at the same time


class Asking:
    """Threads that ask without a pause and note the seconds and the edition of every answer."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._stop = threading.Event()
        self.answers: list[tuple[float, int]] = []
        self.wrong: list[str] = []
        self._threads = [threading.Thread(target=self._run) for _ in range(ASKING)]

    def _run(self) -> None:
        newest = -1
        while not self._stop.is_set():
            started = time.perf_counter()
            try:
                seen = edition(self._live.answer([QUESTION]))
                assert seen >= newest, f"{seen} after {newest}"
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a wrong answer
                self.wrong.append(repr(error))
                continue
            newest = seen
            self.answers.append((time.perf_counter() - started, seen))

    def __enter__(self) -> Asking:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def test_swaps_under_load_give_no_wrong_answer(tmp_path: Path, figure: Note) -> None:
    encoder = WordEncoder()

    def opened() -> Serving:
        return serving(open_published(tmp_path / "index", encoder, LocalStores()), None)

    with builder(tmp_path) as process:
        assert ordered(process, 0) == "generation-0001"
        live = LiveAssistant(opened())
        source = Source(tmp_path / "index", lambda: [tmp_path / "articles"], opened)
        watcher = Watcher(live, source, _Builder(), article_stamp([tmp_path / "articles"]), interval=0.05)
        watcher.start()
        with Asking(live) as asking:
            for number in range(1, SWAPS + 1):
                name = ordered(process, number)
                while live.generation != name:
                    time.sleep(0.05)
                time.sleep(0.2)
        watcher.stop()
    seconds = [taken for taken, _ in asking.answers]
    seen = Counter(number for _, number in asking.answers)
    print(f"\n{SWAPS} swaps under {ASKING} asking threads: {len(seconds)} answers, {len(asking.wrong)} wrong, ", end="")
    print(f"p50 {np.percentile(seconds, 50) * 1000:.0f} ms, p99 {np.percentile(seconds, 99) * 1000:.0f} ms, ", end="")
    print(f"longest {max(seconds) * 1000:.0f} ms")
    figure(
        "answers during swaps",
        {
            "swaps": SWAPS,
            "answers": len(seconds),
            "wrong": len(asking.wrong),
            "p99_ms": round(1000 * float(np.percentile(seconds, 99))),
        },
        "0 wrong",
    )
    assert asking.wrong == []
    assert set(seen) == set(range(SWAPS + 1))


class _Builder:
    """Whoever builds is another process here."""

    def start(self) -> None: ...

    def running(self) -> bool:
        return False

    def failed(self) -> bool:
        return False

    def stop(self) -> None: ...


NEW = "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs wire and ribbon. The Gardener needs a spade.\n"
OTHER = "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs moss and glue. The Gardener needs a spade.\n"
ASKED = "Which tools does a florist use?"


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A data folder over three short articles, and the addresses of two servers that share it."""
    articles = write_pages(tmp_path / "articles")
    (tmp_path / "copies").mkdir()
    settings = environment(tmp_path / "data") | {"ROLEWISE_ARTICLES": str(articles), "ROLEWISE_RANKER": "false"}
    settings["TMPDIR"] = str(tmp_path / "copies")
    ports = [free_port(), free_port()]
    processes = [subprocess.Popen([*ROLEWISE, "serve", "--port", str(port)], env=settings) for port in ports]
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for address, process in zip(addresses, processes, strict=True):
            until(lambda address=address, process=process: process.poll() is None and ready(address), 120)
        yield tmp_path / "data", addresses
    finally:
        for process in processes:
            process.terminate()
        ended = [process.wait(timeout=30) for process in processes]
    assert ended == [0, 0]
    assert not list((tmp_path / "copies").glob("rolewise-copy-*"))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def ready(address: str) -> dict[str, object]:
    try:
        return dict(httpx.get(f"{address}/readyz").json())
    except httpx.TransportError:
        return {}


def until(holds: Callable[[], object], seconds: float) -> float:
    started = time.perf_counter()
    while not holds():
        assert time.perf_counter() - started < seconds
        time.sleep(0.5)
    return time.perf_counter() - started


def said(address: str) -> str:
    return str(httpx.post(f"{address}/api/ask", json={"question": ASKED}, timeout=30).json()["markdown"])


def test_two_servers_on_one_data_folder_take_over_what_changes_while_they_run(
    servers: tuple[Path, list[str]], tmp_path: Path, figure: Note
) -> None:
    data, addresses = servers
    settings = environment(data) | {"ROLEWISE_ARTICLES": str(tmp_path / "articles")}
    page = tmp_path / "florist-vs-gardener.md"
    took = []
    for content, words in [(NEW, "wire and ribbon"), (OTHER, "moss and glue")]:
        page.write_text(content, encoding="utf-8")
        subprocess.run([*ROLEWISE, "articles", "add", page], env=settings, check=True, capture_output=True)
        took.append(until(lambda words=words: all(words in said(address) for address in addresses), SLOWEST))
    back = subprocess.run([*ROLEWISE, "index", "rollback"], env=settings, check=True, capture_output=True, text=True)
    took.append(until(lambda: all("wire and ribbon" in said(address) for address in addresses), SLOWEST))
    names = {str(ready(address)["generation"]) for address in addresses}
    print(f"\ntwo servers answer from an article {took[0]:.0f} s after it was added, ", end="")
    print(f"{took[1]:.0f} s after it was changed, {took[2]:.0f} s after going back")
    figure(
        "seconds until two servers answer from an article added, changed, rolled back",
        [round(one) for one in took],
        f"less than {SLOWEST:.0f} each",
    )
    assert names == {back.stdout.split(":")[0]}
    asked = subprocess.run([*ROLEWISE, "ask", ASKED], env=settings, check=True, capture_output=True, text=True)
    assert "wire and ribbon" in asked.stdout
