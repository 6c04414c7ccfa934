from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from assistant.answer import Citation
from corpus.library import Library
from tests.browser.conftest import Watched, ask, opened
from tests.web.small_assistant import PAIR, SmallAssistant

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget?"


def budget_citations(library: Library) -> tuple[Citation, ...]:
    return SmallAssistant(library).answer([BUDGET]).citations()


def test_a_chip_opens_the_article_at_the_exact_sentence(chat: Watched, library: Library) -> None:
    page = chat.page
    ask(page, BUDGET)
    for number, citation in enumerate(budget_citations(library)):
        page.locator("a.cite").nth(number).click()
        sentence = page.locator("#source .now")
        expect(sentence).to_have_text(citation.quote)
        expect(sentence).to_be_in_viewport()
        expect(sentence).to_be_focused()
        title = page.locator("#source-title")
        expect(title).to_have_text(citation.article.title)
        expect(title).to_have_attribute("href", f"{page.url.rstrip('/')}{citation.url}")
        assert page.evaluate("document.querySelector('#source .now').textContent") == citation.quote


def test_a_follow_up_stands_in_the_same_conversation_and_a_new_one_begins_empty(chat: Watched) -> None:
    page = chat.page
    ask(page, BUDGET)
    ask(page, "And their teams?")
    expect(page.locator(".bot-row").last).to_contain_text("Understood as: How big are the teams? (after 1 earlier)")
    page.locator(".option", has_text="Compare Operations Manager").click()
    expect(page.locator("#chat table")).to_be_visible()
    page.locator("#chat table a.cite").first.click()
    expect(page.locator("#source .now")).to_be_visible()
    page.locator("#anew").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#source")).to_be_hidden()
    ask(page, "And their teams?")
    expect(page.locator(".bot-row").last).to_contain_text("(after 0 earlier)")


def test_two_tabs_are_two_conversations(chat: Watched, address: str) -> None:
    ask(chat.page, BUDGET)
    other = opened(chat.page.context, address)
    expect(ask(other.page, "And their teams?")).to_contain_text("(after 0 earlier)")
    other.page.close()


def test_everything_works_by_keyboard(fresh: Watched, library: Library) -> None:
    page = fresh.page
    quotes = [citation.quote for citation in budget_citations(library)]
    page.keyboard.type(BUDGET)  # the box has the focus from the start
    page.keyboard.press("Enter")
    chips = page.locator("a.cite")
    chips.first.wait_for()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if chips.first.evaluate("chip => chip === document.activeElement"):
            break
    expect(chips.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source .now")).to_have_text(quotes[0])
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(chips.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source .now")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#source .now")).to_have_text(quotes[1])
    page.keyboard.press("Escape")
    expect(chips.nth(1)).to_be_focused()


def test_the_buttons_of_the_panel_walk_through_the_sources(chat: Watched, library: Library) -> None:
    page = chat.page
    quotes = [citation.quote for citation in budget_citations(library)]
    ask(page, BUDGET)
    page.locator("a.cite").first.click()
    expect(page.get_by_role("button", name="Previous source")).to_be_disabled()
    page.get_by_role("button", name="Next source").click()
    expect(page.locator("#source .now")).to_have_text(quotes[1])
    page.get_by_role("button", name="Previous source").click()
    expect(page.locator("#source .now")).to_have_text(quotes[0])
    page.get_by_role("button", name="Close the source").click()
    expect(page.locator("#source")).to_be_hidden()


def test_a_modified_click_opens_the_reader_page_instead(chat: Watched) -> None:
    ask(chat.page, BUDGET)
    with chat.page.context.expect_page() as tab:
        chat.page.locator("a.cite").first.click(modifiers=["Control"])
    expect(tab.value.locator("h1")).to_contain_text("Operations Manager vs Production Manager")
    expect(chat.page.locator("#source")).to_be_hidden()
    tab.value.close()


def test_what_screen_readers_are_told(chat: Watched, library: Library) -> None:
    page = chat.page
    expect(page.get_by_role("heading", level=1, name="Rolewise")).to_have_count(1)
    expect(page.get_by_role("button", name="Send the question")).to_be_visible()
    ask(page, BUDGET)
    title = library.articles[PAIR].title
    expect(page.get_by_role("link", name=f"Source 1: {title}")).to_be_visible()
    expect(
        page.locator("#chat .message[aria-label], #chat .message :not(a, button, .tools, .scrolls)[aria-label]")
    ).to_have_count(0)
    page.locator("a.cite").first.click()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()


def test_a_link_may_fill_the_box_but_does_not_send(chat: Watched, address: str) -> None:
    page = chat.page
    page.goto(f"{address}/?q=Who%20has%20the%20bigger%20budget%3F")
    expect(page.locator("#question textarea")).to_have_value(BUDGET)
    page.wait_for_timeout(300)
    expect(page.locator("#chat .bot-row")).to_have_count(0)
    page.locator("#question textarea").press("Enter")
    expect(page.locator("a.cite")).to_have_count(2)


def test_an_empty_message_is_not_sent_and_a_failure_says_so_and_keeps_the_message(chat: Watched) -> None:
    page = chat.page
    page.locator("#question textarea").fill("   ")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".toast-wrap")).to_contain_text("The question is empty")
    page.locator("#question textarea").fill("explode")
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".toast-wrap")).to_contain_text("Something went wrong on the server")
    expect(page.locator("#question textarea")).to_have_value("explode")


def test_an_example_is_a_question_that_is_asked(chat: Watched) -> None:
    chat.page.locator("#chat .example", has_text="budget").click()
    expect(chat.page.locator("a.cite")).to_have_count(2)


def test_what_is_typed_is_shown_and_not_run(chat: Watched) -> None:
    typed = "<img src=x onerror=alert(1)> *budget* $$x$$ [a](http://evil.example)"
    ask(chat.page, typed)
    expect(chat.page.locator(".user-row").last).to_have_text(typed)
    assert chat.complaints == []


def test_the_reader_marks_the_sentence_without_javascript(browser: Browser, address: str, library: Library) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    citation = budget_citations(library)[0]
    page.goto(f"{address}{citation.url}")
    sentence = page.locator(".sentence:target")
    expect(sentence).to_have_text(citation.quote)
    expect(sentence).to_be_in_viewport()
    expect(sentence).to_have_css("background-color", "rgb(254, 240, 138)")
    page.goto(f"{address}/articles/nothing-here")
    expect(page.get_by_role("link", name="the list of all 2 articles")).to_be_visible()
    context.close()
