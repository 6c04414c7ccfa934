"""What every format is read into before it becomes an article: a flat list of blocks in reading order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

# What Python calls white space less the spaces that writers choose: non-breaking, narrow, thin, wide ones.
_WHITE = r"\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029"
_GAP = re.compile(rf"[{_WHITE}][ {_WHITE}]*| [ {_WHITE}]+")  # all runs but the one space that most of them are
# Pictures among letters, numbers in circles, and what joins or colours them.
_EMBLEM = re.compile(
    "[0-9#*]?\ufe0f?\u20e3|"
    "[\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]+"
)
_LIST_LABEL = re.compile(r"([^.:;!?]{2,50}):\s+(\S.*)", re.S)
_LIST = 2  # items; one alone with a colon says nothing about a pattern
_LONGEST_HEADING_WORDS = 12  # of a line in bold type that stands for a heading
_NO_HEADING_ENDS_IN = (".", "!", "…", ";", ",")
_LONGEST_LABEL_WORDS = 8


class BlockKind(Enum):
    """What a block is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    CELL = "table cell"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell, as plain text.

    `level` is the level of a heading (1 is the title), or how deep an item is nested (0: not known); `label` is the
    topic word that opens a paragraph ("Budget: ...") and is no part of its sentences; `row` and `column` are the
    headers of a table cell.
    """

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says about itself before its text. Everything may be missing.

    `saved` is when its file was written, which is its date only where nothing says so.
    """

    title: str = ""
    roles: tuple[str, ...] = ()
    summary: str = ""
    date: dt.date | None = None
    source: str | None = None
    disagrees_with: str | None = None
    saved: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of a file that is no part of the article, and why: a finding's code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A file as read: front matter and blocks, not yet cleaned, and what the reader itself left out."""

    blocks: tuple[Block, ...]
    front_matter: FrontMatter = FrontMatter()
    left_out: tuple[LeftOut, ...] = ()


def one_line(text: str) -> str:
    """Return text without line breaks, runs of plain white space as one space; other spaces stay as written."""
    return _GAP.sub(" ", text).strip()


def without_emblems(heading: str) -> str:
    """Return a heading without the pictures that decorate it; one of nothing else stays as it is."""
    return heading if heading.isascii() else one_line(_EMBLEM.sub(" ", heading)) or heading


def table_cells(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Yield the filled cells under the first row with their headers; a topic may stand once for several rows.

    The first cell of a row is its own row header: it may be a topic or a side.
    """
    header, *body = rows
    topic = ""
    for row in body:
        topic = row[0] or topic
        for column, text in zip(header, row, strict=False):
            if text:
                yield Block(BlockKind.CELL, text, row=topic, column=column)


def labelled(items: list[Block]) -> list[Block]:
    """Take "Budget: ..." at the start of every item of a list for its topic."""
    found = [_LIST_LABEL.match(item.text) for item in items]
    if len(items) < _LIST or not all(found):
        return items
    return [replace(item, label=match[1], text=match[2]) for item, match in zip(items, found, strict=True) if match]


def bold_line(text: str, bold: str, level: int) -> Block | None:
    """Read a paragraph that is bold throughout as a heading, and one that opens in bold ("Budget: ...") as labelled.

    `text` is the paragraph, `bold` what stands in bold type at its start, `level` that of the heading it would be.
    """
    if text != bold:
        return run_in(text, bold)
    name = bold.rstrip(" :")
    fits = len(bold.split()) <= _LONGEST_HEADING_WORDS and not bold.endswith(_NO_HEADING_ENDS_IN)
    return Block(BlockKind.HEADING, name, level=level) if fits and name else None


def run_in(text: str, bold: str) -> Block | None:
    """Read a paragraph that opens with its topic in bold type, as in "Budget: ...", as labelled; None without one."""
    name, rest = bold.rstrip(" :"), text.removeprefix(bold).lstrip()
    opens = text.startswith(bold) and (bold.endswith(":") or rest.startswith(":"))
    short = name and len(name.split()) <= _LONGEST_LABEL_WORDS and not any(end in name for end in ".!?;")
    rest = rest.removeprefix(":").lstrip()
    return Block(BlockKind.PARAGRAPH, rest, label=name) if opens and short and rest else None
