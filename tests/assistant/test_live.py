"""A running server takes over new generations between two questions, and has articles indexed by another process."""

from __future__ import annotations

import gc
import io
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.live import LiveAssistant, Serving
from assistant.serving import serving
from assistant.watch import Source, Stamp, Watcher, article_stamp
from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.generation import roll_back
from index.hits import Encoder, Vectors
from index.opening import open_published
from index.stores import LocalStores
from tests.editions import QUESTION, edition, write_edition
from tests.small import WordEncoder

AT_ONCE = BuildOptions(wait=0)


class NotedBuilder:
    """Builds nothing, and notes that it should have."""

    def __init__(self) -> None:
        self.started = 0
        self.under_way = False
        self.went_wrong = False
        self.refusals: list[OSError] = []

    def start(self) -> None:
        if self.refusals:
            raise self.refusals.pop()
        self.started += 1

    def running(self) -> bool:
        return self.under_way

    def failed(self) -> bool:
        went_wrong, self.went_wrong = self.went_wrong, False
        return went_wrong

    def stop(self) -> None:
        self.under_way = False


class HeldEncoder(WordEncoder):
    """An encoder that takes its time over a question until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.let_go = threading.Event(), threading.Event()
        self.let_go.set()

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        self.begun.set()
        assert self.let_go.wait(30)
        return super().encode(texts, progress=progress)


class Server:
    """Articles, an index of them, a live assistant over it, and the watcher that keeps it up to date."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.articles, self.root, self.encoder = folder / "articles", folder / "index", encoder
        self.closed: list[str] = []
        self.failures: list[Exception] = []  # of the next openings
        self.builder = NotedBuilder()
        self.publish(0)
        self.live = LiveAssistant(self.opened())
        self.watcher = self.watching(article_stamp([self.articles]))

    def watching(self, seen: Stamp) -> Watcher:
        source = Source(self.root, lambda: [self.articles], self.opened)
        return Watcher(self.live, source, self.builder, seen, interval=0.01)

    def publish(self, number: int) -> None:
        write_edition(self.articles, number)
        build_index(self.root, load_library([self.articles]), WordEncoder(), AT_ONCE)

    def opened(self) -> Serving:
        if self.failures:
            raise self.failures.pop(0)
        made = serving(open_published(self.root, self.encoder, LocalStores()), None)

        def close() -> None:
            self.closed.append(made.generation)
            made.close()

        return Serving(made.assistant, made.generation, close, made.whole)

    def ask(self) -> int:
        return edition(self.live.answer([QUESTION]))

    def answers_from(self, generation: str) -> bool:
        """Wait until the watcher has taken a generation over."""
        for _ in range(500):
            if self.live.generation == generation:
                return True
            time.sleep(0.02)
        return False


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path, WordEncoder())


def test_a_new_generation_is_taken_over_library_and_index_together(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (server.ask(), server.live.generation) == (0, "generation-0001")
    server.publish(1)
    assert server.ask() == 0
    server.watcher.look()
    assert (server.ask(), server.live.generation) == (1, "generation-0002")
    assert server.closed == ["generation-0001"]
    assert "edition 1" in server.live.library.articles["head-chef-vs-sous-chef"].text
    assert "Answers come from generation-0002 now" in capsys.readouterr().err
    server.watcher.look()
    assert server.closed == ["generation-0001"]


def test_a_question_under_way_is_answered_by_what_it_began_with(tmp_path: Path) -> None:
    encoder = HeldEncoder()
    server = Server(tmp_path, encoder)
    server.publish(1)
    new = server.opened()
    encoder.begun.clear()
    encoder.let_go.clear()
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(server.ask()))
    asking.start()
    assert encoder.begun.wait(30)
    server.live.swap(new)
    assert server.closed == []
    encoder.let_go.set()
    asking.join()
    assert answers == [0]
    assert server.closed == ["generation-0001"]
    assert server.ask() == 1


def test_an_assistant_that_was_replaced_is_gone_from_memory_at_once(server: Server) -> None:
    server.ask()
    replaced = weakref.ref(server.live._serving.assistant)
    server.publish(1)
    gc.disable()  # it must not wait for a sweep: an assistant and its index are hundreds of megabytes
    try:
        server.live.swap(server.opened())
        assert server.ask() == 1
        assert replaced() is None
    finally:
        gc.enable()


def test_going_back_is_taken_over_as_well(server: Server) -> None:
    server.publish(1)
    server.watcher.look()
    roll_back(server.root)
    server.watcher.look()
    assert (server.ask(), server.live.generation) == (0, "generation-0001")
    assert server.builder.started == 1  # for the articles that changed with edition 1


@pytest.mark.parametrize(("file", "now"), [("chunks.json", 0), ("chroma/chroma.sqlite3", 1)])
def test_a_damaged_new_generation_never_answers_wrong_and_is_built_anew(
    server: Server, capsys: pytest.CaptureFixture[str], file: str, now: int
) -> None:
    server.publish(1)
    server.watcher = server.watching(article_stamp([server.articles]))
    path = server.root / "generation-0002" / file
    path.write_bytes(path.read_bytes()[:-1])
    server.watcher.look()
    assert (server.ask(), server.live.whole) == (now, now == 0)
    assert server.builder.started == 1
    server.watcher.look()
    assert server.builder.started == 1
    assert "generation-000" in capsys.readouterr().err


def test_changed_articles_are_built_once_and_by_the_builder(server: Server) -> None:
    server.watcher.look()
    assert server.builder.started == 0
    write_edition(server.articles, 1)
    server.watcher.look()
    server.watcher.look()
    assert server.builder.started == 1
    server.builder.under_way = True
    write_edition(server.articles, 22)
    server.watcher.look()
    assert server.builder.started == 1
    server.builder.under_way = False
    server.watcher.look()
    assert server.builder.started == 2
    server.builder.went_wrong = True
    server.watcher.look()
    assert server.builder.started == 2  # not again at once


def test_a_pinned_generation_is_not_built_over(server: Server) -> None:
    server.publish(1)
    server.watcher = server.watching(article_stamp([server.articles]))
    roll_back(server.root)
    write_edition(server.articles, 2)
    server.watcher.look()
    assert server.builder.started == 0


def test_a_vector_store_that_lost_what_it_held_is_opened_anew_and_not_at_every_look(server: Server) -> None:
    lost = server.opened()
    server.live.swap(Serving(lost.assistant, lost.generation, lost.close, lost=lambda: True))
    server.watcher = server.watching(article_stamp([server.articles]))
    server.watcher.look()
    assert server.closed == ["generation-0001"] * 2
    assert not server.live.lost
    server.live.swap(Serving(lost.assistant, lost.generation, lost.close, lost=lambda: True))
    server.watcher.look()
    assert server.live.lost


def test_the_watcher_watches_by_itself_and_stops(server: Server) -> None:
    server.watcher.start()
    server.publish(1)
    assert server.answers_from("generation-0002")
    server.watcher.stop()
    server.live.close()
    assert server.closed == ["generation-0001", "generation-0002"]


def test_whatever_goes_wrong_is_said_once_until_a_look_goes_well_and_the_watcher_goes_on(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    unforeseen, another = RuntimeError("what nobody foresaw"), KeyError("another")
    server.failures = [unforeseen, another, unforeseen, another]
    server.watcher.start()
    server.publish(1)
    assert server.answers_from("generation-0002")
    server.failures = [unforeseen] * 2
    server.publish(2)
    assert server.answers_from("generation-0003")
    server.watcher.stop()
    said = [line for line in capsys.readouterr().err.splitlines() if "could not be looked after" in line]
    assert ["RuntimeError: what nobody foresaw" in line for line in said] == [True, False, True]
    assert "KeyError: 'another'" in said[1]
    assert server.failures == []


def test_the_watcher_goes_on_when_nobody_reads_what_it_says(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr("sys.stderr", closed)
    server.failures = [RuntimeError("what nobody foresaw")]
    server.watcher.start()
    for number in (1, 2):
        server.publish(number)
        assert server.answers_from(f"generation-000{number + 1}")
    server.watcher.stop()


def test_a_build_that_no_process_can_be_started_for_is_started_at_the_next_look(server: Server) -> None:
    write_edition(server.articles, 1)
    server.builder.refusals = [OSError("Resource temporarily unavailable")]
    with pytest.raises(OSError, match="temporarily"):
        server.watcher.look()
    assert server.builder.started == 0
    server.watcher.look()
    assert server.builder.started == 1
