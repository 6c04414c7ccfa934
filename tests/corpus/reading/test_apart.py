"""The process that reads hostile formats: it is started when needed, again when it is gone, and limits hold in it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil
import pytest

from corpus.article import CorpusError
from corpus.reading.apart import READERS_APART, read_apart
from corpus.reading.blocks import Page

OFFICE = Path(__file__).parents[2] / "data" / "office"
ROOT = Path(__file__).parents[3]
WORD_FILE, PDF_FILE = (OFFICE / "faq.pandoc.docx").read_bytes(), (OFFICE / "faq.latex.pdf").read_bytes()
MAIL_FILE = b"From: a@b.example\nDate: Mon, 2 Mar 2026 09:00:00 +0000\nSubject: Chef vs Cook\n\nA Chef cooks.\n"
ASKED_IN_A_FORK = """
import os, pathlib, sys
from corpus.reading.apart import read_apart
content = pathlib.Path(sys.argv[1]).read_bytes()
first = read_apart("word", content)
child = os.fork()
if child == 0:
    os._exit(0 if read_apart("word", content) == first else 1)
assert read_apart("word", content) == first
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""
SERVE_GREEDY_ONES = """
import sys
from corpus.reading import apart
from tests.corpus.reading.greedy import READERS
apart.READERS_APART = READERS
apart.serve(int(sys.argv[1]))
"""


def reading_processes() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "corpus.reading" in " ".join(child.cmdline())]


@pytest.mark.parametrize("reader", READERS_APART)
def test_what_comes_back_is_what_the_reader_made(reader: str) -> None:
    from corpus.reading.mail_file import read_mail
    from corpus.reading.pdf import read_pdf
    from corpus.reading.word import read_word

    files = {"word": (WORD_FILE, read_word), "pdf": (PDF_FILE, read_pdf), "mail": (MAIL_FILE, read_mail)}
    content, read = files[reader]
    assert read_apart(reader, content) == read(content)


def test_one_process_reads_file_after_file() -> None:
    read_apart("word", WORD_FILE)
    (first,) = reading_processes()
    read_apart("pdf", PDF_FILE)
    assert reading_processes() == [first]


def test_a_process_that_is_gone_is_started_again() -> None:
    page = read_apart("word", WORD_FILE)
    (process,) = reading_processes()
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert read_apart("word", WORD_FILE) == page


def test_threads_that_ask_at_once_get_their_own_answers() -> None:
    contents = {"word": WORD_FILE, "pdf": PDF_FILE}
    expected = {reader: read_apart(reader, content) for reader, content in contents.items()}
    answers: list[tuple[str, Page]] = []
    threads = [
        threading.Thread(target=lambda reader=reader: answers.append((reader, read_apart(reader, contents[reader]))))
        for reader in ["word", "pdf"] * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(page == expected[reader] for reader, page in answers)


def test_a_forked_process_starts_its_own_and_both_end() -> None:
    before = set(psutil.pids())
    run = [sys.executable, "-c", ASKED_IN_A_FORK, str(OFFICE / "faq.pandoc.docx")]
    assert subprocess.run(run, cwd=ROOT, check=False, timeout=60).returncode == 0
    started = [psutil.Process(pid) for pid in set(psutil.pids()) - before if psutil.pid_exists(pid)]
    _, alive = psutil.wait_procs([p for p in started if p.ppid() in (1, os.getpid())], timeout=10)
    assert not [process for process in alive if "corpus.reading" in " ".join(process.cmdline())]


def test_a_file_that_no_reader_can_take_is_an_error_of_its_own() -> None:
    with pytest.raises(CorpusError, match="is damaged"):
        read_apart("word", WORD_FILE.replace(b"word/styles.xml", b"word/stylez.xml"))


@pytest.fixture(scope="module")
def ask() -> Iterator[Callable[[str, bytes], dict[str, Any]]]:
    """Ask a waiting process like the real one, whose readers are greedy."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE_GREEDY_ONES, str(theirs.fileno())], cwd=ROOT, pass_fds=[theirs.fileno()]
        )
    with Connection(ours.detach()) as connection:

        def asked(reader: str, content: bytes) -> dict[str, Any]:
            connection.send_bytes(reader.encode())
            connection.send_bytes(content)
            answer: dict[str, Any] = json.loads(connection.recv_bytes())
            return answer

        yield asked
    process.wait(30)


def test_memory_time_and_size_are_limited_for_good_where_a_file_is_read(
    ask: Callable[[str, bytes], dict[str, Any]],
) -> None:
    ((_, told, *_),) = ask("tell", b"")["blocks"]
    assert json.loads(told) == {
        "RLIMIT_AS": [500_000_000] * 2,
        "RLIMIT_CPU": [20] * 2,
        "RLIMIT_FSIZE": [20_000_000] * 2,
        "RLIMIT_CORE": [0] * 2,
    }


def test_a_reader_that_asks_for_a_gigabyte_is_told_so(ask: Callable[[str, bytes], dict[str, Any]]) -> None:
    assert "takes more than 500 MB of memory" in ask("grow", b"")["error"]


def test_a_reader_cannot_fill_the_disk(ask: Callable[[str, bytes], dict[str, Any]], tmp_path: Path) -> None:
    assert "is damaged" in ask("write", str(tmp_path / "filler").encode())["error"]
    assert (tmp_path / "filler").stat().st_size <= 20_000_000


@pytest.mark.slow
def test_a_reader_that_never_ends_is_ended(ask: Callable[[str, bytes], dict[str, Any]]) -> None:
    assert "takes more than 20 seconds" in ask("spin", b"")["error"]
