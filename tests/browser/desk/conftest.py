"""A site with a desk, and a tab of Anna, who is signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Watched
from tests.browser.desk.hands import enter
from tests.browser.desk.site import Site, desk_site


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
