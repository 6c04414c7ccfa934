"""Read Markdown into blocks: headings, paragraphs, list items, table cells; markup, images and raw HTML left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind, FrontMatter, Page
from corpus.reading.lists import labelled

_TASK_BOX = re.compile(r"\[[ xX]\]\s+")
_LINE_BREAK = re.compile(r"<br\b", re.I)
_CODE = re.compile(r"<(script|style)\b", re.I)


def read_markdown(text: str) -> Page:
    """Return the blocks of a Markdown file; raise CorpusError for front matter that is no YAML mapping."""
    tree = SyntaxTreeNode(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin).parse(text)
    )
    matter = FrontMatter()
    blocks: list[Block] = []
    for node in tree.children:
        if node.type == "front_matter":
            matter = _front_matter(node.content)
        else:
            blocks += _blocks(node, BlockKind.PARAGRAPH)
    return Page(tuple(block for block in blocks if block.text.strip()), matter)


def _blocks(node: SyntaxTreeNode, kind: BlockKind) -> list[Block]:
    if node.type == "heading":
        return [Block(BlockKind.HEADING, _plain(node), level=int(node.tag[1:]))]
    if node.type == "paragraph":
        text = _plain(node)
        return [Block(kind, _TASK_BOX.sub("", text, count=1) if _TASK_BOX.match(text) else text)]
    if node.type == "table":
        return _cells(node)
    inside = BlockKind.ITEM if node.type == "list_item" else kind
    blocks = [block for child in node.children for block in _blocks(child, inside)]
    return labelled(blocks) if node.type in ("bullet_list", "ordered_list") else blocks


def _cells(table: SyntaxTreeNode) -> list[Block]:
    """Return every cell with its headers. The first one of a row is its own row header: it may be a topic or a side."""
    rows = [[_plain(cell) for cell in row.children] for part in table.children for row in part.children]
    header, body = rows[0], rows[1:]
    return [
        Block(BlockKind.CELL, text, row=row[0], column=column)
        for row in body
        for column, text in zip(header, row, strict=False)
    ]


def _plain(node: SyntaxTreeNode) -> str:
    """Return the words of a block on one line, each gap a single space."""
    return " ".join(_words(node).split())


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak") or (node.type == "html_inline" and _LINE_BREAK.match(node.content)):
        return " "
    if node.type in ("image", "html_inline", "s"):  # what is struck through, its author has withdrawn
        return ""
    return "".join(_words(child) for child in _readable(node.children))


def _readable(nodes: Iterable[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """Yield the parts of a line that are for people: not what stands in a script or a style."""
    end = ""
    for node in nodes:
        opening = _CODE.match(node.content) if node.type == "html_inline" else None
        if end:
            end = "" if node.type == "html_inline" and node.content.lower().startswith(end) else end
        elif opening:
            end = f"</{opening[1].lower()}"
        else:
            yield node


def _front_matter(source: str) -> FrontMatter:
    try:
        fields: Any = yaml.safe_load(source) or {}
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError) as error:  # a bad date or tag raises its own
        problem = " ".join(str(error).split())
        raise CorpusError(
            f"front matter is not valid YAML ({problem}). Mend it or remove the lines between ---."
        ) from error
    if not isinstance(fields, dict):
        raise CorpusError("front matter is not a list of `name: value` lines. Mend it or remove the lines between ---.")
    roles = fields.get("roles") or []
    return FrontMatter(
        title=" ".join(str(fields.get("title") or "").split()),
        roles=tuple(" ".join(str(role).split()) for role in (roles if isinstance(roles, list) else [roles])),
        summary=str(fields.get("summary") or ""),
        date=_date(fields.get("date")),
        source=str(fields["source"]) if fields.get("source") else None,
        disagrees_with=_article_id(fields.get("disagrees_with")),
    )


def _article_id(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise CorpusError(f"front matter says disagrees_with: {value!r}. Write the id of one article, or leave it out.")


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value)).date()
    except ValueError as error:
        raise CorpusError(f"front matter has the date {value!r}. Write it as 2026-11-23.") from error
