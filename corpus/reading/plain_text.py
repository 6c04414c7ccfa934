"""Read plain text as crawlers save it: a line is a paragraph, and "Budget: sentences ..." opens a topic.

Text that was wrapped at a fixed width is unwrapped first. A letter has a subject instead of a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.reading.blocks import Block, BlockKind, FrontMatter, Page, one_line
from corpus.reading.letter import opened
from corpus.reading.lists import labelled_lists
from corpus.reading.titles import roles_in_title
from corpus.sentences import split_sentences

_LONGEST_LABEL_WORDS = 8
_LONGEST_TITLE_WORDS = 16
_LEVEL = 2  # of a heading, as plain text does not tell
_SEVERAL = 2  # of a kind; one question on a line of its own is a figure of speech
_QUESTION = re.compile(r"(?:Q|Question)\s?\d{0,2}\s?[:.)]\s+")
_ANSWER = re.compile(r"^(?:A|Answer)\s?\d{0,2}(?:\s?\([^()]{2,40}\))?\s?[:.)]\s+")  # "A (Lund): ..." says who answers
_LABEL = re.compile(r"^(?P<label>[^\W\d_](?:[^:.!?…]|\bvs\.){1,80}):\s+(?=[^\W_a-z]|[\"'“‘(])")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_RULE = re.compile(r"\s*[-*_=~–—•·](?:\s*[-*_=~–—•·]){2,}\s*")
_SENTENCE_END = (".", "!", "?", "…", ":", ";", "”", '"')
_WRAPPED_AT = range(40, 101)  # characters; mail and text editors wrap at 60 to 80


def read_plain_text(text: str) -> Page:
    """Return the blocks of a text file. Its first line is taken as the title when it looks like one."""
    letter = opened(text.splitlines())
    lines = ["" if _RULE.fullmatch(line) else line.expandtabs().rstrip() for line in letter.lines]
    lines = [line for line in map(one_line, _unwrapped(lines)) if line]
    blocks = _under_pairs(_with_questions([_block(line) for line in lines]))
    compared = any(roles_in_title(block.text) for block in blocks if block.kind is BlockKind.HEADING)
    title = letter.subject if roles_in_title(letter.subject) or not compared else ""
    if blocks and not title and (blocks[0].kind is BlockKind.HEADING or _asks(lines[0])):
        blocks[0] = Block(BlockKind.HEADING, lines[0], level=1)
    return Page(labelled_lists(blocks), FrontMatter(title=title, date=letter.day), letter.left_out)


def _with_questions(blocks: list[Block]) -> list[Block]:
    """Read short questions on lines of their own as headings, and take "Q:" and "A:" off, if there are several."""
    marked = [block.kind is BlockKind.PARAGRAPH and bool(_QUESTION.match(block.text)) for block in blocks]
    if sum(marked) >= _SEVERAL:
        texts = [_ANSWER.sub("", block.text) or block.text for block in blocks]
        labels = ["" if _ANSWER.match(f"{block.label}: ") else block.label for block in blocks]
        return [
            replace(block, text=text, label=label) if not asked else _heading(_QUESTION.sub("", text))
            for block, text, label, asked in zip(blocks, texts, labels, marked, strict=True)
        ]
    asks = [block.kind is BlockKind.PARAGRAPH and not block.label and _asks(block.text) for block in blocks]
    answered = [here and not after for here, after in pairwise([*asks, True])]
    if sum(answered) < _SEVERAL:
        return blocks
    return [_heading(block.text) if asked else block for block, asked in zip(blocks, answered, strict=True)]


def _under_pairs(blocks: list[Block]) -> list[Block]:
    """Put the headings after "X vs Y" under it where such headings open several parts of the text."""
    opens = [
        at
        for at, (block, after) in enumerate(pairwise(blocks))
        if at and block.kind is after.kind is BlockKind.HEADING and roles_in_title(block.text)
    ]
    if len(opens) < _SEVERAL:
        return blocks
    return [
        replace(block, level=_LEVEL + 1)
        if block.kind is BlockKind.HEADING and at > opens[0] and at not in opens
        else block
        for at, block in enumerate(blocks)
    ]


def _heading(line: str) -> Block:
    return Block(BlockKind.HEADING, line, level=_LEVEL)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Join the lines of each paragraph if the text was wrapped, and those of each list item that hang under it.

    An empty line stands between paragraphs.
    """
    width = max(map(len, lines), default=0)
    full = [_full(line, after, width) for line, after in pairwise(lines)]
    wrapped = width in _WRAPPED_AT and any(full[at] and lines[at + 1].lstrip()[0].islower() for at in range(len(full)))
    joined = list(lines[:1])
    hangs = [_indent(line) if _BULLET.match(line) else None for line in joined]  # how far in the item stands
    for is_full, line in zip(full, lines[1:], strict=True):
        item = hangs[-1] if line and not _BULLET.match(line) else None
        if (wrapped and is_full) or (item is not None and _indent(line) > item):
            joined[-1] += f" {line.lstrip()}"
        else:
            joined.append(line)
            hangs.append(_indent(line) if _BULLET.match(line) else None)
    return joined


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _full(line: str, after: str, width: int) -> bool:
    """Say whether the first word of the next line did not fit on a line any more."""
    if not line or not after or _BULLET.match(after) or (line.endswith(_SENTENCE_END) and _LABEL.match(after.lstrip())):
        return False
    return len(line) + 1 + len(after.split()[0]) > width


def _asks(line: str) -> bool:
    """Say whether a line is one short question, as a title may be."""
    short = len(line.split()) <= _LONGEST_TITLE_WORDS and not _BULLET.match(line)
    return line.endswith("?") and short and len(split_sentences(line)) == 1


def _block(line: str) -> Block:
    bullet = _BULLET.match(line)
    if bullet:
        return Block(BlockKind.ITEM, line[bullet.end() :])
    if not line.endswith(_SENTENCE_END) and len(line.split()) <= _LONGEST_TITLE_WORDS:
        return _heading(line)
    match = _LABEL.match(line)
    if match and len(match["label"].split()) <= _LONGEST_LABEL_WORDS:
        return Block(BlockKind.PARAGRAPH, line[match.end() :], label=match["label"])
    return Block(BlockKind.PARAGRAPH, line)
