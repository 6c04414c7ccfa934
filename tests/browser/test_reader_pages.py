"""The reader, the help pages and the description of the JSON side, in a real browser, for everybody who may come."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corpus.library import Library
from tests.browser.axe import violations
from tests.browser.conftest import Watched
from tests.web.small_assistant import PAIR

pytestmark = pytest.mark.browser

PAGES = [
    "/articles",
    "/articles?text=budget",
    "/articles?text=zebra",
    f"/articles/{PAIR}?cited=3,7&numbers=1#s3",
    "/articles/nothing-here",
    "/roles",
    "/help",
    "/help/web-master",
    "/help/reviewer",
    "/docs",
]
# One of each kind of element, for what takes long.
COLOURS = ["/articles?text=budget", f"/articles/{PAIR}?cited=3,7&numbers=1#s3", "/help/web-master"]


@pytest.mark.parametrize("examined", ["light"], indirect=True)
def test_axe_finds_nothing_on_any_page(examined: Page, address: str) -> None:
    assert {path: found for path in PAGES if (found := looked_at(examined, address + path))} == {}


@pytest.mark.parametrize("examined", ["dark"], indirect=True)
def test_axe_finds_no_weak_contrast_in_the_dark(examined: Page, address: str) -> None:
    for path in COLOURS:
        examined.goto(address + path)
        assert violations(examined, rules=["color-contrast"]) == [], path


@pytest.mark.slow
@pytest.mark.parametrize("examined", ["dark"], indirect=True)
def test_axe_finds_nothing_on_any_page_in_the_dark(examined: Page, address: str) -> None:
    assert {path: found for path in PAGES if (found := looked_at(examined, address + path))} == {}


def test_axe_would_find_weak_contrast_and_a_field_without_a_name(examined: Page, address: str) -> None:
    examined.goto(f"{address}/articles")
    examined.add_style_tag(content=".lead { color: #808080 !important; background: #707070 }")
    examined.evaluate("document.querySelector('label[for=role]').remove()")
    found = " ".join(violations(examined))
    assert "color-contrast" in found
    assert "select-name" in found


def looked_at(page: Page, address: str) -> list[str]:
    """Return whatever axe finds on a page, were it ever so small."""
    page.goto(address)
    return violations(page, impacts=("minor", "moderate", "serious", "critical"))


def test_no_page_scrolls_sideways_on_the_narrowest_phone(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_all_works_without_script_and_asks_nobody_else(browser: Browser, address: str, library: Library) -> None:
    context = browser.new_context(java_script_enabled=False)
    watched = Watched(context.new_page())
    page = watched.page
    page.goto(f"{address}/articles")
    page.get_by_label("Words in title, roles or text").fill("ops mgr budget")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_contain_text("One article fits.")
    page.locator(".snippet a").first.click()
    number = urlparse(page.url).fragment
    article = library.articles[PAIR]
    sentence = next(one for one in article.sentences() if f"s{one.number}" == number)
    expect(page.locator(".sentence:target")).to_have_text(article.quote(sentence.span))
    expect(page.locator(".sentence:target")).to_be_in_viewport()
    page.get_by_role("link", name="Contents").or_(page.locator("#contents a").first).last.click()
    page.get_by_role("link", name="Show sentence numbers").click()
    expect(page.locator("a.number").first).to_be_visible()
    page.get_by_role("navigation", name="Rolewise").get_by_role("link", name="Roles").click()
    page.get_by_role("link", name="Sous Chef", exact=True).click()
    expect(page.get_by_label("Role", exact=True)).to_have_value("Sous Chef")
    for path in PAGES:
        page.goto(address + path)
    assert {urlparse(url).netloc for url in watched.requests if not url.startswith("data:")} == {
        urlparse(address).netloc
    }
    assert [one for one in watched.complaints if "404" not in one] == []
    context.close()


def test_a_question_about_an_article_waits_in_the_chat_and_is_not_sent(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/articles/{PAIR}")
    page.locator("#ask a").first.click()
    expect(page.locator("#question textarea")).to_have_value(
        "Who has the bigger budget, the Operations Manager or the Production Manager?"
    )
    expect(page.locator("#chat .bot-row")).to_have_count(0)


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/articles")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words in title, roles or text")).to_be_focused()
    page.keyboard.type("menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("One article fits.")
    outline = "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName"
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(outline))
    assert {kind for kind in seen if not kind.endswith("BODY")} == {
        f"solid{tag}" for tag in ("A", "INPUT", "SELECT", "BUTTON")
    }


def test_what_a_screen_reader_is_told_of_an_article(context: BrowserContext, address: str, library: Library) -> None:
    page = context.new_page()
    page.goto(f"{address}/articles/{PAIR}?cited=3")
    for role, name in (
        ("banner", None), ("main", None), ("contentinfo", None), ("article", None), ("navigation", "Rolewise"),
        ("navigation", "On this page"), ("navigation", "Contents"), ("complementary", "About this article"),
    ):  # fmt: skip
        found = page.get_by_role(role, name=name) if name else page.get_by_role(role)  # type: ignore[arg-type]
        expect(found).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text(library.articles[PAIR].title)
    expect(page.get_by_role("note")).to_contain_text("number 3")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_print_leaves_the_article_alone_and_keeps_the_marks(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/articles/{PAIR}?cited=3")
    page.emulate_media(media="print")
    for hidden in ("header.bar", "footer", "aside", ".crumbs"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator(".cited")).to_have_css("print-color-adjust", "exact")
