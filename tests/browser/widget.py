"""The widget on a page of the intranet, as its readers use it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from tests.browser.conftest import Watched

BUDGET = "Who has the bigger budget?"

FRAME = "rolewise-widget iframe"


def visit(context: BrowserContext, address: str) -> Watched:
    watched = Watched(context.new_page())
    watched.page.goto(address)
    return watched


def complaints(watched: Watched) -> list[str]:
    # Gradio's box asks for the focus as soon as it is drawn; in a frame of another site that is the page's to give.
    return [text for text in watched.complaints if not text.startswith("Blocked autofocusing")]


def bubble(page: Page) -> Locator:
    return page.locator("rolewise-widget .bubble")


def opened(page: Page) -> FrameLocator:
    """Open the widget and wait until the question can be typed."""
    bubble(page).click()
    frame = page.frame_locator(FRAME)
    expect(page.locator(FRAME)).to_have_css("opacity", "1")
    expect(frame.locator("#question textarea")).to_be_focused()
    return frame


def ask(frame: FrameLocator, question: str) -> None:
    frame.locator("#question textarea").fill(question)
    frame.locator("#question textarea").press("Enter")
    frame.locator("a.cite").first.wait_for()


def focused(page: Page) -> str:
    return str(page.evaluate("document.querySelector('rolewise-widget').shadowRoot.activeElement?.className ?? ''"))


def protocols(page: Page) -> set[str]:
    """Return what the chat's files and answers in the widget came over."""
    return set(page.frames[-1].evaluate("performance.getEntries().map((one) => one.nextHopProtocol).filter(Boolean)"))


def six_tabs(context: BrowserContext, address: str) -> set[str]:
    """Open the widget in six tabs, then ask in each, see that all are answered, and return the protocols used."""
    pages = [context.new_page() for _ in range(6)]
    frames = []
    for page in pages:
        page.bring_to_front()  # what lies behind gets no focus
        page.goto(address)
        frames.append(opened(page))
    for frame in frames:
        frame.locator("#question textarea").fill(BUDGET)
        frame.locator("#question textarea").press("Enter")
    for frame in frames:
        expect(frame.locator("a.cite")).to_have_count(2)
    return set().union(*map(protocols, pages))
