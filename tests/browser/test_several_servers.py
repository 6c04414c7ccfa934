"""What compose.yaml starts, started by hand: two servers on one Chroma and one PostgreSQL, behind the shipped nginx."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.benchmarks.conftest import ROLEWISE, environment
from tests.browser.proxy import free_port, nginx
from tests.chroma import Chroma, running_chroma
from tests.figures import Note
from tests.postgresql import PASSWORD, running_postgresql
from tests.small import write_pages

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.alone]

QUESTION = "Who writes the menu, the head chef or the sous chef?"
ANSWER = "The Head Chef writes the menu each season."
OPEN_QUESTION = "Who counts what the suppliers deliver?"  # names no role: all articles are searched, through Chroma
SLOWEST = 180.0  # seconds: a bound for machines that do other things at the same time


@dataclass
class Installation:
    """Everything that runs, and where."""

    address: str
    addresses: list[str]
    servers: list[subprocess.Popen[bytes]]
    chroma: Chroma
    settings: dict[str, str]
    data: Path

    def ask(self, address: str = "", question: str = QUESTION) -> dict[str, object]:
        # nginx's certificate was made on the spot
        with httpx.Client(verify=False, timeout=60) as client:
            answered = client.post(f"{address or self.address}/api/ask", json={"question": question})
        assert answered.status_code == 200, answered.text
        return dict(answered.json())


@dataclass
class Questions:
    """Asks through nginx, over and over, and keeps what went wrong."""

    installation: Installation
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Questions:
        self._threads = [threading.Thread(target=self._ask) for _ in range(3)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self) -> None:
        with httpx.Client(verify=False, timeout=60) as client:
            while not self._stop.is_set():
                answered = client.post(f"{self.installation.address}/api/ask", json={"question": QUESTION})
                if answered.status_code == 200 and ANSWER in answered.text:
                    self.right += 1
                else:
                    self.wrong.append(f"{answered.status_code} {answered.text}")


def until(holds: Callable[[], object], seconds: float = SLOWEST) -> None:
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < seconds
        time.sleep(0.5)


def ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=10).is_success
    except httpx.TransportError:
        return False


def started(settings: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*ROLEWISE, "serve", "--port", str(port)], env=settings)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with ExitStack() as stack:
        database = stack.enter_context(running_postgresql())
        (folder / "database_url").write_text(database.new_database().get_secret_value(), encoding="utf-8")
        chroma = stack.enter_context(running_chroma(folder / "chroma"))
        settings = environment(folder / "data") | {
            "ROLEWISE_ARTICLES": str(write_pages(folder / "articles")),
            "ROLEWISE_CHROMA_URL": chroma.url,
            "ROLEWISE_DATABASE_URL_FILE": str(folder / "database_url"),
            "ROLEWISE_PROXIES": "127.0.0.1",
            "ROLEWISE_QUESTIONS_PER_MINUTE": "0",
            "ROLEWISE_RANKER": "false",
        }
        ports = [free_port(), free_port()]
        servers = [started(settings, port) for port in ports]
        addresses = [f"http://127.0.0.1:{port}" for port in ports]
        stack.callback(lambda: [end(server) for server in servers])
        (folder / "nginx").mkdir()
        address = stack.enter_context(nginx(folder / "nginx", free_port(), ports, ""))
        for each in addresses:
            until(lambda each=each: ready(each))
        yield Installation(address, addresses, servers, chroma, settings, folder / "data")


def end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(timeout=30)


@pytest.fixture
def chat(browser: Browser, installation: Installation) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(installation.address)
    page.locator("#chat .example").first.wait_for()
    yield page
    context.close()


def asked(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def test_one_chroma_and_one_database_serve_both_servers(installation: Installation) -> None:
    (name,) = installation.chroma.names()
    assert re.fullmatch(r"rolewise-\w{8}-generation-0001-\w{8}", name)
    answers = [installation.ask(address, OPEN_QUESTION) for address in installation.addresses]
    assert answers[0]["markdown"] == answers[1]["markdown"]
    for address in installation.addresses:
        for answer in answers:
            kept = httpx.get(f"{address}/api/answers/{answer['id']}", timeout=30)
            assert kept.json()["answer"]["markdown"] == answer["markdown"]
    status = subprocess.run(
        [*ROLEWISE, "index", "status"], env=installation.settings, capture_output=True, text=True, check=True
    )
    assert f"vectors: on the Chroma server at {installation.chroma.url}" in status.stdout
    assert PASSWORD not in status.stdout + status.stderr


def test_a_conversation_in_the_browser_stays_with_one_server(chat: Page) -> None:
    asked(chat, QUESTION)
    expect(chat.locator("#chat .bot").last).to_contain_text("writes the menu each season")
    asked(chat, "And who trains the young cooks?")
    expect(chat.locator("#chat .bot").last).to_contain_text("trains the young cooks")
    expect(chat.locator("#chat .user")).to_have_count(2)


def test_chroma_killed_or_stopped_costs_no_answer(installation: Installation, figure: Note) -> None:
    with Questions(installation) as questions:
        installation.chroma.kill()
        assert "deliver" in str(installation.ask(question=OPEN_QUESTION)["markdown"])
        installation.chroma.start()
        time.sleep(6)
        installation.chroma.send(signal.SIGSTOP)
        began = time.monotonic()
        assert "deliver" in str(installation.ask(question=OPEN_QUESTION)["markdown"])
        stopped = time.monotonic() - began
        installation.chroma.send(signal.SIGCONT)
    print(f"\nChroma killed and stopped: {questions.right} answers right, {len(questions.wrong)} not; {stopped:.1f} s")
    figure(
        "answers while Chroma was killed and stopped",
        {"right": questions.right, "not": len(questions.wrong)},
        "0 not right",
    )
    assert questions.wrong == []
    assert stopped < 10


def test_a_server_that_is_killed_costs_no_answer_and_the_chat_goes_on(
    installation: Installation, chat: Page, figure: Note
) -> None:
    asked(chat, QUESTION)
    expect(chat.locator("#chat .bot").last).to_contain_text("writes the menu each season")
    with Questions(installation) as questions:
        until(lambda: questions.right > 5)
        for number, server in enumerate(list(installation.servers)):
            server.kill()
            server.wait(timeout=30)
            before = questions.right
            until(lambda before=before: questions.right > before + 5)
            asked(chat, "Who hires the brigade?")
            expect(chat.locator("#chat .bot").last).to_contain_text("hires the brigade")
            if number == 0:  # both must be there before the other one goes
                port = int(installation.addresses[number].rsplit(":", 1)[1])
                installation.servers[number] = started(installation.settings, port)
                until(lambda: ready(installation.addresses[0]))
    print(f"\nboth servers killed in turn: {questions.right} answers right, {len(questions.wrong)} not")
    figure(
        "answers while both servers were killed in turn",
        {"right": questions.right, "not": len(questions.wrong)},
        "0 not right",
    )
    assert questions.wrong == []
