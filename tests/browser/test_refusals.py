"""What a person sees who is told to wait."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.settings import Settings
from corpus.library import Library
from tests.browser.conftest import serving
from tests.web.small_assistant import SmallAssistant

pytestmark = pytest.mark.browser


def test_who_asks_too_much_is_told_so_and_keeps_the_page(browser: Browser, library: Library, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, questions_per_minute=3)
    with serving(SmallAssistant(library), tmp_path, settings=settings) as address:
        context = browser.new_context(extra_http_headers={"X-Forwarded-For": "192.0.2.7"})
        page = context.new_page()
        page.goto(address)  # the page asks once by itself
        page.locator("#chat .example").first.wait_for()
        for number in range(4):
            page.locator("#question textarea").fill(f"Who has the bigger budget? {number}")
            page.locator("#question textarea").press("Enter")
            if number < 2:
                expect(page.locator("#chat .bot-row")).to_have_count(number + 1)
        expect(page.locator(".toast-wrap")).to_contain_text(re.compile(r"too many questions.*Wait \d+ seconds"))
        expect(page.locator("#chat .bot-row").first).to_be_visible()
        context.close()
