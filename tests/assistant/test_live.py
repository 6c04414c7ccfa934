"""A running server takes over new generations between two questions."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

import pytest

from assistant.live import Serving
from assistant.watch import article_stamp
from index.generation import roll_back
from tests.assistant.watched import HeldEncoder, Server
from tests.small import WordEncoder


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
