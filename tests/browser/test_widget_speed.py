"""The widget costs the page next to nothing, and is soon there when it is wanted."""

from __future__ import annotations

import json
import os

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.intranet_site import Site
from tests.browser.widget import bubble, opened, six_tabs, visit
from tests.figures import Note

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.alone]


def test_the_script_is_parsed_and_run_in_under_50_ms(browser: Browser, site: Site, figure: Note) -> None:
    """The best of three: 8 to 17 ms on two cores that ten programs share."""
    spent = []
    for _ in range(3):
        context = browser.new_context()
        page = context.new_page()
        browser.start_tracing(page=page, categories=["devtools.timeline", "v8", "disabled-by-default-v8.compile"])
        page.goto(f"{site.origin}/index.html")
        bubble(page).wait_for()
        events = json.loads(browser.stop_tracing())["traceEvents"]
        ours = [event for event in events if f"{site.rolewise}/widget.js" in json.dumps(event.get("args", {}))]
        spent.append(sum(event["dur"] for event in ours if event["name"] in {"v8.compile", "EvaluateScript"}) / 1000)
        context.close()
    print(f"\nwidget.js, parsed and run: {min(spent):.1f} ms")
    figure("widget.js, parsed and run, ms", round(min(spent), 1), "less than 50")
    assert 0 < min(spent) < 50


def test_a_question_can_be_typed_within_two_seconds_of_the_click(browser: Browser, site: Site, figure: Note) -> None:
    """A warm server and an empty browser cache; the best of three. 1.3 s on two cores with a little else to do."""
    if os.getloadavg()[0] > 2 * (os.cpu_count() or 1):
        pytest.skip("Other programs keep every core busy: a time measured now says nothing. Try again later.")
    spent = []
    for _ in range(3):
        context = browser.new_context()
        page = visit(context, f"{site.origin}/index.html").page
        began = page.evaluate("performance.now()")
        opened(page)
        spent.append(page.evaluate("performance.now()") - began)
        context.close()
    print(f"\nfrom click to question: {min(spent):.0f} ms")
    figure("from click to question, ms", round(min(spent)), "less than 2,000")
    assert min(spent) < 2000


def test_over_http_1_1_six_tabs_are_answered_too(context: BrowserContext, site: Site) -> None:
    """An open tab holds no connection unless it waits for an answer; a browser opens six to one server."""
    assert six_tabs(context, f"{site.origin}/index.html") == {"http/1.1"}
