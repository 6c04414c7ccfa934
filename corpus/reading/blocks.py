"""What every format is read into before it becomes an article: a flat list of blocks in reading order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class BlockKind(Enum):
    """What a block is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    CELL = "table cell"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell, as plain text.

    `level` is the level of a heading (1 is the title); `label` is the topic word that opens a paragraph
    ("Budget: ...") and is no part of its sentences; `row` and `column` are the headers of a table cell.
    """

    kind: BlockKind
    text: str
    level: int = 0
    label: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What an article says about itself before its text. Everything may be missing."""

    title: str = ""
    roles: tuple[str, ...] = ()
    summary: str = ""
    date: dt.date | None = None
    source: str | None = None
    disagrees_with: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text that was left out, and why: a finding's code."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A file as read: front matter, blocks not yet cleaned, and what its reader left out as no part of the text."""

    blocks: tuple[Block, ...]
    front_matter: FrontMatter = FrontMatter()
    left_out: tuple[LeftOut, ...] = ()
