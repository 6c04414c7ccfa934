"""The desk in a real browser: throttled, safe from what others write, for every reader, and without scripts."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.reviews.forms import normal_form
from assistant.reviews.nouns import Approval, sources_of
from tests.browser.axe import violations
from tests.browser.conftest import DESK
from tests.browser.desk.hands import BUDGET, PAYLOADS, ask, enter, said
from tests.browser.desk.site import Site, desk_site

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_wrong_password_is_refused_then_throttled(context: BrowserContext, tmp_path: Path) -> None:
    with desk_site(tmp_path) as site:
        page = context.new_page()
        for _ in range(5):
            enter(page, site, "Mallory", "not the password")
            expect(page.get_by_role("alert")).to_have_text("That is not the password.")
        enter(page, site, "Mallory")
        expect(page.get_by_role("alert")).to_contain_text("Too many passwords were tried. Wait")
        assert page.goto(f"{site.address}/review/figures").status == 200  # type: ignore[union-attr]
        expect(page.get_by_role("heading", name="Sign in to review")).to_be_visible()


@pytest.mark.slow
def test_an_article_is_uploaded_published_asked_about_and_withdrawn(page: Page, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "beekeeper-vs-florist.md"
    file.write_text(
        "# Beekeeper vs Florist\n\n## Budget\n\nThe Beekeeper buys sugar and jars. The Florist pays for vases.\n",
        encoding="utf-8",
    )
    question = "How do the budgets of the Florist and the Beekeeper differ?"
    before = ask(site, question)
    assert not before["claims"]
    page.goto(f"{site.address}/review/articles")
    page.get_by_label("A file that ends in").set_input_files(file)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".understood").first).to_contain_text("The Florist pays for vases.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#state")).to_contain_text("Everything published is in use", timeout=20_000)
    assert "The Florist pays for vases." in [cited["quote"] for cited in ask(site, question)["citations"]]
    page.get_by_role("button", name="Withdraw beekeeper-vs-florist").click()
    expect(page.locator("#state")).to_contain_text("Everything published is in use", timeout=20_000)
    assert not ask(site, question)["claims"]


@pytest.mark.slow
def test_two_reviewers_on_one_answer_see_each_other(page: Page, site: Site, browser: Browser) -> None:
    answer = ask(site, "Who answers to one director, the Office Manager or the Executive Assistant?")
    other = browser.new_context(viewport=DESK).new_page()
    enter(other, site, "Bert")
    for tab in (page, other):
        tab.goto(f"{site.address}/review/answers/{answer['id']}")
    page.keyboard.press("1")
    said(page, "Claim 1: Supported")
    other.locator("#claim-0").focus()
    other.keyboard.press("3")
    expect(other.locator("#claim-0 .words")).to_contain_text("Anna: Supported")
    page.reload()
    expect(page.locator("#claim-0 .words")).to_contain_text("Bert: Not supported")
    assert {verdict.reviewer for verdict in site.reviews.verdicts_on(str(answer["id"]))} == {"Anna", "Bert"}
    other.context.close()


@pytest.mark.slow
def test_no_text_of_anybody_runs_as_a_script(page: Page, site: Site) -> None:
    evil = " ".join(PAYLOADS)
    answer = ask(site, BUDGET)
    quoted = {**answer["citations"][0], "quote": evil, "heading": evil, "article_title": evil}
    claim = {"text": evil, "roles": [evil], "topic": evil, "verdict": "supported", "citations": [1]}
    stored = {
        **answer,
        "id": "evil",
        "question": evil,
        "standalone_question": evil,
        "claims": [claim],
        "citations": [quoted],
    }
    site.records.keep([evil, evil], {**stored, "markdown": evil, "suggestions": [evil]})
    site.records.thumb("evil", up=False, reason=evil)
    page.goto(f"{site.address}/review/answers/evil")
    page.locator("#claim-0 summary").click()
    page.locator("#claim-0 textarea").fill(evil)
    page.get_by_role("button", name="Not supported").click()
    said(page, "Not supported")
    article = f"# Beekeeper {PAYLOADS[0]} vs Florist\n\n## {evil}\n\nThe Florist and the Beekeeper say {evil}.\n"
    page.goto(f"{site.address}/review/articles")
    page.get_by_label("A file that ends in").set_input_files(
        {"name": "<img src=x onerror=window.ran=1>.md", "mimeType": "text/markdown", "buffer": article.encode()}
    )
    page.get_by_role("button", name="Read it").click()
    for path in (
        page.url,
        "/review",
        "/review/answers/evil",
        "/review/figures",
        "/review/approved",
        "/review/articles",
    ):
        page.goto(path if path.startswith("http") else site.address + path)
        page.wait_for_timeout(50)
        assert page.evaluate("window.ran") is None, path
        assert page.locator("main img, main script, main svg[onload]").count() == 0, path


@pytest.mark.slow
def test_axe_finds_no_serious_violation(examined: Page, site: Site) -> None:
    answer = ask(site, BUDGET)
    examined.goto(f"{site.address}/review/sign-in")
    assert violations(examined) == []
    enter(examined, site, "Anna")
    refusal = ask(site, "What does a lion tamer earn?")
    changed = tuple(replace(source, quote=f"Long ago, {source.quote}") for source in sources_of(answer))
    stored = {**answer, "citations": [{**each, "quote": f"Long ago, {each['quote']}"} for each in answer["citations"]]}
    form = normal_form(f"Long ago, {BUDGET}")
    now = datetime.now(UTC)
    site.reviews.approve(Approval(secrets.token_hex(16), BUDGET, form, stored, changed, "Anna", now))
    examined.goto(f"{site.address}/review/answers/{answer['id']}")
    examined.keyboard.press("2")
    said(examined, "Wrong role")
    examined.keyboard.press("u")
    said(examined, "Undone")
    paths = ["", *(f"/answers/{each['id']}" for each in (answer, refusal)), "/approved", "/articles", "/figures"]
    for path in paths:
        examined.goto(f"{site.address}/review{path}")
        assert violations(examined) == [], path
    examined.goto(f"{site.address}/review/approved")
    expect(examined.locator(".change ins, .change del").first).to_be_attached()
    examined.set_viewport_size({"width": 320, "height": 640})
    for path in paths:
        examined.goto(f"{site.address}/review{path}")
        assert examined.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.slow
def test_without_scripts_every_button_still_works(browser: Browser, site: Site) -> None:
    answer = ask(site, BUDGET)
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    enter(page, site, "Plain")
    page.goto(f"{site.address}/review/answers/{answer['id']}")
    page.locator("#claim-1").get_by_role("button", name="Outdated").click()
    expect(page.locator("#claim-1 .mine")).to_contain_text("Outdated")
    page.get_by_role("button", name="Undo: Claim 2, Outdated").click()
    expect(page.locator("#undone")).to_have_text("Undone: Claim 2, Outdated.")
    expect(page.locator("#claim-1 .mine")).to_have_count(0)
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.address}/review")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to review")
    context.close()
