"""What lists of every format have in common: items that open with their topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.reading.blocks import Block, BlockKind

# What Python calls white space less the spaces that writers choose: non-breaking, narrow, thin, wide ones.
_GAP = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_LABEL = re.compile(r"([^.:;!?]{2,50}):\s+(\S.*)", re.S)
_BULLET = re.compile(r"(?:[-*•‣▪◦·–—\uf0b7\uf0a7]|o(?=\s+[A-Z])|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_LONGEST_LABEL_WORDS = 8
_LIST = 2  # items; one alone with a colon says nothing about a pattern


def one_line(text: str) -> str:
    """Return text without line breaks, runs of plain white space as one space; other spaces stay as written."""
    return _GAP.sub(" ", text).strip()


def bullet(line: str) -> int:
    """Return how many characters of a line are the mark of a list item that was typed or drawn; 0 when it has none."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def run_in(text: str, bold: str) -> tuple[str, str] | None:
    """Return the topic that opens a paragraph in bold type, as in "Budget: ...", and what follows; None without one."""
    name, rest = bold.rstrip(" :"), text.removeprefix(bold).lstrip()
    opens = bool(name) and text.startswith(bold) and (bold.rstrip().endswith(":") or rest.startswith(":"))
    short = len(name.split()) <= _LONGEST_LABEL_WORDS and not any(end in name for end in ".!?;:")
    rest = rest.removeprefix(":").lstrip()
    return (name, rest) if opens and short and rest else None


def labelled(items: list[Block]) -> list[Block]:
    """Take "Budget: ..." at the start of every item of a list for its topic."""
    found = [_LABEL.match(item.text) for item in items]
    if len(items) < _LIST or not all(found):
        return items
    return [
        replace(item, label=match.group(1), text=match.group(2))
        for item, match in zip(items, found, strict=True)
        if match
    ]


def labelled_lists(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Do the same for the blocks of a format that does not say where a list begins and ends."""
    runs = groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM)
    return tuple(block for is_list, run in runs for block in (labelled(list(run)) if is_list else run))
