"""An assistant that was replaced or could not be put together leaves nothing behind: no memory, no file, no process."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.builder import ProcessBuilder
from assistant.live import LiveAssistant, Serving
from assistant.serving import serving
from index.build import build_index
from index.hits import SearchError, Vectors
from index.opening import Opened, open_published
from index.stores import LocalStores
from tests.assistant.watched import HeldEncoder
from tests.small import WordEncoder, library_of

QUESTION = "Who writes the menu, the head chef or the sous chef?"


class FailingEncoder(WordEncoder):
    """An encoder that fails."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        raise SearchError("The model cannot be loaded")


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[WordEncoder], Opened]:
    build_index(tmp_path / "index", library_of(tmp_path / "articles"), WordEncoder())
    return lambda encoder: open_published(tmp_path / "index", encoder, LocalStores())


@pytest.fixture
def uncollected() -> Iterator[None]:
    """No search for cycles while a test lasts."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_a_replaced_assistant_and_its_index_go_from_memory_at_once(opened: Callable[[WordEncoder], Opened]) -> None:
    first = opened(WordEncoder())
    made = serving(first, None)
    gone = weakref.ref(made.assistant), weakref.ref(first.searcher)
    live = LiveAssistant(made)
    del first, made
    for turns in ([QUESTION], [QUESTION, "and who trains the cooks?"], [QUESTION, "who?", "and the other one?"]):
        assert live.answer(turns)
    live.swap(serving(opened(WordEncoder()), None))
    assert [one() for one in gone] == [None, None]
    live.close()


def test_an_index_over_which_no_assistant_can_be_put_is_closed_again(
    opened: Callable[[WordEncoder], Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "copies"))
    index = opened(FailingEncoder())
    assert list((tmp_path / "copies").iterdir())
    with pytest.raises(SearchError, match="cannot be loaded"):
        serving(index, None)
    assert not list((tmp_path / "copies").iterdir())


def test_what_answers_is_closed_after_the_last_question_under_way(opened: Callable[[WordEncoder], Opened]) -> None:
    encoder, closed = HeldEncoder(), threading.Event()
    made = serving(opened(encoder), None)
    live = LiveAssistant(Serving(made.assistant, made.generation, closed.set))
    encoder.begun.clear()
    encoder.let_go.clear()
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(live.answer([QUESTION])))
    asking.start()
    assert encoder.begun.wait(30)
    assert live.ready
    live.leave()
    assert not live.ready
    live.close()
    assert not closed.is_set()
    encoder.let_go.set()
    asking.join()
    assert closed.is_set()
    assert answers[0].claims
    made.close()


def test_a_builder_that_could_not_be_started_can_be_stopped() -> None:
    builder = ProcessBuilder(lambda: None)  # type: ignore[arg-type] - what cannot be sent to another process
    with pytest.raises(AttributeError, match="pickle"):
        builder.start()
    builder.stop()
    assert not builder.running()
