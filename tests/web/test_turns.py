"""Turns for those who wait for answers."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.turns import BusyError, Turns
from corpus.library import Library
from tests.web.loops import run
from tests.web.small_assistant import SmallAssistant
from tests.web.small_records import SmallRecords


def test_turns_are_taken_a_few_at_once_and_who_waits_too_long_is_told() -> None:
    running, most = 0, 0
    lock = threading.Lock()

    def work() -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.2)
        with lock:
            running -= 1
        return "done"

    async def all_at_once() -> list[str | BaseException]:
        turns = Turns(at_once=2, waiting=6, seconds=0.5)
        return await asyncio.gather(*(turns.take(work) for _ in range(12)), return_exceptions=True)

    started = time.perf_counter()
    results = run(all_at_once())
    took = time.perf_counter() - started
    refused = [result for result in results if isinstance(result, BusyError)]
    assert most == 2
    assert results.count("done") + len(refused) == 12
    assert 4 <= results.count("done") <= 8
    assert took < 2


def test_who_would_wait_in_vain_is_told_at_once() -> None:
    async def crowd() -> tuple[int, float]:
        turns = Turns(at_once=1, waiting=100, seconds=0.6)
        await turns.take(lambda: time.sleep(0.2))  # now it is known how long an answer takes
        tasks = [asyncio.create_task(turns.take(lambda: time.sleep(0.2))) for _ in range(30)]
        await asyncio.sleep(0.1)
        told = sum(task.done() for task in tasks)
        started = time.perf_counter()
        await asyncio.gather(*tasks, return_exceptions=True)
        return told, time.perf_counter() - started

    told, took = run(crowd())
    assert told >= 24
    assert took < 2


def test_a_turn_is_given_back_when_the_work_fails() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def often() -> str:
        turns = Turns(at_once=1, waiting=1, seconds=0.5)
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                await turns.take(fail)
        return await turns.take(lambda: "still there")

    assert run(often()) == "still there"


class SlowAssistant(SmallAssistant):
    """Takes as long as it is told to."""

    gate = threading.Event()

    def answer(self, turns):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
        self.gate.wait(5)
        return super().answer(turns)


def test_pages_are_served_while_every_turn_is_taken(library: Library, tmp_path: Path) -> None:
    slow = SlowAssistant(library)
    app = create_app(slow, Settings(data=tmp_path, answers_at_once=1), SmallRecords())
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 1)) as client:
        statuses: list[int] = []
        askers = [
            threading.Thread(
                target=lambda: statuses.append(client.post("/api/ask", json={"question": "budget?"}).status_code)
            )
            for _ in range(50)
        ]
        for asker in askers:
            asker.start()
        started = time.perf_counter()
        assert client.get("/articles").status_code == 200
        assert time.perf_counter() - started < 3
        slow.gate.set()
        for asker in askers:
            asker.join()
    assert statuses == [200] * 50
