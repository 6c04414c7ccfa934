"""Look at a page as axe does: the rules of accessibility that a program can check.

axe is a script, which the policy of our pages would hold back: open the page in a context made with `bypass_csp=True`
(the fixture `examined`).
"""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")


def violations(
    page: Page, within: str | None = None, impacts: Sequence[str] = GRAVE, rules: Sequence[str] = ()
) -> list[str]:
    """Return a line for each element that breaks a rule: the rule, how bad it is, the element and what to do.

    `within` is a CSS selector that the look is limited to; `impacts` are the degrees that count; `rules` are the names
    of the rules to look at, all of them when there are none.
    """
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = Axe().run(page, context=within, options={"resultTypes": ["violations"], **only})
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found.response["violations"]
        if rule["impact"] in impacts
        for node in rule["nodes"]
    ]
