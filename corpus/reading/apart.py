"""Read a file of a format that can hang or fill the memory in a process of its own, with limits on both.

A first process loads the readers once and waits; for every file it forks, so that each file is read in a process that
has read nothing before, and what a file does to it ends with it. The kernel enforces the limits. The answer comes back
as JSON: nothing that a file may have taken over is unpickled here.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import functools
import importlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind, FrontMatter, LeftOut, Page
from corpus.spelling import english_words

READERS_APART = {
    "word": "corpus.reading.word:read_word",
    "pdf": "corpus.reading.pdf:read_pdf",
    "mail": "corpus.reading.mail_file:read_mail",
}

_MEMORY = 500_000_000  # bytes of address space; a 200-page PDF takes 170 million
_SECONDS = 20  # of processor time; a 200-page PDF takes two
_LARGEST_ANSWER = 20_000_000  # bytes; the longest book of plain text has a tenth
_FAILED = 1  # the exit status of a reader that stumbled over a damaged file
_OUT_OF_MEMORY = 2
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL)
_ROOT = Path(__file__).parents[2]
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from corpus.reading.apart import serve; serve(int(sys.argv[2]))"
)


def read_apart(reader: str, content: bytes) -> Page:
    """Return what a reader makes of the bytes of a file; raise its CorpusError, or one that says what went wrong."""
    answer = json.loads(_readers(os.getpid()).ask(reader, content))
    if "error" in answer:
        raise CorpusError(answer["error"])
    return _page(answer)


@functools.lru_cache(maxsize=1)
def _readers(owner: int) -> _Readers:
    """Return the waiting process of this process: one that was forked has to start its own."""
    readers = _Readers()
    atexit.register(readers.close)
    return readers


class _Readers:
    """The waiting process, started at the first question. One file is read at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None

    def ask(self, reader: str, content: bytes) -> bytes:
        """Return the answer of the process; start it again, once, when it is gone."""
        with self._lock:
            try:
                return self._asked(reader, content)
            except (OSError, EOFError):
                self.close()
                return self._asked(reader, content)

    def close(self) -> None:
        """End the process by hanging up; it answers what it was asked first."""
        if self._connection is not None and self._process is not None:
            self._connection.close()
            self._process.wait()
        self._connection = self._process = None

    def _asked(self, reader: str, content: bytes) -> bytes:
        connection = self._connection or self._started()
        connection.send_bytes(reader.encode())
        connection.send_bytes(content)
        return connection.recv_bytes(_LARGEST_ANSWER + 1)

    def _started(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, str(_ROOT), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._connection = Connection(ours.detach())
        return self._connection


def serve(descriptor: int) -> None:
    """Answer questions until the other side hangs up. This is what the waiting process runs."""
    readers = {name: _imported(place) for name, place in READERS_APART.items()}
    with Connection(descriptor) as connection, contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            reader, content = readers[connection.recv_bytes().decode()], connection.recv_bytes()
            connection.send_bytes(_forked(reader, content))
            english_words()  # loaded while nobody waits, for the files that follow


def _imported(place: str) -> Callable[[bytes], Page]:
    module, name = place.split(":")
    reader: Callable[[bytes], Page] = getattr(importlib.import_module(module), name)
    return reader


def _forked(reader: Callable[[bytes], Page], content: bytes) -> bytes:
    """Run a reader in a process of its own and return what it wrote, or why it wrote nothing."""
    answer = os.memfd_create("answer")
    try:
        child = os.fork()
        if child == 0:
            _answer(reader, content, answer)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            return os.pread(answer, _LARGEST_ANSWER, 0)
        return json.dumps({"error": _what_happened(status)}).encode()
    finally:
        os.close(answer)


def _answer(reader: Callable[[bytes], Page], content: bytes, answer: int) -> None:
    """Read within the limits, write the answer and end. Whatever else is raised ends the process as a failure."""
    status = _FAILED
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_ANSWER, _LARGEST_ANSWER))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            written = json.dumps(_plain(reader(content)))
        except CorpusError as error:
            written = json.dumps({"error": str(error)})
        with open(answer, "w", encoding="utf-8", closefd=False) as file:
            file.write(written)
        status = 0
    except MemoryError:
        status = _OUT_OF_MEMORY
    finally:
        os._exit(status)


def _what_happened(status: int) -> str:
    """Say why a reader ended without an answer; a library that runs out of memory may end it by a signal."""
    if status == _FAILED:
        return "is damaged. Open it in the program that made it and save it again."
    if -status in _OUT_OF_TIME:
        return f"takes more than {_SECONDS} seconds to read. Save it again from its program, or split it into articles."
    return (
        f"is damaged, or takes more than {_MEMORY // 1_000_000} MB of memory to read. "
        "Save it again from its program, or split it into articles."
    )


def _plain(page: Page) -> dict[str, Any]:
    """Return a page as JSON can hold it."""
    matter = page.front_matter
    return {
        "blocks": [[b.kind.name, b.text, b.level, b.label, b.row, b.column] for b in page.blocks],
        "title": matter.title,
        "date": matter.date.isoformat() if matter.date else "",
        "saved": matter.saved.isoformat() if matter.saved else "",
        "left_out": [[item.code, item.text] for item in page.left_out],
    }


def _page(answer: dict[str, Any]) -> Page:
    date, saved = (dt.date.fromisoformat(day) if day else None for day in (answer["date"], answer["saved"]))
    return Page(
        tuple(Block(BlockKind[kind], *rest) for kind, *rest in answer["blocks"]),
        FrontMatter(title=answer["title"], date=date, saved=saved),
        tuple(LeftOut(code, text) for code, text in answer["left_out"]),
    )
