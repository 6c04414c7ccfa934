"""Take what surrounds the article off a page: menus, banners, side columns, share bars, comments, footers.

A part is recognised by its element, its ARIA role, or the words of its class; by links alone when it is a list of them.
The rest is decided by weight: the article is the smallest element that holds nearly all running text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

from corpus.reading.blocks import LeftOut, one_line
from corpus.reading.web_tree import Node, page_elements, page_names, raw_text, walk

_SILENT = page_elements("silent")
_NEVER_BY_CLASS = page_elements("never_by_class")
_BY_ELEMENT = page_names("by_element")
_BY_ROLE = page_names("by_role")
_BY_CLASS = tuple(
    (code, f" {name.replace('-', ' ')} ") for code, names in page_names("by_class").items() for name in names.split()
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.I)
_NAMES_A_LAYOUT = re.compile(r"\b(?:has|no|with|without|open|enabled|closed|layout|elementor)\b")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_ENDS = frozenset(["header", "footer"])
_BYLINES = frozenset(["p", "div", "span", "ul"])
_LONGEST_BYLINE = 120  # characters; "By A. Writer, updated 3 March 2026, 6 minutes to read"
_LINKED = frozenset(["ul", "ol", "div", "section", "p"])
_MOSTLY_LINKS = 0.8  # of the text of a list of links
_FEWEST_LINKS = 3
_WHOLE = 0.9  # of a page's running text: what holds more is no furniture, whatever its class says
_HALF = 0.5  # and so is what holds more than this together with the heading of the page; comments may be long
_NEARLY_ALL = 0.85  # of the running text: the smallest element with that much is the article
_MOST_OF_MAIN = 0.5  # of the running text in the only <article>: it is the article, and the rest is not
_SENTENCE_END = re.compile(r"[.!?]\s")


Attributes = Mapping[str, str | None]


class Weights:
    """How many characters of running text and of links every element holds, those of `silent` elements left out."""

    def __init__(self, body: Node) -> None:
        self._text: dict[int, int] = {}
        self._links: dict[int, tuple[int, int]] = {}
        self.silent: list[Node] = []  # the outermost ones
        stack: list[list[int]] = [[0, 0, 0]]  # characters, of them in links, links
        linked = 0
        for node, entering in walk(body, into=_SILENT):
            if node.is_text_node:
                size = len((node.text_content or "").strip())
                stack[-1][0] += size
                stack[-1][1] += size if linked else 0
            elif node.is_element_node:
                tag = node.tag
                linked += (1 if entering else -1) * (tag == "a")
                if entering:
                    stack.append([0, 0, int(tag == "a")])
                    self.silent += [node] if tag in _SILENT else []
                else:
                    sums = stack.pop()
                    self._text[node.mem_id] = sums[0] - sums[1]
                    self._links[node.mem_id] = (sums[1], sums[2])
                    above = stack[-1]
                    above[0], above[1], above[2] = above[0] + sums[0], above[1] + sums[1], above[2] + sums[2]

    def running(self, node: Node) -> int:
        """Return the characters outside links."""
        return self._text.get(node.mem_id, 0)

    def mostly_links(self, node: Node) -> bool:
        """Say whether a part is a list of links with hardly a word besides."""
        linked, links = self._links.get(node.mem_id, (0, 0))
        return links >= _FEWEST_LINKS and linked >= _MOSTLY_LINKS * (linked + self.running(node))


def strip_furniture(body: Node) -> tuple[list[LeftOut], Weights]:
    """Remove from the tree what is no part of any article; return what was removed and held words, and what weighs."""
    weights = Weights(body)
    for node in weights.silent:
        node.decompose()
    left_out: list[LeftOut] = []
    for node, code in list(_furniture(body, weights)):
        _take_off(node, code, left_out)
    return left_out, Weights(body) if left_out else weights


def article_body(body: Node, weights: Weights) -> tuple[Node, list[LeftOut]]:
    """Return the element that holds the article, and the pieces of the page that stand outside it."""
    root = _main(body, weights)
    whole = weights.running(root)
    while root.tag != "article" and (heaviest := max(_children(root), key=weights.running, default=None)) is not None:
        if weights.running(heaviest) < _NEARLY_ALL * whole or heaviest.tag in ("table", "ul", "ol", "dl", "p"):
            break
        root = heaviest
    return root, list(_outside(root, body))


def _take_off(node: Node, code: str, left_out: list[LeftOut]) -> None:
    text = one_line(raw_text(node))
    if text:
        left_out.append(LeftOut(code, text))
    node.decompose()


def _furniture(body: Node, weights: Weights) -> Iterator[tuple[Node, str]]:
    """Yield the outermost parts that are no article, with the finding's code."""
    whole = weights.running(body)
    dated = body.css_first("time") is not None
    inside = 0  # depth inside a part already yielded
    articles = 0
    for node, entering in walk(body):
        if not node.is_element_node:
            continue
        if not entering:
            inside -= inside > 0
            articles -= node.tag in ("article", "main")
            continue
        articles += node.tag in ("article", "main")
        code = (
            None if inside or node.mem_id == body.mem_id else _code(node, weights, in_article=articles > 0, dated=dated)
        )
        if code and (code == "hidden-text" or not _is_page(node, weights, whole)):
            yield node, code
            inside = 1
        elif inside:
            inside += 1


def _is_page(node: Node, weights: Weights, whole: int) -> bool:
    """Say whether a part is a wrapper of the whole page, whose class says how the page is laid out."""
    held = weights.running(node)
    return held > _WHOLE * whole or (held > _HALF * whole and node.css_first("h1, main") is not None)


def _code(node: Node, weights: Weights, *, in_article: bool, dated: bool) -> str | None:
    """Say what a part is when it is no article: a finding's code. A page that is not `dated` has no line of a time."""
    attributes, tag = node.attributes, node.tag or ""
    if attributes and _is_hidden(attributes):
        return "hidden-text"
    if tag in _ENDS:
        return _end_of_page(node, tag, in_article=in_article)
    named = _BY_ELEMENT.get(tag) or (_by_attributes(tag, attributes) if attributes else None)
    return named or _by_words(node, tag, weights, dated=dated)


def _is_hidden(attributes: Attributes) -> bool:
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return hidden or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _end_of_page(node: Node, tag: str, *, in_article: bool) -> str | None:
    """Say what a <header> or <footer> is: an article's header holds its title, a quotation's footer its source."""
    if tag == "header":
        return None if in_article else "site-navigation"
    return None if node.parent is not None and node.parent.tag == "blockquote" else "page-footer"


def _by_words(node: Node, tag: str, weights: Weights, *, dated: bool) -> str | None:
    if dated and tag in _BYLINES and _is_byline(node):
        return "byline"
    if tag in _LINKED and weights.mostly_links(node) and not _SENTENCE_END.search(raw_text(node)):
        return "link-list"
    return None


def _is_byline(node: Node) -> bool:
    """Say whether a line holds a point in time and little else."""
    return node.css_first("time") is not None and len(one_line(raw_text(node))) <= _LONGEST_BYLINE


def _by_attributes(tag: str, attributes: Attributes) -> str | None:
    """Say what a part is by its ARIA role, or by its class or id."""
    by_role = _BY_ROLE.get((attributes.get("role") or "").lower())
    if by_role:
        return by_role
    if tag == "table" and "navbox" in (attributes.get("class") or ""):  # how wikis lay out their menus
        return "site-navigation"
    if tag in _NEVER_BY_CLASS:
        return None
    return _by_names(attributes.get("id") or "", attributes.get("class") or "")


@functools.lru_cache(maxsize=4096)
def _by_names(identifier: str, classes: str) -> str | None:
    """Say what the names of a part stand for. An id may be a heading's slug ("menu-planning"): it counts as a whole."""
    named = tuple(_classes(classes))
    whole = _spelt(identifier)
    if " cookie" in whole:
        return "site-banner"
    return next((code for code, words in _BY_CLASS if whole == words or any(words in name for name in named)), None)


def _classes(names: str) -> Iterator[str]:
    """Yield the class names of a part as words, leaving out those that say how a page is laid out: "has-sidebar"."""
    for name in names.split():
        spelt = _spelt(name)
        if not _NAMES_A_LAYOUT.search(spelt):
            yield spelt


def _spelt(name: str) -> str:
    return f" {' '.join(part for part in _PARTS.split(name) if part)} ".lower()


def _children(node: Node) -> Iterator[Node]:
    child = node.child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next


def _main(body: Node, weights: Weights) -> Node:
    """Return the heaviest <article> or <main> when most running text stands in it, else the whole body."""
    for selector in ("article", '[itemprop="articleBody"]', 'main, [role="main"]'):
        found = max(body.css(selector), key=weights.running, default=None)
        if found is not None and weights.running(found) > _MOST_OF_MAIN * weights.running(body):
            return found
    return body


def _outside(root: Node, body: Node) -> Iterator[LeftOut]:
    """Yield what stands beside the elements that lead from the body to the article, from the article outwards."""
    node = root
    while node.mem_id != body.mem_id and node.parent is not None:
        sibling = node.parent.child
        while sibling is not None:
            text = one_line(raw_text(sibling)) if sibling.mem_id != node.mem_id else ""
            if text:
                yield LeftOut("outside-article", text)
            sibling = sibling.next
        node = node.parent
