"""Read a web page into blocks: the article alone, without what the site puts around it."""

from __future__ import annotations

from dataclasses import replace

from corpus.article import CorpusError
from corpus.reading.blocks import LeftOut, Page
from corpus.reading.web_about import about
from corpus.reading.web_blocks import blocks_of
from corpus.reading.web_furniture import article_body, strip_furniture
from corpus.reading.web_tree import parsed


def read_web_page(content: bytes) -> Page:
    """Return the blocks of a page's article, and what was left out around it; raise CorpusError when none is found."""
    tree = parsed(content)
    page, body = tree.root, tree.body
    if page is None or body is None:
        raise CorpusError("is no web page that can be read. Save it anew from a browser.")
    said = about(page, body)  # before any of it is taken off the page
    left_out, weights = strip_furniture(body)
    root, outside = article_body(body, weights)
    blocks = tuple(blocks_of(root))
    if not blocks and left_out:
        size = sum(len(item.text) for item in left_out)
        raise CorpusError(
            f"no article was found among the {size:,} characters of the page, which look like menus, banners and "
            "comments. Save the article alone, as text."
        )
    title = about(page, root).title or said.title
    return Page(blocks, replace(said, title=title), tuple(_once([*left_out, *outside], title)))


def _once(left_out: list[LeftOut], title: str) -> list[LeftOut]:
    """Return each piece once, without the title, which is kept."""
    return list(dict.fromkeys(item for item in left_out if item.text != title))
