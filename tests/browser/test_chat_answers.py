"""What can be done with an answer: preview, edit, copy, link, judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.records.kept import NothingKept
from assistant.settings import Settings
from corpus.library import Library
from tests.browser.conftest import QUIET, Watched, answer_after, ask, opened, serving
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget?"


@pytest.fixture
def quotes(library: Library) -> list[str]:
    return [citation.quote for citation in SmallAssistant(library).answer([BUDGET]).citations()]


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def answer_id(page: Page) -> str:
    return str(page.locator(".tools .link").last.get_attribute("href")).rsplit("/", 1)[-1]


def test_a_chip_shows_its_sentence_to_the_mouse(chat: Watched, quotes: list[str], library: Library) -> None:
    page = chat.page
    ask(page, BUDGET)
    preview = page.get_by_role("tooltip")
    for place, quote in enumerate(quotes):
        page.locator("a.cite").nth(place).hover()
        expect(preview).to_contain_text(f"“{quote}”")
        expect(preview).to_contain_text(library.articles[PAIR].title)
    preview.hover()  # it can be read at leisure
    page.wait_for_timeout(250)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.locator("a.cite").first.hover()
    expect(preview).to_be_visible()
    page.locator("#question").hover()
    expect(preview).to_be_hidden()


def test_a_chip_shows_its_sentence_to_the_keyboard_and_describes_itself_with_it(
    chat: Watched, quotes: list[str]
) -> None:
    page = chat.page
    ask(page, BUDGET)
    page.locator("#chat .tools button").first.focus()
    for _ in range(2):  # past the link to the article
        page.keyboard.press("Shift+Tab")
    chip = page.locator("a.cite").last
    expect(chip).to_be_focused()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(chip).to_have_accessible_description(re.compile(re.escape(quotes[1])))
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    expect(chip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source .now")).to_have_text(quotes[1])
    expect(page.get_by_role("tooltip")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
    expect(page.get_by_role("tooltip")).to_be_hidden()  # it was just read at length


def test_the_question_as_understood_can_be_put_right_and_is_asked_anew_after_the_old_one(chat: Watched) -> None:
    page = chat.page
    ask(page, "And their teams?")
    page.locator("#question textarea").fill("half a thought")
    page.get_by_role("button", name="Edit the question").click()
    box = page.get_by_role("textbox", name="The question to ask instead")
    expect(box).to_be_focused()
    expect(box).to_have_value("How big are the teams? (after 0 earlier)")
    box.fill("Who has the bigger budget, the operations manager or the production manager?")
    page.keyboard.press("Enter")
    answer = answer_after(page, 1)
    expect(answer).to_contain_text("runs to much larger amounts")
    expect(page.locator(".user-row")).to_have_count(2)  # the old exchange stays, and what was being written too
    expect(page.locator(".bot-row").first).to_contain_text("Understood as: How big are the teams?")
    expect(page.locator("#question textarea")).to_have_value("half a thought")
    follow_up = ask(page, "And their teams?")
    expect(follow_up).not_to_contain_text("How big are the teams?")  # it goes on from the corrected question
    expect(follow_up).to_contain_text("And their teams? (after 2 earlier)")


def test_escape_leaves_the_question_as_it_was_understood(chat: Watched) -> None:
    page = chat.page
    ask(page, "And their teams?")
    page.get_by_role("button", name="Edit the question").click()
    page.keyboard.press("Escape")
    expect(page.locator(".understood")).to_be_visible()
    expect(page.get_by_role("button", name="Edit the question")).to_be_focused()
    expect(page.locator("#chat .bot-row")).to_have_count(1)


def test_an_answer_is_copied_with_quotes_titles_and_whole_links(
    chat: Watched, address: str, quotes: list[str], library: Library
) -> None:
    page = chat.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, BUDGET)
    page.get_by_role("link", name="Copy with quotes and links, as plain text").click()
    expect(page.locator("#said")).to_contain_text("copied")
    text = clipboard(page)
    page.get_by_role("link", name="Copy with quotes and links, as Markdown").click()
    for _ in range(100):
        if clipboard(page) != text:
            break
        page.wait_for_timeout(50)
    for copied in (text, clipboard(page)):
        assert all(f"“{quote}”" in copied for quote in quotes)
        assert library.articles[PAIR].title in copied
        assert len(re.findall(rf"{address}/articles/{PAIR}#s\d+", copied)) == 2
        assert f"{address}/answers/{answer_id(page)}" in copied
    assert "**Operations Manager:**" in clipboard(page)
    assert "*" not in text


def test_the_link_is_copied_and_leads_to_the_answer_in_a_browser_without_scripts(
    chat: Watched, browser: Browser, address: str, quotes: list[str]
) -> None:
    page = chat.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, BUDGET)
    page.get_by_role("link", name="Copy a permanent link to this answer").click()
    expect(page.locator("#said")).to_contain_text("link")
    link = clipboard(page)
    assert re.fullmatch(rf"{address}/answers/[A-Za-z0-9_-]{{22}}", link)
    context = browser.new_context(java_script_enabled=False)
    reader = context.new_page()
    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text(BUDGET)
    for quote in quotes:
        expect(reader.locator("blockquote", has_text=quote)).to_be_visible()
    context.close()


@pytest.fixture
def plain_http(browser: Browser, executable: str, library: Library, tmp_path: Path) -> Iterator[Page]:
    """The chat under a name without TLS, where browsers keep the clipboard interface to themselves."""
    settings = Settings(data=tmp_path, hosts="roles.example")
    with serving(SmallAssistant(library), tmp_path, None, settings) as address:
        arguments = [*QUIET, "--host-resolver-rules=MAP roles.example 127.0.0.1"]
        other = browser.browser_type.launch(executable_path=executable, args=arguments)
        context = other.new_context()
        yield opened(context, address.replace("127.0.0.1", "roles.example")).page
        other.close()


def test_a_page_without_tls_copies_too_and_at_worst_shows_the_text(plain_http: Page, quotes: list[str]) -> None:
    page = plain_http
    assert page.evaluate("[isSecureContext, typeof navigator.clipboard]") == [False, "undefined"]
    ask(page, BUDGET)
    page.get_by_role("link", name="Copy with quotes and links, as plain text").click()
    expect(page.locator("#said")).to_contain_text("copied")
    page.locator("#question textarea").focus()
    page.keyboard.press("Control+V")
    pasted = page.locator("#question textarea").input_value()
    assert all(quote in pasted for quote in quotes)
    page.evaluate("document.execCommand = () => false")  # as a browser that knows neither way
    page.get_by_role("link", name="Copy with quotes and links, as plain text").click()
    shown = page.get_by_role("dialog").get_by_role("textbox")
    expect(shown).to_be_focused()
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == shown.input_value()
    assert all(quote in shown.input_value() for quote in quotes)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_thumb_is_noted_under_the_answers_id_with_a_reason_and_can_be_changed(
    chat: Watched, records: SmallRecords
) -> None:
    page = chat.page
    ask(page, BUDGET)
    good, bad = (page.get_by_role("button", name=name) for name in ("Good answer", "Bad answer"))
    good.click()
    expect(page.locator("#said")).to_contain_text("Thank you")
    expect(good).to_have_attribute("aria-pressed", "true")
    noted = records.thumbs[answer_id(page)]
    assert (noted.up, noted.reason) == (True, "")
    bad.click()
    expect(good).to_have_attribute("aria-pressed", "false")
    page.get_by_role("radio", name="Something is missing").check()
    page.get_by_role("textbox", name="In your own words").fill("Who signs?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#said")).to_contain_text("reason is noted")
    expect(bad).to_be_focused()
    noted = records.thumbs[answer_id(page)]
    assert (noted.up, noted.reason) == (False, "Something is missing: Who signs?")
    page.reload()
    expect(bad).to_have_attribute("aria-pressed", "true")


def test_a_server_that_keeps_nothing_offers_copies_but_no_thumbs_and_no_link(
    browser: Browser, library: Library, tmp_path: Path
) -> None:
    with serving(SmallAssistant(library), tmp_path, NothingKept()) as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = opened(context, address).page
        expect(page.locator("#kept")).to_contain_text("Your questions are not kept.")
        ask(page, BUDGET)
        expect(page.locator("#chat .tools > *")).to_have_text(["Copy", "Markdown"])
        page.locator(".copy").first.click()
        expect(page.locator("#said")).to_contain_text("copied")
        assert "runs to much larger amounts" in clipboard(page)
        assert "/answers/" not in clipboard(page)
        context.close()
