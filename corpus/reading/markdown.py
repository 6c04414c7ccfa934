"""Read Markdown into blocks: headings, paragraphs, list items, table cells; markup, images and raw HTML left out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from corpus.article import CorpusError
from corpus.reading.blocks import (
    Block,
    BlockKind,
    FrontMatter,
    LeftOut,
    Page,
    bold_line,
    labelled,
    one_line,
    table_cells,
)

_TITLE = 1  # the level of the heading that bold lines stand under when there is none
_NO_LIST = 0
_MOST_COLUMNS = 100  # of a table; the parser's time grows with rows times columns, and pads every short row
_BAR = re.compile(r"(?<!\\)\|")
_TASK_BOX = re.compile(r"\[[ xX]\]\s+")
_LINE_BREAK = re.compile(r"<br\b", re.I)
_CODE = re.compile(r"<(script|style)\b", re.I)


def read_markdown(text: str) -> Page:
    """Return the blocks of a Markdown file; raise CorpusError for front matter that is no YAML mapping."""
    _refuse_wide_tables(text)
    tree = SyntaxTreeNode(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(front_matter_plugin).parse(text)
    )
    matter = FrontMatter()
    blocks: list[Block] = []
    level = _TITLE
    for node in tree.children:
        if node.type == "front_matter":
            matter = _front_matter(node.content)
        elif node.type == "paragraph":
            blocks.append(_bold_line(node, level + 1) or _blocks(node, _NO_LIST)[0])
        else:
            level = int(node.tag[1:]) if node.type == "heading" else level
            blocks += _blocks(node, _NO_LIST)
    ragged = tuple(LeftOut("ragged-row", line) for line in _ragged_rows(tree, text.split("\n")))
    return Page(tuple(block for block in blocks if block.text.strip()), matter, ragged)


def _blocks(node: SyntaxTreeNode, depth: int) -> list[Block]:
    """Return the blocks of a part of the text that stands in so many lists."""
    if node.type == "heading":
        return [Block(BlockKind.HEADING, _plain(node), level=int(node.tag[1:]))]
    if node.type == "paragraph":
        text = _plain(node)
        text = _TASK_BOX.sub("", text, count=1) if depth and _TASK_BOX.match(text) else text
        return [Block(BlockKind.ITEM if depth else BlockKind.PARAGRAPH, text, level=depth)]
    if node.type == "table":
        return _cells(node)
    depth += node.type == "list_item"
    blocks = [block for child in node.children for block in _blocks(child, depth)]
    return labelled(blocks) if node.type in ("bullet_list", "ordered_list") else blocks


def _bold_line(paragraph: SyntaxTreeNode, level: int) -> Block | None:
    """Read "**Budget**" as a heading and "**Budget:** ..." as a labelled paragraph."""
    line = [node for part in paragraph.children for node in _readable(part.children)]
    filled = (node for node in line if node.type != "text" or node.content.strip())
    first = next(filled, None)
    if first is None or first.type != "strong":
        return None
    return bold_line(_plain(paragraph), one_line(_words(first)), level)


def _cells(table: SyntaxTreeNode) -> list[Block]:
    rows = [row for part in table.children for row in part.children]
    return list(table_cells([[_plain(cell) for cell in row.children] for row in rows]))


def _refuse_wide_tables(text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count("|") > _MOST_COLUMNS:
            raise CorpusError(f"line {number}: a table has over {_MOST_COLUMNS} columns. Split it.")


def _ragged_rows(tree: SyntaxTreeNode, lines: Sequence[str]) -> Iterator[str]:
    """Yield the rows of tables that have more cells than the header, as the cells past it are not read."""
    for table in (node for node in tree.walk() if node.type == "table"):
        rows = [row for part in table.children for row in part.children]
        width = len(rows[0].children)
        for row in rows[1:]:
            line = lines[row.map[0]] if row.map else ""
            if len(_BAR.split(line.strip().strip("|"))) > width:
                yield one_line(line)


def _plain(node: SyntaxTreeNode) -> str:
    """Return the words of a block on one line, each gap a single space."""
    return one_line(_words(node))


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
