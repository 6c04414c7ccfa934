"""What stands around an article on a web page is left out, and what only looks like it is kept."""

from __future__ import annotations

import pytest

from corpus.article import CorpusError
from corpus.reading.web_page import read_web_page


@pytest.mark.parametrize(
    ("furniture", "code"),
    [
        ("<nav><a href=a>A menu</a></nav>", "site-navigation"),
        ("<div role=navigation>A menu</div>", "site-navigation"),
        ("<ul class='nav nav-tabs'><li>A menu</ul>", "site-navigation"),
        ("<div id=cookie-banner>A menu</div>", "site-banner"),
        ("<div class='gdpr-consent'>A menu</div>", "site-banner"),
        ("<div class=ad-slot><p>A menu</p></div>", "site-banner"),
        ("<div class=tags>A menu</div>", "page-footer"),
        ("<aside>A menu</aside>", "side-column"),
        ("<div class=relatedPosts>A menu</div>", "side-column"),
        ("<div class=social-share>A menu</div>", "share-bar"),
        ("<section id=comments><p>A menu</section>", "reader-comments"),
        ("<footer>A menu</footer>", "page-footer"),
        ("<p>A menu, <time datetime=2026-01-01>1 January</time></p>", "byline"),
        ("<ul><li><a href=a>A menu</a><li><a href=b>Two</a><li><a href=c>Three</a></ul>", "link-list"),
        ("<span class=sr-only>A menu</span>", "hidden-text"),
    ],
)
def test_furniture_is_left_out_and_reported(furniture: str, code: str) -> None:
    words = "<p>The Chef cooks for the whole house, every day of the week.</p>"
    page = read_web_page(f"<body><article>{words}{furniture}</article></body>".encode())
    assert [block.text for block in page.blocks] == ["The Chef cooks for the whole house, every day of the week."]
    assert [item.code for item in page.left_out] == [code]
    assert page.left_out[0].text.startswith("A menu")


@pytest.mark.parametrize(
    "kept",
    [
        "<h2 id=comments>Comments from Guests</h2><p>One.",  # a heading's slug
        "<section id=menu-planning><p>One.</section>",  # a section's slug
        "<div class='has-sidebar no-comments'><p>One.</div>",  # how the page is laid out
        "<div class='no-ads with-tags'><p>One.</div>",
        "<section id=ads-and-posters><p>One.</section>",
        "<div class=elementor-widget-text-editor><p>One.</div>",
        "<main class=related><p>One.</main>",  # holds everything
        "<p>See <a href=a>one</a>, <a href=b>two</a> and <a href=c>three</a>. One.",  # links in a sentence
    ],
)
def test_what_only_looks_like_furniture_is_kept(kept: str) -> None:
    assert "One." in " ".join(block.text for block in read_web_page(f"<body>{kept}</body>".encode()).blocks)


def test_a_page_with_nothing_but_furniture_is_an_error_and_never_an_empty_article() -> None:
    with pytest.raises(CorpusError, match="no article was found among the 16 characters"):
        read_web_page(b"<nav>One, two</nav><aside>Two, six</aside>")


def test_comments_that_are_longer_than_the_article_are_left_out() -> None:
    comments = "<div id=comments>" + "<p>I have never read anything as good as this, dear author.</p>" * 5 + "</div>"
    page = read_web_page(f"<h1>Chef vs Cook</h1><div><p>The Chef leads the whole kitchen.</p></div>{comments}".encode())
    assert [block.text for block in page.blocks][-1] == "The Chef leads the whole kitchen."
    assert [item.code for item in page.left_out] == ["reader-comments"]
