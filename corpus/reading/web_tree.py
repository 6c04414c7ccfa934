"""HTML to a tree, as browsers build it: selectolax (Lexbor) reads any nesting, never drops text, and is quick.

Measured on 5 MB pages and hostile ones: lxml loses everything nested past 256 levels without an error, html5lib and
html.parser take minutes for some. Lexbor's own weak spots are walked around: its time grows with the square of
the depth and of the attributes of one tag, so that both are counted first.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.article import CorpusError
from corpus.reading.decoding import decoded, recognised
from corpus.words import NAMES_FOLDER

Node = LexborNode

_DEEPEST = 3_000  # levels; real pages stay under 100, and this many take 10 ms
_MOST_ATTRIBUTES = 2_000  # of one tag; real ones stay under 50, and this many take 10 ms
_LONG_TAG = 8_000  # characters; shorter ones need no counting
_TAG = re.compile(r"""<(/?)([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*+)""", re.I)
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]+")
_ANY_TAG = re.compile(r"<[a-z!/][^<>]*>", re.I)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_HEAD = 4_096  # bytes in which a page must declare its encoding; the standard asks for 1,024


@functools.cache
def page_names(table: str) -> dict[str, str]:
    """Return one table of `corpus/names/web_pages.toml`."""
    found: dict[str, dict[str, str]] = tomllib.loads((NAMES_FOLDER / "web_pages.toml").read_text(encoding="utf-8"))
    return found[table]


def page_elements(name: str) -> frozenset[str]:
    """Return the names of the elements of one kind."""
    return frozenset(page_names("elements")[name].split())


_FLAT = page_elements("flat")
_INLINE = page_elements("inline")


def parsed(content: bytes) -> LexborHTMLParser:
    """Return the tree of a page; raise CorpusError for what is no web page, too deep or built to be slow."""
    found = recognised(content)
    if found and found[1] != ".html":
        raise CorpusError(f"is {found[0]} by its first bytes. Save it as a web page.")
    declared = _CHARSET.search(content[:_HEAD])
    text = decoded(content, declared[1].decode("ascii") if declared else "")
    if text.strip() and not _ANY_TAG.search(text):
        raise CorpusError("holds no HTML tag. Rename it to end in .txt or .md.")
    _check(text)
    return LexborHTMLParser(text)


def _check(text: str) -> None:
    depth = 0
    for match in _TAG.finditer(text):
        closing, name, rest = match.groups()
        if len(rest) > _LONG_TAG and len(_BETWEEN_ATTRIBUTES.split(_QUOTED.sub("", rest))) > _MOST_ATTRIBUTES:
            raise CorpusError(
                f"{_line(text, match.start())}: the tag <{name[:20]}> has over {_MOST_ATTRIBUTES:,} attributes. "
                "Save the article anew from a browser."
            )
        if name.lower() in _FLAT or rest.endswith("/"):
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > _DEEPEST:
            raise CorpusError(
                f"{_line(text, match.start())}: tags are nested over {_DEEPEST:,} levels deep. "
                "Close them, or save the article as plain text."
            )


def _line(text: str, at: int) -> str:
    return "line " + str(text.count("\n", 0, at) + 1)


def walk(root: Node, *, into: frozenset[str] | None = None) -> Iterator[tuple[Node, bool]]:
    """Yield every node under `root` and itself on entering (True) and on leaving it (False), without recursion.

    A text is only entered. With `into`, nothing inside elements of these names is visited.
    """
    top = root.mem_id
    node: Node | None = root
    entering = True
    while node is not None:
        yield node, entering
        if entering and not node.is_text_node:
            child = node.child if into is None or (node.tag or "") not in into else None
            node, entering = (node, False) if child is None else (child, True)
            continue
        if node.mem_id == top:
            return
        following = node.next
        node, entering = (node.parent, False) if following is None else (following, True)


def raw_text(node: Node) -> str:
    """Return all text inside a node, white space as it stands there and a space where an element ends a line."""
    return "".join(_words(inner) for inner, _ in walk(node))


def _words(node: Node) -> str:
    if node.is_text_node:
        return node.text_content or ""
    return "" if node.tag in _INLINE else " "
