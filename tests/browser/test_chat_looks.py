"""What the chat looks like, to eyes, to paper, to a phone and to axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Watched, ask
from tests.web.small_assistant import PAIR

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget?"
OUTLINE = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.matches("#question textarea") && getComputedStyle(at.closest("#question"));
    if (box) return [at.tagName, "", box.boxShadow === "none" ? 0 : 3];
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    return [at.tagName, at.ariaLabel || at.innerText, width];
}"""
DARK = "rgb(15, 23, 42)"


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def background(page: Page, selector: str) -> str:
    return str(page.evaluate("chosen => getComputedStyle(document.querySelector(chosen)).backgroundColor", selector))


@pytest.mark.parametrize("width", [375, 320])
def test_a_phone_shows_everything_without_scrolling_sideways(chat: Watched, width: int) -> None:
    page = chat.page
    page.set_viewport_size({"width": width, "height": 640})
    assert sideways(page) <= 0
    ask(page, BUDGET)
    ask(page, "Compare them")
    assert sideways(page) <= 0
    box = page.locator("#chat .scrolls").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    expect(page.locator("#question textarea")).to_be_in_viewport()
    page.locator("#chat table a.cite").first.click()
    expect(page.locator("#source .now")).to_be_in_viewport()
    panel = page.locator("#source").bounding_box()
    assert panel is not None
    assert (panel["x"], panel["width"]) == (0, width)
    assert sideways(page) <= 0


def test_a_table_is_scrolled_within_its_own_box_by_keyboard_too(chat: Watched) -> None:
    page = chat.page
    page.set_viewport_size({"width": 320, "height": 640})
    ask(page, "Compare them")
    table = page.get_by_role("region", name="Comparison")
    expect(table.get_by_role("columnheader", name="Production Manager")).not_to_be_in_viewport(ratio=0.9)
    table.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(table.get_by_role("columnheader", name="Production Manager")).to_be_in_viewport(ratio=0.9)


def test_a_touch_opens_the_panel_and_no_preview(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.locator("#chat .example").first.wait_for()
    ask(page, BUDGET)
    page.locator("a.cite").first.tap()
    expect(page.locator("#source .now")).to_be_in_viewport()
    expect(page.get_by_role("tooltip")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("system", "asked"), [("dark", ""), ("light", "?__theme=dark")])
def test_dark_mode_is_dark_all_over(browser: Browser, address: str, system: str, asked: str) -> None:
    context = browser.new_context(color_scheme=system)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{asked}")
    page.locator("#chat .example").first.wait_for()
    ask(page, BUDGET)
    page.locator("a.cite").first.click()
    page.locator("#source .now").wait_for()
    assert [background(page, chosen) for chosen in ("body", ".gradio-container", "#source", "#preview")] == [DARK] * 4
    context.close()


def test_axe_finds_nothing_serious(examined: Page, address: str) -> None:
    page = examined
    page.emulate_media(reduced_motion="reduce")  # a colour on its way from one to another has no contrast of its own
    page.goto(address)
    page.locator("#chat .example").first.wait_for()
    assert violations(page) == []
    for question in (BUDGET, "Compare them", "And their teams?"):
        ask(page, question)
    page.locator(".down").last.click()
    page.locator("form.why").wait_for()
    page.locator(".edit").last.click()
    page.locator("a.cite").last.click()
    page.locator("#source .now").wait_for()
    page.locator("a.cite").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert violations(page) == []
    href = page.locator(".tools .link").nth(1).get_attribute("href")
    page.goto(f"{address}{href}")
    assert violations(page) == []


def test_the_focus_is_seen_wherever_it_goes(chat: Watched) -> None:
    page = chat.page
    ask(page, BUDGET)
    names = []
    page.locator("a.cite").first.focus()
    for _ in range(14):
        page.keyboard.press("Tab")
        tag, name, width = page.evaluate(OUTLINE)
        if tag == "BODY":
            break
        names.append(name)
        assert width >= 2, name
    assert {"Good answer", "And their teams?", "Send the question"} <= set(names)


def test_paper_has_the_answer_with_its_quotes_and_none_of_the_buttons(chat: Watched) -> None:
    page = chat.page
    ask(page, BUDGET)
    ask(page, "Compare them")
    page.locator("a.cite").first.click()
    page.locator("#source .now").wait_for()
    page.emulate_media(media="print")
    for gone in ("#question", "#source", "#anew", "#chat .tools", "#chat .options"):
        assert all(not one.is_visible() for one in page.locator(gone).all()), gone
    quotes = page.locator("#chat .quotes").first.locator("li")
    expect(quotes).to_have_count(2)
    expect(quotes.first).to_be_visible()
    expect(quotes.first).to_contain_text("runs to much larger amounts.”")
    cut_off = page.evaluate("""() => [...document.querySelectorAll("#chat, #chat *")].filter((one) =>
        getComputedStyle(one).overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0
        && getComputedStyle(one).display !== "inline").map((one) => one.className)""")
    assert cut_off == []
    assert re.search("Leading People", page.locator("#chat").inner_text())
    page.emulate_media(media="screen")


def test_many_sources_are_one_line_that_unfolds_by_keyboard_and_on_paper(chat: Watched) -> None:
    page = chat.page
    answer = ask(page, "Compose them")
    summary, titles = answer.locator("details.from summary"), answer.locator("details.from a.source")
    expect(summary).to_have_text(f"From {titles.count()} articles")
    assert titles.count() > 2
    expect(titles.first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(titles.last).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(titles.last).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(titles.last).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    expect(titles.last).to_be_visible()  # a reader unfolded it


def test_the_permanent_page_is_right_on_a_phone_and_in_the_dark(browser: Browser, chat: Watched, address: str) -> None:
    ask(chat.page, "Compare them")
    link = chat.page.locator(".tools .link").get_attribute("href")
    context = browser.new_context(
        java_script_enabled=False, color_scheme="dark", viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(f"{address}{link}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare them")
    expect(page.locator("body")).to_have_css("background-color", DARK)
    assert sum(page.evaluate("[document.documentElement.scrollWidth, -innerWidth]") or []) <= 0
    page.locator(".body a.cite").nth(1).click()
    expect(page.locator(".quotes li:target")).to_be_in_viewport()
    page.locator(".quotes li:target a").click()
    expect(page).to_have_url(re.compile(f"/articles/{PAIR}#s"))
    expect(page.locator(".sentence:target")).to_be_in_viewport()
    context.close()
