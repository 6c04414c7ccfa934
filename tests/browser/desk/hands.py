"""What a reviewer does in the browser."""

from __future__ import annotations

from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.desk.site import Site
from tests.web.desk.signing_in import PASSWORD

BUDGET = "Who has the bigger budget, the Operations Manager or the Production Manager?"
MENU = "Who writes the menu, the Head Chef or the Sous Chef?"
PAYLOADS = (
    "<script>window.ran = 1</script>", "<img src=x onerror='window.ran = 1'>", "{{ 7 * 7 }}",
    "'\"><svg onload=window.ran=1>", "</textarea><script>window.ran = 1</script>", "javascript:window.ran=1",
)  # fmt: skip


def enter(page: Page, site: Site, name: str, password: str = PASSWORD) -> None:
    page.goto(f"{site.address}/review")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password of the reviewers").fill(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask(site: Site, question: str) -> dict[str, Any]:
    answer = httpx.post(f"{site.address}/api/ask", json={"question": question}, timeout=30)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def said(page: Page, text: str) -> None:
    expect(page.locator("#live")).to_contain_text(text)
