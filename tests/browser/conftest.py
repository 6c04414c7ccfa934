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
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect, sync_playwright

from assistant.records.kept import Records
from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.app import create_app
from assistant.web.connections import server_config
from corpus.library import Library
from tests.browser.intranet_site import Site, intranet, serving_embeds
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
DESK: ViewportSize = {"width": 1280, "height": 800}
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
def executable() -> str:
    wanted = os.environ.get("ROLEWISE_TEST_BROWSER")
    found = wanted or next((path for path in map(shutil.which, NAMES) if path), None)
    if not found:
        pytest.skip(CURE)
    return found


@pytest.fixture(scope="session")
def browser(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return two_articles(tmp_path_factory.mktemp("articles"))


@contextmanager
def serving(
    assistant: Answers, data: Path, records: Records | None = None, settings: Settings | None = None
) -> Iterator[str]:
    """Serve this assistant on a free port; the address is good while the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    settings = settings or Settings(data=data)
    app = create_app(assistant, settings, records or SmallRecords())
    server = uvicorn.Server(server_config(app, settings))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    server.force_exit = True  # a browser tab may still listen for answers
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def records() -> SmallRecords:
    """What the server of `address` has on record."""
    return SmallRecords()


@pytest.fixture(scope="session")
def assistant(library: Library) -> SmallAssistant:
    """Who answers at `address`."""
    return SmallAssistant(library)


@pytest.fixture
def held(assistant: SmallAssistant) -> Iterator[SmallAssistant]:
    """The assistant, which answers no question with the word "slowly" before its `go_on` is set."""
    assistant.go_on.clear()
    yield assistant
    assistant.go_on.set()


@pytest.fixture(scope="session")
def address(
    assistant: SmallAssistant, records: SmallRecords, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with serving(assistant, tmp_path_factory.mktemp("data"), records) as address:
        yield address


@pytest.fixture(scope="session")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An intranet that may show the chat."""
    data = tmp_path_factory.mktemp("data")
    with intranet() as site:
        settings = Settings(data=data, embed_origins=(site.origin,))
        with serving_embeds(SmallAssistant(library), settings) as port:
            site.rolewise = f"http://127.0.0.1:{port}"
            yield site


@pytest.fixture(scope="session")
def stranger(site: Site) -> Iterator[Site]:
    """An intranet that takes the script as well, but is not named."""
    with intranet() as stranger:
        stranger.rolewise = site.rolewise
        yield stranger


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture(params=["light", "dark"])
def examined(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page, light and then dark, whose policy lets axe in (tests/browser/axe.py)."""
    context = browser.new_context(color_scheme=request.param, bypass_csp=True, viewport=DESK)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def everyday(browser: Browser, address: str) -> Iterator[Watched]:
    """A tab that stays open, as in an office: opening the page takes longer than most tests."""
    context = browser.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    yield Watched(context.new_page())
    context.close()


@pytest.fixture
def chat(everyday: Watched, address: str) -> Watched:
    """The open tab with a new conversation in it."""
    page = everyday.page
    page.set_viewport_size(DESK)
    if page.url != f"{address}/" or page.locator("#anew").count() == 0:
        page.goto(address)
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")  # a preview first, then the panel
        # A notice would lie over what the next test points at.
        page.locator(".toast-close").evaluate_all("buttons => buttons.forEach((button) => button.click())")
        page.locator("#question textarea").fill("")
        if page.locator("#chat .message-row").count():  # else there is nothing whose going could be waited for
            page.locator("#anew").dispatch_event("click")
    page.locator("#chat .example").first.wait_for()
    page.locator("#question textarea").focus()
    everyday.requests.clear()
    everyday.complaints.clear()
    return everyday


@pytest.fixture
def fresh(context: BrowserContext, address: str) -> Watched:
    """The chat in a tab that was opened just now, in a browser that has never seen it."""
    return opened(context, address)


def opened(context: BrowserContext, address: str) -> Watched:
    """Open the chat in a new tab and wait until it can be used."""
    watched = Watched(context.new_page())
    watched.page.goto(address)
    watched.page.locator("#chat .example").first.wait_for()
    return watched


def ask(page: Page, question: str) -> Locator:
    """Ask a question and return the answer."""
    before = page.locator("#chat .bot-row").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    return answer_after(page, before)


def answer_after(page: Page, before: int) -> Locator:
    """Wait for the answer that comes after so many others, and return it."""
    expect(page.locator("#chat .bot-row")).to_have_count(before + 1)
    expect(page.locator("#chat .waiting")).to_have_count(0)
    expect(page.get_by_role("button", name="Send the question")).to_be_visible()
    return page.locator("#chat .bot-row").last
