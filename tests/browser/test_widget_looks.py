"""The widget looks as the line says, whatever the page around it and the screen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.intranet_site import Site
from tests.browser.widget import BUDGET, FRAME, ask, bubble, complaints, focused, opened, visit

pytestmark = pytest.mark.browser


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


def included(page: Page, site: Site, **data: str) -> None:
    """Put the line with these attributes on the open page, in the place of the one that was there."""
    page.evaluate("document.querySelector('rolewise-widget')?.remove()")
    page.evaluate(
        """([address, data]) => new Promise((done) => {
          const script = Object.assign(document.createElement("script"), { src: address, onload: done });
          Object.assign(script.dataset, data);
          document.head.append(script);
        })""",
        [f"{site.rolewise}/widget.js", data],
    )


def luminance(colour: str) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it, of a colour as browsers compute it."""
    scale = 1 if colour.startswith("color(srgb") else 255
    parts = [float(part) / scale for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(part: Locator) -> float:
    """Return the contrast of what stands on a part of the widget."""
    ink, ground = part.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_colour_of_the_page_is_taken_and_what_stands_on_it_can_be_read(context: BrowserContext, site: Site) -> None:
    page = visit(context, f"{site.origin}/index.html?without").page
    grid = [f"#{red}{green}{blue}" for red in "08f" for green in "08f" for blue in "08f"]
    for colour in (*grid, "#0A7D55", "#757575", "#767676", "#777777"):
        included(page, site, **{"color" if colour in grid else "colour": colour})
        digits = "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour[1:]
        expect(bubble(page)).to_have_css("background-color", f"rgb({', '.join(map(str, bytes.fromhex(digits)))})")
        assert contrast(bubble(page)) >= 4.5, colour
    bubble(page).hover()
    assert contrast(bubble(page)) >= 4.5
    bubble(page).click()
    assert contrast(page.locator("rolewise-widget .bar")) >= 4.5


@pytest.mark.parametrize("colour", ["", "red", "#12", "#ggg", "#12345678", "rgb(1,2,3)", "#fff;color:red", " #fff"])
def test_what_is_no_colour_is_named_and_changes_nothing(context: BrowserContext, site: Site, colour: str) -> None:
    watched = visit(context, f"{site.origin}/index.html?without")
    included(watched.page, site, colour=colour)
    expect(bubble(watched.page)).to_have_css("background-color", "rgb(29, 78, 216)")
    assert [text for text in watched.complaints if "data-colour" in text]


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
