"""The review desk in a real browser: by keyboard alone, from the question to the approved answer and its end."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.reviews.nouns import ApprovalState, Judgement
from tests.browser.axe import violations
from tests.browser.conftest import DESK, Watched
from tests.browser.desk_site import Site, desk_site
from tests.small import OPERATIONS, PAGES
from tests.web.desk.signing_in import PASSWORD

pytestmark = pytest.mark.browser

BUDGET = "Who has the bigger budget, the Operations Manager or the Production Manager?"
MENU = "Who writes the menu, the Head Chef or the Sous Chef?"
PAYLOADS = (
    "<script>window.ran = 1</script>", "<img src=x onerror='window.ran = 1'>", "{{ 7 * 7 }}",
    "'\"><svg onload=window.ran=1>", "</textarea><script>window.ran = 1</script>", "javascript:window.ran=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with desk_site(tmp_path_factory.mktemp("desk")) as site:
        yield site


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """A tab of Anna, who is signed in; the browser complains about nothing."""
    watched = Watched(context.new_page())
    enter(watched.page, site, "Anna")
    yield watched.page
    assert [said for said in watched.complaints if "422" not in said] == []
    assert all(url.startswith((site.address, "blob:")) for url in watched.requests)


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
    file.write_text(PAGES[OPERATIONS], encoding="utf-8")


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


def test_the_table_that_is_taken_away_opens(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(f"{site.address}/review/figures")
    with page.expect_download() as download:
        page.get_by_role("link", name="Verdicts as CSV").click()
    download.value.save_as(tmp_path / "away.csv")
    with (tmp_path / "away.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list(site.reviews.every_verdict()))


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
    paths = ["", f"/answers/{answer['id']}", "/approved", "/articles", "/figures"]
    for path in paths:
        examined.goto(f"{site.address}/review{path}")
        assert violations(examined) == [], path
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
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.address}/review")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to review")
    context.close()
