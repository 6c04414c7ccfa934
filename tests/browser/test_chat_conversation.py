"""Where the conversation lives, what stops it, what ends it."""

from __future__ import annotations

from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched, answer_after, ask, opened
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget?"


def send(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")


def test_nothing_leaves_the_machine_and_nothing_breaks_or_stays_behind(fresh: Watched, address: str) -> None:
    page = fresh.page
    ask(page, BUDGET)
    page.locator("a.cite").first.click()
    page.locator("#source .now").wait_for()
    ask(page, "Compare them")
    page.locator(".up").last.click()
    page.locator("form.why").wait_for()
    stored = page.evaluate("""async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length]""")
    assert stored == [0, 0, "", 0, 0]
    assert page.context.cookies() == []
    page.goto(f"{address}/articles")
    page.goto(f"{address}/articles/{PAIR}#s3")
    assert {urlparse(url).netloc for url in fresh.requests if not url.startswith("data:")} == {urlparse(address).netloc}
    assert fresh.complaints == []


def test_a_reload_shows_the_conversation_again_and_it_goes_on(chat: Watched) -> None:
    page = chat.page
    ask(page, BUDGET)
    address = page.url
    page.reload()
    expect(page.locator("#chat .bot-row")).to_have_count(1)
    expect(page.locator("#chat .option")).to_have_count(2)
    expect(ask(page, "And their teams?")).to_contain_text("(after 1 earlier)")
    assert page.url == address  # the key stands in no address that could be passed on
    key = page.evaluate("history.state.rolewise")
    assert len(key) == 22
    assert not any(key in url for url in chat.requests)


def test_an_ended_conversation_stays_ended_after_a_reload(chat: Watched) -> None:
    page = chat.page
    ask(page, BUDGET)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    page.reload()
    expect(page.locator("#chat .example").first).to_be_visible()
    expect(page.locator("#chat .bot-row")).to_have_count(0)


def test_an_answer_on_its_way_can_be_stopped_and_the_question_is_put_back(
    chat: Watched, held: SmallAssistant, records: SmallRecords
) -> None:
    page = chat.page
    send(page, f"{BUDGET} slowly")
    expect(page.locator(".user-row").last).to_have_text(f"{BUDGET} slowly")  # shown before it is answered
    expect(page.locator("#chat .waiting")).to_be_visible()
    page.get_by_role("button", name="Stop answering").click()
    expect(page.locator("#question textarea")).to_have_value(f"{BUDGET} slowly")
    expect(page.locator("#chat .user-row")).to_have_count(0)
    page.locator("#question textarea").fill("")
    expect(ask(page, "And their teams?")).to_contain_text("(after 0 earlier)")
    held.go_on.set()
    page.wait_for_timeout(300)  # until the stopped one would have come
    expect(page.locator("#chat .bot-row")).to_have_count(1)
    assert not any("slowly" in turn for kept in records.answers.values() for turn in kept.turns)
    expect(page.locator(".toast-wrap")).not_to_contain_text("Error")


def test_a_new_conversation_is_not_joined_by_the_answer_to_the_old(chat: Watched, held: SmallAssistant) -> None:
    page = chat.page
    send(page, f"{BUDGET} slowly")
    expect(page.locator("#chat .waiting")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .example").first).to_be_visible()
    held.go_on.set()
    page.wait_for_timeout(300)
    expect(page.locator("#chat .bot-row")).to_have_count(0)


def test_what_is_written_while_waiting_is_kept(chat: Watched, held: SmallAssistant) -> None:
    page = chat.page
    send(page, f"{BUDGET} slowly")
    expect(page.locator("#chat .waiting")).to_be_visible()
    page.locator("#question textarea").fill("And their teams?")
    held.go_on.set()
    answer_after(page, 0)
    expect(page.locator("#question textarea")).to_have_value("And their teams?")


def test_the_focus_is_never_lost_when_a_button_goes_away(chat: Watched) -> None:
    page = chat.page
    page.locator("#chat .example").first.focus()
    page.keyboard.press("Enter")
    answer_after(page, 0)
    expect(page.locator("#question textarea")).to_be_focused()


def test_a_stranger_who_guesses_gets_nothing(chat: Watched, address: str) -> None:
    page = chat.page
    ask(page, BUDGET)
    other = opened(page.context, address).page
    other.evaluate("history.replaceState({ rolewise: 'short' }, '')")
    other.reload()
    expect(ask(other, "And their teams?")).to_contain_text("(after 0 earlier)")
    other.close()
