"""Two hundred people at once, and thousands of questions one after the other, against the server as people start it."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.benchmarks.server import Server, serving
from tests.figures import Note
from tests.web.chatting import chat, submit_of
from tests.web.loops import run

pytestmark = [pytest.mark.slow, pytest.mark.alone]

PEOPLE = 200
SOAK = int(os.environ.get("ROLEWISE_TEST_SOAK", "1000"))  # four hours' worth is 5,000
MOST_SECONDS = 45.0  # the deadline for a turn, and time to compute what was begun
MOST_GROWTH = 5.0  # MB for each thousand questions, once warm


async def ask(client: httpx.AsyncClient, turns: tuple[str, ...]) -> tuple[int, float, bool]:
    started = time.perf_counter()
    response = await client.post("/api/ask", json={"turns": list(turns)})
    told = "retry-after" in response.headers
    return response.status_code, time.perf_counter() - started, told


def test_two_hundred_people_ask_at_once(
    built: tuple[Path, float], conversations: list[tuple[str, ...]], tmp_path: Path, figure: Note
) -> None:
    async def crowd(address: str) -> list[tuple[int, float, bool]]:
        limits = httpx.Limits(max_connections=PEOPLE)
        async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
            return await asyncio.gather(*(ask(client, turns) for turns in conversations[:PEOPLE]))

    with serving(built[0], tmp_path / "log") as server:
        started = time.perf_counter()
        asked = run(crowd(server.address))
        took = time.perf_counter() - started
        peak = server.megabytes
    statuses = Counter(status for status, _, _ in asked)
    answered = sorted(seconds for status, seconds, _ in asked if status == httpx.codes.OK)
    figures = {
        "people": PEOPLE,
        "statuses": dict(statuses),
        "answers_a_second": round(len(answered) / took, 1),
        "p50_s": round(answered[len(answered) // 2], 1),
        "p95_s": round(answered[int(len(answered) * 0.95)], 1),
        "longest_s": round(max(seconds for _, seconds, _ in asked), 1),
        "megabytes": round(peak),
        "load_average": round(os.getloadavg()[0], 1),
    }
    print(f"\n{json.dumps(figures)}")
    figure("200 people at once", figures, "0 errors but 503 with Retry-After")
    assert set(statuses) <= {200, 503}
    assert all(told for status, _, told in asked if status == httpx.codes.SERVICE_UNAVAILABLE)
    assert max(seconds for _, seconds, _ in asked) < MOST_SECONDS
    assert answered


def test_memory_stays_flat_over_thousands_of_questions(
    built: tuple[Path, float], conversations: list[tuple[str, ...]], tmp_path: Path, figure: Note
) -> None:
    """The ranker is left out so that a soak ends: it keeps nothing between questions, and answers are the same work."""
    seen: list[tuple[int, float]] = []
    statuses: Counter[int] = Counter()

    async def soak(server: Server) -> None:
        async with httpx.AsyncClient(base_url=server.address, timeout=120) as client:
            for start in range(0, SOAK, 8):
                turns = [conversations[(start + n) % len(conversations)] for n in range(8)]
                statuses.update(status for status, _, _ in await asyncio.gather(*(ask(client, one) for one in turns)))
                if start % 40 == 0:
                    seen.append((start, server.megabytes))

    with serving(built[0], tmp_path / "log", ROLEWISE_RANKER="false") as server:
        run(soak(server))
        with httpx.Client(base_url=server.address, timeout=120) as client:
            event = submit_of(client.get("/config").json())
            for number in range(SOAK // 20):
                assert chat(client, event, conversations[number % len(conversations)][-1]).success
        after_chat = server.megabytes
        lines = server.log.read_text(encoding="utf-8")
    warm = np.array([pair for pair in seen if pair[0] >= SOAK // 2])  # by then the last questions are remembered
    slope = float(np.polyfit(warm[:, 0] / 1000, warm[:, 1], 1)[0])
    figures = {
        "questions": SOAK,
        "statuses": dict(statuses),
        "megabytes": [round(megabytes) for _, megabytes in seen][:: max(1, len(seen) // 8)],
        "slope_mb_per_1000": round(slope, 2),
        "chats": SOAK // 20,
        "megabytes_after_chats": round(after_chat),
    }
    print(f"\n{json.dumps(figures)}")
    figure("soak", figures, f"0 errors, less than {MOST_GROWTH:.0f} MB for 1,000 questions")
    assert set(statuses) == {200}
    assert slope < MOST_GROWTH
    assert '"level": "error"' not in lines
