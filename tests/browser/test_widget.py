"""The widget on an intranet of another site: who gets it, what it does, and that the page around it stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from corpus.library import Library
from tests.browser.conftest import Watched
from tests.browser.intranet_site import Site
from tests.browser.widget import BUDGET, FRAME, ask, bubble, complaints, focused, opened, visit
from tests.web.small_assistant import PAIR, SmallAssistant

pytestmark = pytest.mark.browser


# Every element of the page but ours: name, place and every computed style; and what a script could leave behind.
PAGE_AS_IT_IS = """() => {
  const seen = { globals: Object.getOwnPropertyNames(window).sort().join() };
  seen.kept = document.cookie + localStorage.length + sessionStorage.length;
  const elements = [...document.querySelectorAll("*")].filter((one) => !one.matches("rolewise-widget, script"));
  for (const [number, element] of elements.entries()) {
    const name = `${number} ${element.tagName}`;
    const style = getComputedStyle(element);
    seen[`${name} attributes`] = element.getAttributeNames().join();
    seen[`${name} place`] = JSON.stringify(element.getBoundingClientRect());
    for (const property of style) seen[`${name} ${property}`] = style.getPropertyValue(property);
  }
  return seen;
}"""


def call(page: Page, rolewise: str) -> Any:
    return page.evaluate(
        """async ([address, question]) => {
          const body = JSON.stringify({ question });
          const headers = { "Content-Type": "application/json" };
          try { return await (await fetch(`${address}/api/ask`, { method: "POST", headers, body })).json(); }
          catch (error) { return error.name; }
        }""",
        [rolewise, BUDGET],
    )


def test_a_question_asked_on_the_intranet_is_answered_with_citations_and_escape_leads_back(
    context: BrowserContext, site: Site, library: Library
) -> None:
    watched = visit(context, f"{site.origin}/index.html")
    page = watched.page
    expect(bubble(page)).to_have_accessible_name("Ask about job roles")
    expect(bubble(page)).to_have_attribute("aria-expanded", "false")
    page.wait_for_load_state("networkidle")
    expect(page.locator(FRAME)).to_have_count(0)
    assert [url for url in watched.requests if url.startswith(site.rolewise)] == [f"{site.rolewise}/widget.js"]

    frame = opened(page)
    expect(bubble(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog", name="Rolewise")).to_be_visible()
    ask(frame, BUDGET)
    frame.locator("a.cite").first.click()
    quote = SmallAssistant(library).answer([BUDGET]).citations()[0].quote
    expect(frame.locator("#source .now")).to_have_text(quote)
    page.keyboard.press("Escape")  # first the panel with the article ...
    expect(frame.locator("#source")).to_be_hidden()
    expect(page.get_by_role("dialog", name="Rolewise")).to_be_visible()
    page.keyboard.press("Escape")  # ... then the chat
    expect(page.get_by_role("dialog", name="Rolewise")).to_be_hidden()
    expect(bubble(page)).to_have_attribute("aria-expanded", "false")
    assert focused(page) == "bubble"

    page.keyboard.press("Enter")  # what was said is still there
    expect(frame.locator("#question textarea")).to_be_focused()
    expect(frame.locator("a.cite")).to_have_count(2)
    with context.expect_page() as other:
        frame.locator("a.source").click()
    expect(other.value.locator("h1")).to_contain_text(library.articles[PAIR].title)
    assert other.value.evaluate("window.opener") is None
    page.keyboard.press("Escape")
    assert complaints(watched) == []
    hosts = {url.split("/")[2] for url in watched.requests if not url.startswith("data:")}
    assert hosts == {site.origin.split("/")[2], site.rolewise.split("/")[2]}
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert call(page, site.rolewise)["outcome"] == "answered"


def test_a_page_that_is_not_named_shows_no_chat_and_may_not_call_the_api(
    context: BrowserContext, stranger: Site
) -> None:
    watched = Watched(context.new_page())
    page = watched.page
    page.clock.install()
    page.goto(f"{stranger.origin}/index.html")
    with page.expect_response(lambda response: "/embed" in response.url):
        bubble(page).click()
    blocked = page.locator(FRAME).element_handle().content_frame()
    assert blocked is not None
    page.wait_for_timeout(300)
    assert blocked.url.startswith("chrome-error:")
    assert any("frame-ancestors 'self'" in text or "frame-ancestors http" in text for text in watched.complaints)
    page.clock.fast_forward(16_000)
    expect(page.locator("rolewise-widget .elsewhere")).to_be_visible()
    expect(page.locator("rolewise-widget .elsewhere")).to_have_attribute("href", f"{stranger.rolewise}/")
    assert any("ROLEWISE_EMBED_ORIGINS" in text for text in watched.complaints)
    page.keyboard.press("Escape")
    assert focused(page) == "bubble"
    assert call(page, stranger.rolewise) == "TypeError"


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    return {key: (before.get(key), after.get(key)) for key in before | after if before.get(key) != after.get(key)}


def test_the_page_around_stays_as_it_was(context: BrowserContext, site: Site) -> None:
    page = visit(context, f"{site.origin}/index.html?without").page
    parts = ({"x": 0, "y": 0, "width": 1180, "height": 800}, {"x": 0, "y": 0, "width": 1280, "height": 680})
    before = page.evaluate(PAGE_AS_IT_IS)
    looked = [page.screenshot(clip=part, caret="initial") for part in parts]
    assert len(before) > 5000
    page.goto(f"{site.origin}/index.html")
    bubble(page).wait_for()
    assert changed(before, page.evaluate(PAGE_AS_IT_IS)) == {}
    assert [page.screenshot(clip=part, caret="initial") for part in parts] == looked
    opened(page)
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)
    assert focused(page) == "bubble"
    assert changed(before, page.evaluate(PAGE_AS_IT_IS)) == {}
    assert [page.screenshot(clip=part, caret="initial") for part in parts] == looked


@pytest.mark.slow
def test_several_inclusions_make_one_bubble_and_neighbouring_frames_are_not_listened_to(
    context: BrowserContext, site: Site
) -> None:
    watched = visit(context, f"{site.origin}/twice.html")
    page = watched.page
    expect(page.locator("rolewise-widget")).to_have_count(1)
    box = bubble(page).bounding_box()
    assert box is not None
    assert box["x"] == 20  # the page is written from right to left
    frame = opened(page)
    inner = "document.querySelector('rolewise-widget').shadowRoot.querySelector('iframe').contentWindow"
    neighbour = next(one for one in page.frames if one.url.endswith("framed.html"))
    frame.locator("#chat .example").first.focus()
    neighbour.evaluate(f"parent.{inner}.postMessage({{ rolewise: 'focus' }}, '*')")
    neighbour.evaluate("parent.postMessage({ rolewise: 'close' }, '*')")
    page.evaluate("postMessage({ rolewise: 'close' }, '*')")
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog", name="Rolewise")).to_be_visible()
    expect(frame.locator("#chat .example").first).to_be_focused()
    page.evaluate(f"{inner}.postMessage({{ rolewise: 'focus' }}, '*')")
    expect(frame.locator("#question textarea")).to_be_focused()
    assert complaints(watched) == []


@pytest.mark.slow
def test_the_bare_chat_on_its_own_has_a_heading_and_nobody_to_listen_to(
    context: BrowserContext, stranger: Site
) -> None:
    page = visit(context, f"{stranger.origin}/index.html").page
    with context.expect_page() as opening:
        page.evaluate("address => { window.chat = open(address) }", f"{stranger.rolewise}/embed")
    chat = opening.value
    chat.locator("#chat .example").first.focus()
    page.evaluate("chat?.postMessage({ rolewise: 'focus' }, '*')")
    chat.keyboard.press("Escape")
    chat.wait_for_timeout(200)
    expect(chat.locator("#chat .example").first).to_be_focused()
    expect(chat.get_by_role("heading", level=1, name="Rolewise")).to_have_count(1)


@pytest.mark.slow
def test_a_page_under_a_strict_policy_needs_to_allow_our_origin_alone(context: BrowserContext, site: Site) -> None:
    watched = visit(context, f"{site.origin}/strict.html")
    frame = opened(watched.page)
    ask(frame, BUDGET)
    expect(watched.page.locator("rolewise-widget dialog")).to_have_css("border-radius", "16px")
    expect(watched.page.locator("rolewise-widget .bar")).to_have_css("background-color", "rgb(10, 125, 85)")
    watched.page.keyboard.press("Escape")
    assert focused(watched.page) == "bubble"
    assert complaints(watched) == []


@pytest.mark.slow
def test_the_full_chat_stays_closed_to_frames_even_of_a_page_that_is_named(context: BrowserContext, site: Site) -> None:
    page = visit(context, f"{site.origin}/index.html").page
    make = "address => { const one = document.createElement('iframe'); one.src = address; document.body.append(one) }"
    for path in ("/", f"/articles/{PAIR}"):
        with page.expect_response(f"{site.rolewise}{path}"):
            page.evaluate(make, f"{site.rolewise}{path}")
        page.wait_for_timeout(300)
        assert page.frames[-1].url.startswith("chrome-error:")
