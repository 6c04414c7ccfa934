"""Processes that write, say what is done, and are killed: at random moments, or by strace at a write that is named."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

CURE = "No strace that may attach to a process. Get one with `apt-get install strace`."
PRELOADED = ["tests.crashing", "assistant.records.reviewing", "assistant.records.opening", "assistant.backups.saving",
             "corpus.shelf", "psycopg", "sqlalchemy.dialects.sqlite",
             "sqlalchemy.dialects.postgresql.psycopg"]  # fmt: skip

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(PRELOADED)


class Acknowledged:
    """A file of lines, one for each thing that was done. A line is written once the thing is acknowledged."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def note(self, line: str) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []


@contextmanager
def working(work: Callable[..., None], *arguments: Any) -> Iterator[ForkServerProcess]:
    """Run `work` in a process of its own, which is killed when the context ends."""
    process = _processes.Process(target=work, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join(10)


def wait_for(line_count: int, acknowledged: Acknowledged, process: ForkServerProcess) -> None:
    """Wait until so many lines are there, or the process has ended."""
    for _ in range(3000):
        if len(acknowledged.lines()) >= line_count or not process.is_alive():
            return
        time.sleep(0.01)
    raise TimeoutError(f"{len(acknowledged.lines())} of {line_count} lines after 30 s")


def _when_told(go: Event, work: Callable[..., None], arguments: Sequence[Any]) -> None:
    go.wait()
    work(*arguments)


def killed_at(call: str, number: int, under: Path, work: Callable[..., None], *arguments: Any) -> bool:
    """Run `work` and kill it as it enters the n-th call of this kind on a file under a folder.

    Return False when it ended before it came to that.
    """
    if shutil.which("strace") is None:
        pytest.skip(CURE)
    go = _processes.Event()
    process = _processes.Process(target=_when_told, args=(go, work, arguments), daemon=True)
    process.start()
    paths = [word for path in _watched(under) for word in ("-P", str(path))]
    inject = f"inject={call}:signal=SIGKILL:when={number}"
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(process.pid), *paths, "-e", f"trace={call}", "-e", inject, "-o", os.devnull],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    if "attached" not in tracer.stderr.readline():
        process.kill()
        pytest.skip(CURE)
    go.set()
    process.join(60)
    tracer.wait(10)
    tracer.stderr.close()
    assert process.exitcode in (0, -signal.SIGKILL), f"ended with {process.exitcode}"
    return process.exitcode != 0


def _watched(under: Path) -> list[Path]:
    names = ["", "records.sqlite3", "records.sqlite3-wal", "records.sqlite3-shm"]
    names += [name for stem in ("bees.md", "bees.toml", "bees.txt") for name in (stem, f".{stem}.new")]
    return [under / name for name in names]
