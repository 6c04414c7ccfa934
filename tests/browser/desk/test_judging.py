"""The review desk in a real browser: by keyboard alone, from the question to the approved answer and its end."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from assistant.reviews.nouns import ApprovalState, Judgement
from tests.browser.desk.hands import MENU, ask, said
from tests.browser.desk.site import Site
from tests.small import OPERATIONS, PAGES

pytestmark = pytest.mark.browser


def test_claims_are_judged_by_keyboard_alone_in_a_few_seconds(page: Page, site: Site) -> None:
    answer = ask(site, MENU)
    count = len(answer["claims"])
    assert count == 2
    page.goto(f"{site.address}/review")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text(MENU)
    expect(page.locator("#claim-0")).to_have_class(re.compile("current"))
    expect(page.locator("#claim-0 mark")).to_have_text(answer["citations"][0]["quote"])
    page.keyboard.press("1")
    said(page, "Claim 1: Supported. Now claim 2 of 2.")
    expect(page.locator("#claim-1")).to_be_focused()
    page.keyboard.press("o")
    page.keyboard.type("1 2 3 4 n j k a q ?")  # none of them acts while typing
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    said(page, "Claim 2: Wrong role. All claims are judged.")
    verdicts = site.reviews.verdicts_on(str(answer["id"]))
    assert [(v.claim, v.judgement) for v in verdicts] == [(0, Judgement.SUPPORTED), (1, Judgement.WRONG_ROLE)]
    assert verdicts[1].note == "1 2 3 4 n j k a q ?"
    assert all(0 < verdict.seconds < 10 for verdict in verdicts), [verdict.seconds for verdict in verdicts]
    page.keyboard.press("k")
    expect(page.locator("#claim-0")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    assert len(site.reviews.verdicts_on(str(answer["id"]))) == 2
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/review(\?|/answers/(?!" + re.escape(str(answer["id"])) + "))"))


def test_a_verdict_is_undone_with_one_key_and_a_refusal_judged_with_another(page: Page, site: Site) -> None:
    answer = ask(site, MENU)
    page.goto(f"{site.address}/review/answers/{answer['id']}")
    expect(page.locator("#undo-form")).to_be_hidden()
    page.keyboard.press("u")
    said(page, "There is nothing of yours to undo here.")
    page.keyboard.press("1")
    said(page, "Claim 1: Supported.")
    page.keyboard.press("3")
    said(page, "Claim 2: Not supported.")
    expect(page.locator("#undo-form")).to_have_text(re.compile("Undo: Claim 2, Not supported"))
    page.keyboard.press("u")
    expect(page.locator("#undone")).to_have_text("Undone: Claim 2, Not supported.")
    expect(page.locator("#claim-1")).to_be_focused()
    expect(page.locator("#claim-1 [aria-pressed=true]")).to_have_count(0)
    page.keyboard.press("4")
    said(page, "Claim 2: Outdated.")
    expect(page.locator("#undone")).to_be_hidden()
    found = [one.judgement.value for one in site.reviews.verdicts_on(str(answer["id"]))]
    assert found == ["supported", "not_supported", "undone", "outdated"]

    refusal = ask(site, "What does a lion tamer earn?")
    assert not refusal["claims"]
    page.goto(f"{site.address}/review/answers/{refusal['id']}")
    page.keyboard.press("3")  # stands for nothing here
    page.keyboard.press("2")
    said(page, "The refusal: Should have answered. n: next answer, u: undo.")
    page.keyboard.press("u")
    expect(page.locator("#undone")).to_have_text("Undone: The refusal, Should have answered.")
    page.keyboard.press("1")
    said(page, "The refusal: Refused rightly.")
    page.reload()
    expect(page.locator("#claim-0 .mine")).to_have_text("You: Refused rightly")


def test_an_approved_answer_comes_first_until_its_article_changes(page: Page, site: Site) -> None:
    question = "Which of them leads several teams, the Operations Manager or the Production Manager?"
    answer = ask(site, question)
    assert "checked" not in answer
    page.goto(f"{site.address}/review/answers/{answer['id']}")
    page.keyboard.press("a")
    expect(page.locator("#approval .said.good")).to_contain_text("Approved by Anna")

    assert ask(site, question)["checked"]
    chat = page.context.new_page()
    chat.goto(f"{site.address}/?q={quote(question)}")
    expect(chat.locator("#question textarea")).to_have_value(question)
    chat.locator("#question textarea").press("Enter")
    expect(chat.locator("#chat .bot-row").last).to_contain_text("Checked by HR on", timeout=30_000)
    chat.close()
    page.goto(f"{site.address}/articles/{OPERATIONS}")
    expect(page.locator("#approved")).to_contain_text(question)

    file = site.articles / f"{OPERATIONS}.md"
    file.write_text(PAGES[OPERATIONS].replace("several teams across", "a dozen teams across"), encoding="utf-8")
    page.goto(f"{site.address}/review/answers/{answer['id']}")
    for _ in range(50):
        if "checked" not in (again := ask(site, question)):
            break
        page.wait_for_timeout(200)
    assert "a dozen teams" in str(again["markdown"])
    (standing,) = [one for one in site.reviews.approvals() if one.approval.question == question]
    assert standing.state is ApprovalState.EXPIRED
    page.reload()
    expect(page.locator(".said.warn").first).to_contain_text("needs review")
    page.goto(f"{site.address}/review/approved")
    expect(page.locator(".change del").first).to_have_text("several")
    expect(page.locator(".change ins").first).to_have_text("a dozen")
    page.get_by_role("button", name=f"Ask “{question}” again").click()
    expect(page.locator("#claim-0")).to_have_class(re.compile("current"))
    page.keyboard.press("a")
    expect(page.locator("#approval .said.good")).to_contain_text("Approved by Anna")
    assert ask(site, question)["checked"]
    file.write_text(PAGES[OPERATIONS], encoding="utf-8")


def test_the_table_that_is_taken_away_opens(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(f"{site.address}/review/figures")
    with page.expect_download() as download:
        page.get_by_role("link", name="Verdicts as CSV").click()
    download.value.save_as(tmp_path / "away.csv")
    with (tmp_path / "away.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list(site.reviews.every_verdict()))
