"""Read plain text as crawlers save it: a line is a paragraph, and "Budget: sentences ..." opens a topic."""

from __future__ import annotations

import re

from corpus.reading.blocks import Block, BlockKind, Page

_LONGEST_LABEL_WORDS = 8
_LONGEST_TITLE_WORDS = 16
_LABEL = re.compile(r"^(?P<label>[^\W\d_](?:[^:.!?…]|\bvs\.){1,80}):\s+(?=[^\W_a-z]|[\"'“‘(])")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "”", '"')


def read_plain_text(text: str) -> Page:
    """Return the blocks of a text file. Its first line is taken as the title when it looks like one."""
    blocks = [_block(line.strip()) for line in text.splitlines() if line.strip()]
    if blocks and blocks[0].kind is BlockKind.HEADING:
        blocks[0] = Block(BlockKind.HEADING, blocks[0].text, level=1)
    return Page(tuple(blocks))


def _block(line: str) -> Block:
    bullet = _BULLET.match(line)
    if bullet:
        return Block(BlockKind.ITEM, line[bullet.end() :])
    if not line.endswith(_SENTENCE_END) and len(line.split()) <= _LONGEST_TITLE_WORDS:
        return Block(BlockKind.HEADING, line, level=2)
    match = _LABEL.match(line)
    if match and len(match["label"].split()) <= _LONGEST_LABEL_WORDS:
        return Block(BlockKind.PARAGRAPH, line[match.end() :], label=match["label"])
    return Block(BlockKind.PARAGRAPH, line)
