"""Every fault a builder can meet, swaps under load, and a server that runs on. Figures are printed with `-s`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import pytest

from assistant.live import LiveAssistant, Serving
from assistant.serving import serving
from assistant.watch import Source, Watcher, article_stamp
from corpus.library import load_library
from index.build import build_index
from index.generation import Pointer, generations, read_pointer
from index.hits import SearchError, Vectors
from index.manifest import Manifest
from index.opening import open_published
from index.seal import check
from index.stores import LocalStores
from tests.benchmarks.conftest import ROLEWISE, environment
from tests.editions import QUESTION, edition, write_edition
from tests.index.faults.builder import AFTER, BEFORE, COUNT, FULL, KILL, Left, faulty_builder
from tests.small import WordEncoder, write_pages

pytestmark = pytest.mark.slow

SWAPS, ASKING = 12, 4
SLOWEST = 240  # seconds: a bound for machines that do other things at the same time
ROOM_STEP = 7  # every seventh change meets a full disk; every one meets a kill
ROOM = range(20, 1000, 80)  # kB left for a generation that takes about 600
BUILD = """
import sys
from pathlib import Path
from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from tests.editions import write_edition
from tests.small import WordEncoder
data = Path(sys.argv[1])
for line in sys.stdin:
    if int(line) >= 0:
        write_edition(data / "articles", int(line))
    try:
        built = build_index(data / "index", load_library([data / "articles"]), WordEncoder(), BuildOptions(wait=0))
        print(built.folder.name, flush=True)
    except SearchError as error:
        print(error, flush=True)
"""


@contextmanager
def builder(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that builds the edition of each number it is sent, or the articles as they are for -1."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(data)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ordered(process: subprocess.Popen[str], number: int) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{number}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def test_a_builder_killed_at_every_change_it_makes_leaves_a_whole_index(tmp_path: Path) -> None:
    started, ends = time.perf_counter(), Counter[str]()
    with faulty_builder(tmp_path) as faulty:
        most = faulty.run(0, COUNT).calls
        number, left = 1, Left(-9, 0, BEFORE)
        while left.status == -9:
            left = faulty.run(number, KILL, exact=number % 20 != 0)
            ends[left.wording] += left.status == -9
            number += 1
    print(f"\nbuilder killed at {ends.total()} changes, the index was whole after {ends.total()}: ", end="")
    print(f"{ends[BEFORE]} old, {ends[AFTER]} new; {time.perf_counter() - started:.0f} s")
    assert left.status == 0
    assert abs(ends.total() - most) < 20
    assert ends[BEFORE] > 300
    assert 0 < ends[AFTER] < 20


def test_a_disk_that_fills_up_at_any_change_leaves_a_whole_index(tmp_path: Path) -> None:
    with faulty_builder(tmp_path) as faulty:
        most = faulty.run(0, COUNT).calls
        lefts = [faulty.run(number, FULL) for number in range(1, most, ROOM_STEP)]
    refused = [left for left in lefts if left.status == 1]
    print(f"\ndisk full from {len(lefts)} changes on: {len(refused)} builds refused with a reason, the old index whole")
    assert all((left.status, left.wording) in {(1, BEFORE), (0, AFTER), (1, AFTER)} for left in lefts)
    assert len(refused) > len(lefts) // 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk; the test above makes one full for all")
def test_a_small_disk_that_is_really_full_leaves_a_whole_index(tmp_path: Path) -> None:
    write_edition(tmp_path / "articles", 0)
    build_index(tmp_path / "index", load_library([tmp_path / "articles"]), WordEncoder())
    disk, said = tmp_path / "disk", Counter[str]()
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], check=True)
    try:
        for room in ROOM:
            shutil.rmtree(disk / "index", ignore_errors=True)
            shutil.copytree(tmp_path / "index", disk / "index")
            write_edition(disk / "articles", 1)
            before = free(disk)
            encoder = FillingEncoder(disk, room * 1000)
            try:
                build_index(disk / "index", load_library([disk / "articles"]), encoder)
                said["built"] += 1
            except SearchError as error:
                said["refused" if "0 MB are free" in str(error) else str(error)] += 1
            (disk / "filler").unlink()
            live = serving(open_published(disk / "index", WordEncoder(), LocalStores()), None)
            said[f"answers of edition {edition(live.assistant.answer([QUESTION]))}"] += 1
            live.close()
            assert not list((disk / "index").glob("*.building"))
            assert free(disk) >= before or read_pointer(disk / "index") == Pointer("generation-0002")
    finally:
        subprocess.run(["umount", disk], check=True)
    print(f"\nsmall disk filled up during {len(ROOM)} builds: {dict(said)}")
    assert said["refused"] == said["answers of edition 0"]
    assert said["built"] == said["answers of edition 1"]
    assert said["refused"] >= 5
    assert said["built"] >= 1


def free(disk: Path) -> int:
    return shutil.disk_usage(disk).free


class FillingEncoder(WordEncoder):
    """An encoder during whose work somebody else fills the disk, but for so many bytes."""

    def __init__(self, disk: Path, room: int) -> None:
        super().__init__()
        self._disk, self._room = disk, room

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        if not (self._disk / "filler").exists():
            (self._disk / "filler").write_bytes(bytes(free(self._disk) - self._room))
        return super().encode(texts, progress=progress)


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


def test_swaps_under_load_give_no_wrong_answer(tmp_path: Path) -> None:
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


def test_processes_that_build_at_once_leave_one_whole_index(tmp_path: Path) -> None:
    write_pages(tmp_path / "articles")
    with builder(tmp_path) as one, builder(tmp_path) as two:
        said = Counter[str]()
        for _ in range(5):
            for process in (one, two):
                assert process.stdin is not None
                process.stdin.write("-1\n")
                process.stdin.flush()
            for process in (one, two):
                assert process.stdout is not None
                said["built" if "generation-" in process.stdout.readline() else "turned away"] += 1
            for folder in generations(tmp_path / "index"):
                check(folder, Manifest.read(folder).files)
    print(f"\ntwo builders at once, five times: {dict(said)}")
    assert read_pointer(tmp_path / "index") is not None
    assert said["built"] >= 5


NEW = "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs wire and ribbon. The Gardener needs a spade.\n"
OTHER = "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs moss and glue. The Gardener needs a spade.\n"
ASKED = "Which tools does a florist use?"


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A data folder over three short articles, and the addresses of two servers that share it."""
    articles = write_pages(tmp_path / "articles")
    settings = environment(tmp_path / "data") | {"ROLEWISE_ARTICLES": str(articles), "ROLEWISE_RANKER": "false"}
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
        for process in processes:
            process.wait(timeout=30)


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
    servers: tuple[Path, list[str]], tmp_path: Path
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
    assert names == {back.stdout.split(":")[0]}
    asked = subprocess.run([*ROLEWISE, "ask", ASKED], env=settings, check=True, capture_output=True, text=True)
    assert "wire and ribbon" in asked.stdout
