"""The whole way that a company goes: TLS, HTTP/2, a path of another server, an intranet of another site, many tabs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from assistant.settings import Settings
from corpus.library import Library
from tests.browser.conftest import Watched
from tests.browser.intranet_site import Site, intranet, serving_embeds
from tests.browser.proxy import free_port, nginx
from tests.browser.widget import BUDGET, ask, complaints, focused, opened, protocols, six_tabs
from tests.web.small_assistant import PAIR, SmallAssistant

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT_PATH = "/hr/roles"


@dataclass
class Behind:
    """The intranet, and Rolewise's address behind nginx."""

    site: Site
    proxied: str


@pytest.fixture(scope="module")
def behind(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    port = free_port()
    with intranet() as site:
        settings = Settings(data=tmp_path_factory.mktemp("data"), embed_origins=(site.origin,), root_path=ROOT_PATH)
        with serving_embeds(SmallAssistant(library), settings) as upstream:
            folder = tmp_path_factory.mktemp("nginx")
            with nginx(folder, port, upstream, ROOT_PATH) as proxied:
                yield Behind(site, proxied)


@pytest.fixture
def trusting(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window that accepts the certificate of the test."""
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_behind_nginx_under_a_path_the_widget_and_the_pages_work(trusting: BrowserContext, behind: Behind) -> None:
    behind.site.rolewise = behind.proxied
    watched = Watched(trusting.new_page())
    page = watched.page
    page.goto(f"{behind.site.origin}/strict.html")
    frame = opened(page)
    ask(frame, BUDGET)
    frame.locator("a.cite").first.click()
    expect(frame.locator("#source .now")).to_be_visible()
    expect(frame.locator("#source-title")).to_have_attribute("href", f"{behind.proxied}/articles/{PAIR}#s21")
    assert protocols(page) == {"h2"}
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert focused(page) == "bubble"
    assert complaints(watched) == []
    there = {"/".join(url.split("/")[:5]) for url in watched.requests if behind.site.origin not in url}
    assert there == {behind.proxied}  # nothing is looked for outside of the path


def test_behind_nginx_the_full_chat_and_the_reader_work(trusting: BrowserContext, behind: Behind) -> None:
    watched = Watched(trusting.new_page())
    page = watched.page
    page.goto(behind.proxied)
    page.locator("#question textarea").fill(BUDGET)
    page.locator("#question textarea").press("Enter")
    page.locator("a.cite").first.click()
    expect(page.locator("#source .now")).to_be_visible()
    page.goto(f"{behind.proxied}/articles")
    page.get_by_role("link", name="Operations Manager vs Production Manager").click()
    expect(page).to_have_url(f"{behind.proxied}/articles/{PAIR}")
    for path in ("/embed/", "/embed", "/embed?theme=dark"):
        page.goto(f"{behind.proxied}{path}")
        expect(page.locator("#chat .example").first).to_be_visible()
    assert [text for text in watched.complaints if text[:1].isdigit()] == []  # nothing that is missing or refused
    assert {"/".join(url.split("/")[:5]) for url in watched.requests} == {behind.proxied}


def test_over_http_2_six_tabs_stay_open_and_all_are_answered(trusting: BrowserContext, behind: Behind) -> None:
    behind.site.rolewise = behind.proxied
    assert six_tabs(trusting, f"{behind.site.origin}/index.html") == {"h2"}
