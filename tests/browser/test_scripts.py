"""Scripts in articles, names, addresses and questions, in a real browser: none runs, and nothing is fetched."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlparse

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.chat import Assistant
from assistant.settings import Settings
from corpus.library import Library, load_library
from tests.browser.conftest import Watched, serving
from tests.figures import Note
from tests.small import assistant_of
from tests.web.hostile import SCRIPTS, scripts

pytestmark = pytest.mark.browser

AT_ONCE = 9  # scripts in one article; more would only make it longer
SLOW = pytest.mark.slow


class Canary(BaseHTTPRequestHandler):
    """Answers nothing, and remembers that it was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture(scope="module")
def canary() -> Iterator[ThreadingHTTPServer]:
    """A server on another port of this machine, which no page may ever contact."""
    handler = type("Listening", (Canary,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def asked_of(server: ThreadingHTTPServer) -> list[str]:
    return server.RequestHandlerClass.asked  # type: ignore[attr-defined, no-any-return]


def article_of(number: int, some: tuple[str, ...]) -> str:
    """Return an article with scripts in every place: as text that looks like them, and as the markup they are."""
    texts = [html.escape(one).replace("\n", " ").replace("|", "&#124;").replace("*", "&#42;") for one in some]
    sections = "\n\n".join(
        f"## Budget {one}\n\nThe Baker holds the budget of shop {place} {one}. The Butcher pays for meat {one}.\n\n"
        f"- The Baker counts {one}\n\n"
        f"| | Baker | Butcher |\n|---|---|---|\n| Pay {one} | much {one} | little {one} |"
        for place, one in enumerate(texts)
    )
    raw = "\n\n".join(f"The Butcher cuts {one}." for one in some)
    head = json.dumps({"title": f"Baker vs Butcher {number} {some[0]}", "roles": ["Baker", "Butcher"]})
    return f"---\n{head}\n---\n\n{sections}\n\n## Team\n\n{raw}\n"


@pytest.fixture(scope="module")
def hostile_articles(canary: ThreadingHTTPServer, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Articles whose titles, headings, sentences, list items, table cells and file names are the scripts."""
    folder = tmp_path_factory.mktemp("hostile")
    told = scripts(canary.server_port)
    for number, start in enumerate(range(0, len(told), AT_ONCE)):
        some = told[start : start + AT_ONCE]
        name = f"baker-vs-butcher-{number}-" + "".join(one for one in some[0] if one not in "/\0\n")[:60]
        (folder / f"{name}.md").write_text(article_of(number, some), encoding="utf-8")
    library = load_library([folder])
    assert library.problems == ()
    shown = "\n".join(article.text for article in library.articles.values())
    assert sum(one.replace("\n", " ") in shown for one in told) >= 40  # they are there, letter by letter
    return library


@pytest.fixture(scope="module")
def hostile_address(hostile_articles: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("hostile-data")
    assistant: Assistant = assistant_of(hostile_articles, data / "index")
    with serving(assistant, data, settings=Settings(data=data)) as address:
        yield address


class Eyes:
    """A page that is watched for scripts that ran, windows that opened, and requests that left."""

    def __init__(self, context: BrowserContext, address: str, figure: Note) -> None:
        self.figure = figure
        context.add_init_script("window.alert = window.confirm = window.prompt = () => { window.hit = 1 }")
        self.watched = Watched(context.new_page())
        self.page: Page = self.watched.page
        self.address = address
        self.hits: list[str] = []
        self.page.on("dialog", lambda dialog: (self.hits.append("dialog"), dialog.dismiss()))
        self.page.on("popup", lambda popup: self.hits.append(popup.url))
        self.page.on("download", lambda download: self.hits.append(download.url))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.look(path)

    def look(self, where: str) -> None:
        if self.page.evaluate("window.hit !== undefined"):
            self.hits.append(where)

    def foreign(self) -> list[str]:
        home = urlparse(self.address).netloc
        return [url for url in self.watched.requests if urlparse(url).scheme != "data" and urlparse(url).netloc != home]


@pytest.fixture
def eyes(context: BrowserContext, hostile_address: str, figure: Note) -> Eyes:
    return Eyes(context, hostile_address, figure)


def check(eyes: Eyes, canary: ThreadingHTTPServer, tried: str) -> None:
    foreign, asked = len(eyes.foreign()), len(asked_of(canary))
    print(f"\n{tried}: hits {len(eyes.hits)}, foreign requests {foreign}, canary asked {asked}")
    eyes.figure(tried, {"hits": len(eyes.hits), "foreign requests": foreign, "fetched": asked}, "0 of each")
    assert eyes.hits == []
    assert eyes.foreign() == []
    assert asked_of(canary) == []


def test_the_traps_are_real(context: BrowserContext, canary: ThreadingHTTPServer) -> None:
    """On a page without any guard the scripts run and fetch, so that the tests below can fail."""
    port = canary.server_port
    page = context.new_page()
    page.set_content("".join(f"<div>{one}</div>" for one in scripts(port)[:12]))
    page.wait_for_timeout(500)
    assert page.evaluate("window.hit") == 1
    assert asked_of(canary)
    asked_of(canary).clear()


def test_no_script_of_an_article_runs_in_the_reader(
    eyes: Eyes, canary: ThreadingHTTPServer, hostile_articles: Library
) -> None:
    eyes.go("/articles")
    for article_id in hostile_articles.articles:
        eyes.go(f"/articles/{quote(article_id)}")
    eyes.page.wait_for_timeout(300)
    eyes.look("reader")
    check(eyes, canary, f"{len(SCRIPTS)} scripts in titles, headings, sentences, lists, tables and file names of "
                        f"{len(hostile_articles.articles)} articles")  # fmt: skip


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("/{}", 9), ("/articles/{}", 9), ("/?q={}", 27),
        *(pytest.param(path, 1, marks=SLOW) for path in
          ("/{}", "/articles/{}", "/articles?x={}", "/articles/x?cited={}", "/static/{}", "/gradio_api/{}")),
        pytest.param("/?q={}", 4, marks=SLOW),  # the chat page takes a second to load
    ],
)  # fmt: skip
def test_no_script_of_an_address_runs_on_any_page(
    eyes: Eyes, canary: ThreadingHTTPServer, path: str, step: int
) -> None:
    tried = scripts(canary.server_port)[::step]
    for one in tried:
        eyes.go(path.format(quote(one, safe="")))
    check(eyes, canary, f"{len(tried)} scripts in {path}")


def ask(eyes: Eyes, question: str) -> None:
    before = eyes.page.locator("#chat .bot-row").count()
    eyes.page.locator("#question textarea").fill(question)
    eyes.page.locator("#question textarea").press("Enter")
    expect(eyes.page.locator("#chat .bot-row")).to_have_count(before + 1, timeout=20_000)
    expect(eyes.page.locator("#question textarea")).to_have_value("")


@pytest.mark.parametrize("count", [2, pytest.param(len(SCRIPTS), marks=SLOW)])
def test_no_script_of_a_question_or_an_answer_runs_in_the_chat(
    eyes: Eyes, canary: ThreadingHTTPServer, count: int
) -> None:
    """Each script is asked, and asked about: the answer quotes sentences with scripts, and the panel shows them."""
    eyes.go("/")
    for number, one in enumerate(scripts(canary.server_port)[:count]):
        if number % 15 == 0:  # a conversation keeps twenty exchanges, and survives a reload
            eyes.page.locator("#anew").click()
            eyes.page.locator("#chat .example").first.wait_for()
        ask(eyes, f"Who holds the budget, the Baker or the Butcher? {one}".replace("\n", " "))
        eyes.look(one)
    chips = eyes.page.locator("a.cite")
    assert chips.count() > 0
    chips.last.click()
    eyes.page.locator("#source .now").wait_for()
    eyes.page.wait_for_timeout(300)
    eyes.look("panel")
    check(
        eyes,
        canary,
        f"{count} scripts asked in the chat, and {eyes.page.locator('.bot-row').count()} answers shown last",
    )
