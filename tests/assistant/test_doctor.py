"""What the doctor looks at, and that he notices what is wrong."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.doctor import looks
from assistant.doctor.installation import FindingError, Installation
from assistant.doctor.network import NetworkUsedError, no_network
from assistant.doctor.served import address, headers, port
from assistant.settings import Settings, SettingsError
from assistant.wiring import Index
from corpus.library import Library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from index.stores import LocalStores
from tests.assistant.conftest import Command
from tests.assistant.standing_in import Answers, guarded, known_everywhere, open_to_pages, serving, unguarded
from tests.index.test_filling import LossyStores
from tests.small import WordEncoder

ROOT = Path(__file__).parents[2]
EXAMINE = """
from assistant.doctor.examine import examine
from assistant.settings import Settings
for check in examine(Settings()):
    print(check.fine, check.name, check.said, sep="|")
"""


def installation(data: Path, **settings: object) -> Installation:
    return Installation(Settings(data=data, **settings))


@pytest.fixture
def server() -> Iterator[tuple[str, int]]:
    """The address of a server on this machine that takes every connection."""
    with socket.create_server(("127.0.0.1", 0), backlog=5000) as listening:
        yield listening.getsockname()


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_no_host_is_looked_up_or_reached_while_the_network_is_shut(server: tuple[str, int]) -> None:
    with no_network():
        for reach in (
            lambda: socket.create_connection(server, timeout=5),
            lambda: socket.socket().connect(server),
            lambda: socket.socket().connect_ex(server),
            lambda: socket.getaddrinfo("localhost", 80),
        ):
            with pytest.raises(NetworkUsedError, match="tried to reach the network"):
                reach()
    socket.create_connection(server, timeout=5).close()


def test_the_one_host_that_is_excepted_is_reached_and_no_other(server: tuple[str, int]) -> None:
    with no_network(but="localhost"):
        socket.create_connection(server, timeout=5).close()
        with pytest.raises(NetworkUsedError):
            socket.create_connection(("127.0.0.2", server[1]), timeout=5)


def test_the_network_is_shut_while_the_doctor_asks(
    rolewise: Command, tmp_path: Path, free_port: int, server: tuple[str, int]
) -> None:
    reached, done = Counter[str](), threading.Event()

    def reach_out() -> None:
        """Do all along what no part of an answer may do."""
        while not done.wait(0.01):
            try:
                socket.create_connection(server, timeout=5).close()
                reached["reached"] += 1
            except NetworkUsedError:
                reached["refused"] += 1

    stranger = threading.Thread(target=reach_out)
    stranger.start()
    try:
        ran = rolewise("doctor", port=free_port)
    finally:
        done.set()
        stranger.join()
    assert "with every socket blocked" in ran.out
    assert reached["refused"] > 0
    assert reached["reached"] > 0, "before and after"


def test_a_disk_without_room_for_an_index_or_its_copy_is_a_finding(
    own_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles")
    build_index(tmp_path / "data" / "index", own_library, WordEncoder())
    assert "MB free in" in looks.room(found)
    size, kept = shutil.disk_usage(tmp_path), {"data": 8_000_000, "copies": size_of(tmp_path / "data")}
    monkeypatch.setenv("TMPDIR", str(tmp_path / "copies"))
    (tmp_path / "copies").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda path: size._replace(free=kept["copies" if "copies" in str(path) else "data"])
    )
    with pytest.raises(SearchError, match=r"index of 19 sentences needs 8 MB .* Make room"):
        looks.room(found)
    kept |= {"data": 10_000_000, "copies": 1000}
    with pytest.raises(FindingError, match=r"copies \d MB to .*copies, 0 MB are free.* set TMPDIR"):
        looks.room(found)


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_every_article_that_cannot_be_read_is_named(own_library: Library, tmp_path: Path) -> None:
    (tmp_path / "articles" / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "articles" / "alone.md").write_text("# The Florist\n\n## Tools\n\nWire.\n", encoding="utf-8")
    with pytest.raises(FindingError, match=r"2 cannot be used: .*alone\.md.*broken\.docx"):
        looks.articles(installation(tmp_path / "data", articles=tmp_path / "articles"))


def test_a_generation_without_chroma_is_fine_and_said(own_library: Library, tmp_path: Path) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles")
    assert looks.index(found) == "none yet: the first start builds it"
    found.index = Index(tmp_path / "data" / "index", WordEncoder(), LocalStores())
    build_index(found.index.root, own_library, found.index.encoder)
    assert looks.index(found) == "fresh, every file as it was published"
    build_index(found.index.root, own_library, found.index.encoder, BuildOptions(force=True, stores=LossyStores()))
    assert "published; vectors compared one by one, as Chroma did not find 1 of 19" in looks.index(found)


@pytest.mark.parametrize(
    ("host", "hosts", "said"),
    [
        ("127.0.0.1", "", "127.0.0.1, this machine alone"),
        ("127.0.0.1", "hr.example", "127.0.0.1, this machine alone, under the names hr.example"),
        ("0.0.0.0", "hr.example, [::2]", "0.0.0.0, reached by others, under the names hr.example, [::2]"),
    ],
)
def test_the_address_says_who_reaches_the_server(tmp_path: Path, host: str, hosts: str, said: str) -> None:
    assert address(installation(tmp_path, host=host, hosts=hosts)) == said


@pytest.mark.parametrize(
    ("host", "hosts", "said"),
    [
        ("0.0.0.0", "", "can be reached by others. Set ROLEWISE_HOSTS"),
        ("0.0.0.0", "hr.example,*", "ROLEWISE_HOSTS is \\*"),
        ("127.0.0.1", "https://hr.example", "names 'https://hr.example', which no browser asks for"),
        ("127.0.0.1", "hr.example:8080", "names 'hr.example:8080'"),
    ],
)
def test_an_address_that_lets_in_others_than_meant_is_a_finding(
    tmp_path: Path, host: str, hosts: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        address(installation(tmp_path, host=host, hosts=hosts))


def test_a_server_that_runs_is_asked_itself(tmp_path: Path) -> None:
    with serving(guarded) as taken:
        found = installation(tmp_path, port=taken)
        assert port(found) == f"{taken} is served by Rolewise"
        assert headers(found).endswith("asked by the server that runs")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (unguarded, "/articles comes without Content-Security-Policy"),
        (known_everywhere, "for the host foreign.invalid is answered"),
        (open_to_pages, "A page of https://foreign.invalid may read answers"),
    ],
)
def test_a_server_that_is_not_guarded_is_a_finding(tmp_path: Path, answers: Answers, said: str) -> None:
    with serving(answers) as taken, pytest.raises(FindingError, match=said):
        headers(installation(tmp_path, port=taken))


def test_without_a_server_the_app_is_put_together_and_asked(
    own_library: Library, tmp_path: Path, free_port: int
) -> None:
    found = installation(tmp_path / "data", articles=tmp_path / "articles", port=free_port)
    assert headers(found).endswith("asked in an app put together for this")
    assert not (tmp_path / "data").exists()


def test_a_port_that_something_else_holds_is_a_finding(tmp_path: Path) -> None:
    with serving(lambda _path, _sent: (404, {})) as taken, pytest.raises(SettingsError, match="cannot be used"):
        port(installation(tmp_path, port=taken))
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(SettingsError, match="cannot be used"):
        port(installation(tmp_path, port=silent.getsockname()[1]))


@pytest.mark.parametrize("damaged", ["encoder/model.onnx", "ranker/model.onnx"])
def test_weights_that_are_not_those_that_were_shipped_are_a_finding(
    tmp_path: Path, small_folder: Path, damaged: str
) -> None:
    for package in ("corpus", "index", "assistant"):
        shutil.copytree(ROOT / package, tmp_path / "site" / package, copy_function=os.symlink)
    file = tmp_path / "site" / "index" / "weights" / damaged
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)
    settings = {"ROLEWISE_ARTICLES": str(small_folder), "ROLEWISE_DATA": str(tmp_path / "data")}
    with serving(guarded) as taken:  # else the app is put together to be asked, which takes seconds
        ran = subprocess.run(
            [sys.executable, "-c", EXAMINE],
            env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "ROLEWISE_PORT": str(taken)} | settings,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
    said = {name: (fine, seen) for fine, name, seen in (line.split("|") for line in ran.stdout.splitlines())}
    look = "model" if damaged.startswith("encoder") else "ranker"
    assert said[look][0] == "False"
    assert f"weights/{damaged} is not the file that was shipped" in said[look][1]
    assert said["offline"][0] == "False"
    assert said["articles"][0] == "True"
