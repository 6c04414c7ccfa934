from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.app import create_app
from assistant.web.connections import server_config
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant, two_articles
from tests.web.small_records import SmallRecords

CURE = "No Chromium found. Get one with `apt-get install chromium`, or set ROLEWISE_TEST_BROWSER to the path of one."
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Watched:
    """A page, with what its browser asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda response: self._refused(response.status, response.url))
        page.on("console", lambda message: self._said(message.type, message.text))

    def _refused(self, status: int, url: str) -> None:
        if status >= 400:
            self.complaints.append(f"{status} {url}")

    def _said(self, kind: str, text: str) -> None:
        # Gradio's page carries inline scripts that our policy holds back, as it should; it works without them.
        if kind in {"error", "warning"} and not text.startswith("Executing inline script violates"):
            self.complaints.append(text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    wanted = os.environ.get("ROLEWISE_TEST_BROWSER")
    found = wanted or next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        pytest.skip(CURE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return two_articles(tmp_path_factory.mktemp("articles"))


@contextmanager
def serving(assistant: Answers, data: Path, settings: Settings | None = None) -> Iterator[str]:
    """Serve this assistant on a free port; the address is good while the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings = settings or Settings(data=data)
    server = uvicorn.Server(server_config(create_app(assistant, settings, SmallRecords()), settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    server.force_exit = True  # a browser tab may still listen for answers
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(SmallAssistant(library), tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture(params=["light", "dark"])
def examined(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page, light and then dark, whose policy lets axe in (tests/browser/axe.py)."""
    context = browser.new_context(color_scheme=request.param, bypass_csp=True, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def chat(context: BrowserContext, address: str) -> Watched:
    watched = Watched(context.new_page())
    watched.page.goto(address)
    watched.page.locator("#chat .example").first.wait_for()
    return watched
