"""What lists of every format have in common: items that open with their topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.reading.blocks import Block, BlockKind

_LABEL = re.compile(r"([^.:;!?]{2,50}):\s+(\S.*)", re.S)
_LIST = 2  # items; one alone with a colon says nothing about a pattern


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
