"""The widget on an intranet of another site: who gets it, what it does, and that the page around it stays as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page, expect

from assistant.settings import Settings
from corpus.library import Library
from tests.browser.axe import violations
from tests.browser.conftest import Watched
from tests.browser.intranet_site import Site, intranet, serving_embeds
from tests.web.small_assistant import PAIR, SmallAssistant

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget?"
FRAME = "rolewise-widget iframe"
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
# Every part of the widget: its place and what a page could spoil.
WIDGET_AS_IT_LOOKS = """() => {
  const properties = ["display", "color", "fontSize", "fontFamily", "letterSpacing", "textTransform", "opacity",
    "visibility", "zIndex", "pointerEvents"];
  const root = document.querySelector("rolewise-widget").shadowRoot;
  return [...root.querySelectorAll(".bubble, dialog, .bar *, iframe")].map((one) => {
    const style = getComputedStyle(one);
    return [one.tagName, one.getBoundingClientRect().toJSON(), ...properties.map((name) => style[name])];
  });
}"""


@pytest.fixture(scope="module")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An intranet that may show the chat."""
    data = tmp_path_factory.mktemp("data")
    with intranet() as site:
        settings = Settings(data=data, embed_origins=(site.origin,))
        with serving_embeds(SmallAssistant(library), settings) as port:
            site.rolewise = f"http://127.0.0.1:{port}"
            yield site


@pytest.fixture(scope="module")
def stranger(site: Site) -> Iterator[Site]:
    """An intranet that takes the script as well, but is not named."""
    with intranet() as stranger:
        stranger.rolewise = site.rolewise
        yield stranger


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
def test_a_page_that_styles_everything_by_force_does_not_reach_the_widget(context: BrowserContext, site: Site) -> None:
    seen = []
    for name in ("index", "hostile"):
        page = visit(context, f"{site.origin}/{name}.html").page
        opened(page)
        page.mouse.move(5, 5)
        seen.append(page.evaluate(WIDGET_AS_IT_LOOKS))
        page.close()
    assert len(seen[0]) > 5
    assert seen[0] == seen[1]


@pytest.mark.slow
def test_a_page_under_a_strict_policy_needs_to_allow_our_origin_alone(context: BrowserContext, site: Site) -> None:
    watched = visit(context, f"{site.origin}/strict.html")
    frame = opened(watched.page)
    ask(frame, BUDGET)
    expect(watched.page.locator("rolewise-widget dialog")).to_have_css("border-radius", "16px")
    watched.page.keyboard.press("Escape")
    assert focused(watched.page) == "bubble"
    assert complaints(watched) == []


@pytest.mark.slow
def test_the_attributes_of_the_line_are_heeded(context: BrowserContext, site: Site) -> None:
    watched = visit(context, f"{site.origin}/options.html")
    page = watched.page
    expect(bubble(page)).to_have_accessible_name("Nach Berufen fragen")
    box = bubble(page).bounding_box()
    assert box is not None
    assert box["x"] == 20
    frame = opened(page)
    expect(page.get_by_role("dialog", name="Berufe im Vergleich")).to_be_visible()
    expect(frame.locator("#question textarea")).to_have_value(BUDGET)
    page.wait_for_timeout(300)
    expect(frame.locator("#chat .bot-row")).to_have_count(0)  # nothing is asked in anybody's name
    expect(frame.locator("body")).to_have_css("background-color", "rgb(15, 23, 42)")
    expect(page.locator("rolewise-widget dialog")).to_have_css("background-color", "rgb(15, 23, 42)")
    page.get_by_role("button", name="Schließen").click()
    assert focused(page) == "bubble"
    assert complaints(watched) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_by_itself_the_widget_follows_the_reader(browser: Browser, site: Site, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = visit(context, f"{site.origin}/index.html").page
    frame = opened(page)
    paper = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 23, 42)"}[scheme]
    expect(frame.locator("body")).to_have_css("background-color", paper)
    expect(page.locator("rolewise-widget dialog")).to_have_css("background-color", paper)
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(375, 667), (320, 568), (740, 360)])
def test_a_phone_gives_the_whole_screen_and_keeps_the_focus_in_it(
    browser: Browser, site: Site, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    page = visit(context, f"{site.origin}/index.html").page
    bubble(page).tap()
    frame = page.frame_locator(FRAME)
    expect(frame.locator("#question textarea")).to_be_focused()
    dialog = page.locator("rolewise-widget dialog")
    assert dialog.bounding_box() == {"x": 0, "y": 0, "width": width, "height": height}
    assert dialog.evaluate("dialog => dialog.matches(':modal')")
    assert frame.locator("html").evaluate("html => html.scrollWidth - innerWidth") <= 0
    expect(frame.locator("#question textarea")).to_be_in_viewport()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") in {"ROLEWISE-WIDGET", "BODY"}  # the rest is inert
    frame.locator("#question textarea").focus()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert focused(page) == "bubble"
    context.close()


@pytest.mark.slow
def test_a_window_made_small_turns_the_open_panel_into_the_whole_screen(context: BrowserContext, site: Site) -> None:
    page = visit(context, f"{site.origin}/index.html").page
    frame = opened(page)
    ask(frame, BUDGET)
    page.set_viewport_size({"width": 400, "height": 700})
    dialog = page.locator("rolewise-widget dialog")
    expect(dialog).to_have_js_property("open", True)
    page.wait_for_function(
        "document.querySelector('rolewise-widget').shadowRoot.querySelector('dialog').matches(':modal')"
    )
    expect(frame.locator("a.cite")).to_have_count(2)  # the frame was not made anew
    page.get_by_role("button", name="Close").click()
    assert focused(page) == "bubble"


@pytest.mark.slow
@pytest.mark.parametrize("page_name", ["index", "options", "twice"])
def test_axe_finds_nothing_grave(browser: Browser, site: Site, page_name: str) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 800})
    page = visit(context, f"{site.origin}/{page_name}.html").page
    bubble(page).wait_for()
    assert violations(page, within="rolewise-widget") == []
    frame = opened(page)
    ask(frame, BUDGET)
    assert violations(page, within="rolewise-widget") == []
    page.goto(f"{site.rolewise}/embed" + ("?theme=dark" if page_name == "options" else ""))
    page.locator("#question textarea").fill(BUDGET)
    page.locator("#question textarea").press("Enter")
    page.locator("a.cite").first.wait_for()
    assert violations(page) == []
    context.close()


@pytest.mark.slow
def test_the_script_is_parsed_and_run_in_under_50_ms(browser: Browser, site: Site) -> None:
    """The best of three: 8 to 17 ms on two cores that ten programs share."""
    spent = []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        browser.start_tracing(page=page, categories=["devtools.timeline", "v8", "disabled-by-default-v8.compile"])
        page.goto(f"{site.origin}/index.html")
        bubble(page).wait_for()
        events = json.loads(browser.stop_tracing())["traceEvents"]
        ours = [event for event in events if f"{site.rolewise}/widget.js" in json.dumps(event.get("args", {}))]
        spent.append(sum(event["dur"] for event in ours if event["name"] in {"v8.compile", "EvaluateScript"}) / 1000)
        context.close()
    print(f"\nwidget.js, parsed and run: {min(spent):.1f} ms")
    assert 0 < min(spent) < 50


@pytest.mark.slow
def test_a_question_can_be_typed_within_two_seconds_of_the_click(browser: Browser, site: Site) -> None:
    """A warm server and an empty browser cache; the best of three. 1.3 s on two cores with a little else to do."""
    if os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        pytest.skip("Other programs keep every core busy: a time measured now says nothing. Try again later.")
    spent = []
    for _ in range(3):
        context = browser.new_context()
        page = visit(context, f"{site.origin}/index.html").page
        began = page.evaluate("performance.now()")
        opened(page)
        spent.append(page.evaluate("performance.now()") - began)
        context.close()
    print(f"\nfrom click to question: {min(spent):.0f} ms")
    assert min(spent) < 2000


@pytest.mark.slow
def test_the_full_chat_stays_closed_to_frames_even_of_a_page_that_is_named(context: BrowserContext, site: Site) -> None:
    page = visit(context, f"{site.origin}/index.html").page
    make = "address => { const one = document.createElement('iframe'); one.src = address; document.body.append(one) }"
    for path in ("/", f"/articles/{PAIR}"):
        with page.expect_response(f"{site.rolewise}{path}"):
            page.evaluate(make, f"{site.rolewise}{path}")
        page.wait_for_timeout(300)
        assert page.frames[-1].url.startswith("chrome-error:")


@pytest.mark.slow
def test_over_http_1_1_six_tabs_are_answered_too(context: BrowserContext, site: Site) -> None:
    """An open tab holds no connection unless it waits for an answer; a browser opens six to one server."""
    assert six_tabs(context, f"{site.origin}/index.html") == {"http/1.1"}
