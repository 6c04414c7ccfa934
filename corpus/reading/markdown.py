"""Read Markdown into blocks: headings, paragraphs, list items, table cells; markup, images and raw HTML left out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from corpus.article import CorpusError
from corpus.reading.blocks import Block, BlockKind, FrontMatter, Page

_LABEL = re.compile(r"([^.:;!?]{2,50}):\s+(\S.*)", re.S)
_LIST = 2  # items; one alone with a colon says nothing about a pattern


def read_markdown(text: str) -> Page:
    """Return the blocks of a Markdown file; raise CorpusError for front matter that is no YAML mapping."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").use(front_matter_plugin).parse(text))
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
        return [Block(kind, _plain(node))]
    if node.type == "table":
        return _cells(node)
    inside = BlockKind.ITEM if node.type == "list_item" else kind
    blocks = [block for child in node.children for block in _blocks(child, inside)]
    return _labelled(blocks) if node.type in ("bullet_list", "ordered_list") else blocks


def _labelled(items: list[Block]) -> list[Block]:
    """Take "Budget: ..." at the start of every item of a list for its topic."""
    found = [_LABEL.match(item.text) for item in items]
    if len(items) < _LIST or not all(found):
        return items
    return [
        replace(item, label=match.group(1), text=match.group(2))
        for item, match in zip(items, found, strict=True)
        if match
    ]


def _cells(table: SyntaxTreeNode) -> list[Block]:
    rows = [[_plain(cell) for cell in row.children] for part in table.children for row in part.children]
    header, body = rows[0], rows[1:]
    return [
        Block(BlockKind.CELL, text, row=row[0], column=column)
        for row in body
        for column, text in zip(header[1:], row[1:], strict=False)
    ]


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.type in ("image", "html_inline"):
        return ""
    return "".join(_plain(child) for child in node.children)


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
        title=str(fields.get("title") or ""),
        roles=tuple(str(role) for role in (roles if isinstance(roles, list) else [roles])),
        summary=str(fields.get("summary") or ""),
        date=_date(fields.get("date")),
        source=_text(fields, "source"),
        disagrees_with=_text(fields, "disagrees_with"),
    )


def _text(fields: dict[str, Any], name: str) -> str | None:
    return str(fields[name]) if fields.get(name) else None


def _date(value: object) -> dt.date | None:
    if value is None or isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    raise CorpusError(f"front matter has the date {value!r}. Write it as 2026-11-23.")
