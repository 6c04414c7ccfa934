"""The watcher has changed articles indexed by another process, and goes on whatever goes wrong."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assistant.watch import article_stamp
from index.generation import roll_back
from tests.assistant.watched import Server
from tests.editions import write_edition
from tests.small import WordEncoder


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path, WordEncoder())


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
