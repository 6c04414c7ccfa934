"""What lists have in common in formats that do not say where one begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from corpus.reading.blocks import Block, BlockKind, labelled

_BULLET = re.compile(r"(?:[-*•‣▪◦·–—\uf0b7\uf0a7]|o(?=\s+[A-Z])|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")


def bullet(line: str) -> int:
    """Return how many characters of a line are the mark of a list item that was typed or drawn; 0 when it has none."""
    match = _BULLET.match(line)
    return match.end() if match else 0


def labelled_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Take "Budget: ..." for the topic of an item where every item of a list opens so."""
    runs = groupby(blocks, key=lambda block: block.kind is BlockKind.ITEM)
    return tuple(block for is_list, run in runs for block in (labelled(list(run)) if is_list else run))
