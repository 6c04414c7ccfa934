"""Leave out what is no part of the article: repetitions, teasers that break off, related posts, the page on itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from corpus.reading.blocks import Block, BlockKind, LeftOut, without_emblems
from corpus.reading.remarks import remark

_REST, _BAR = "after-related-posts", "share-bar"
_RELATED = re.compile(
    r"^\W*(?:related (?:posts?|articles?|reading|pages?)|you (?:may|might) also like|read more|more (?:articles|posts)|"
    r"see also|share this|leave a (?:comment|reply)|comments?)\W*$",
    re.I,
)
# Of these, what parts an article without ending it: a link in a paragraph, or buttons.
_LINK, _BUTTONS = re.compile(r"^\W*read more\W*$", re.I), re.compile(r"^\W*share this\W*$", re.I)
_SENTENCE_ENDS = (".", "!", "?", ".”", '."')
_LONGEST_BUTTON_WORDS = 8  # or title of another article
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:read more|continue reading)?\s*(?:»|→|>)?\s*$", re.I)


def clean(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return the blocks that belong to the article, and what was left out, each text once."""
    kept: list[Block] = []
    dropped: dict[tuple[str, str], LeftOut] = {}
    seen: set[Block] = set()
    after: str | None = None  # why what follows is left out
    told = False  # whether the article has said anything
    for place, block in enumerate(map(_without_emblems, blocks)):
        heading = block.kind is BlockKind.HEADING
        code = _reason(block, after, told=told, repeated=not heading and block in seen) or remark(block, place)
        after = _after(code, after)
        if code is None:
            kept.append(block)
            told = told or block.kind is BlockKind.CELL or block.text.endswith(_SENTENCE_ENDS)
            seen.update(() if heading else (block,))
        else:
            dropped.setdefault((code, block.text), LeftOut(code, block.text))
    again = set(_repeated_headings(kept))
    for block in (kept[at] for at in sorted(again)):
        dropped.setdefault(("repeated-text", block.text), LeftOut("repeated-text", block.text))
    once = [block for at, block in enumerate(kept) if at not in again]
    return _without_empty_headings(once), tuple(dropped.values())


def _without_emblems(block: Block) -> Block:
    """Take the pictures out of whatever is a heading: also the label of a paragraph and the header of a row."""
    heading = block.kind is BlockKind.HEADING or (block.kind is BlockKind.CELL and block.text == block.row)
    if (
        block.label.isascii()
        and block.row.isascii()
        and block.column.isascii()
        and (not heading or block.text.isascii())
    ):
        return block
    return replace(
        block,
        text=without_emblems(block.text) if heading else block.text,
        label=without_emblems(block.label),
        row=without_emblems(block.row),
        column=without_emblems(block.column),
    )


def _reason(block: Block, after: str | None, *, told: bool, repeated: bool) -> str | None:
    cell = block.kind is BlockKind.CELL  # it may break off, say what another says, or be the topic "Comments"
    if not cell and ("…" in block.text or "..." in block.text) and _BREAKS_OFF.search(block.text):
        return "truncated-teaser"
    if not cell and _RELATED.match(block.text):
        return _BAR if after != _REST and (not told or _is_passing(block)) else "related-posts"
    if after == _REST or (after == _BAR and _is_button(block)):
        return after
    return "repeated-text" if repeated and not cell else None


def _after(code: str | None, before: str | None) -> str | None:
    """Return why what follows a block left out for `code`, or kept, is left out; a bar ends with the first text."""
    if code == "related-posts" or before == _REST:
        return _REST
    return _BAR if code == _BAR or (code and before) else None


def _is_passing(block: Block) -> bool:
    link = _LINK.match(block.text) and block.kind is not BlockKind.HEADING
    return bool(link or _BUTTONS.match(block.text))


def _is_button(block: Block) -> bool:
    """Say whether a block is no more than a name: "Facebook", "Copy link"."""
    named = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and not block.text.endswith(_SENTENCE_ENDS)
    return named and not block.label and len(block.text.split()) <= _LONGEST_BUTTON_WORDS


def _repeated_headings(blocks: Sequence[Block]) -> Iterator[int]:
    """Yield where a heading stands again with nothing new under it: "Recruiter" may stand under every topic."""
    seen: set[Block] = set()
    before: Block | None = None  # the last one that stays
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block in seen and (before == block or not _holds_text(blocks, at)):
            yield at
            continue
        before = block
        if block.kind is BlockKind.HEADING:
            seen.add(block)


def _holds_text(blocks: Sequence[Block], at: int) -> bool:
    """Say whether anything but headings stands under a heading and its sub-headings."""
    for block in islice(blocks, at + 1, None):
        if block.kind is not BlockKind.HEADING:
            return True
        if block.level <= blocks[at].level:
            return False
    return False


def _without_empty_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Drop trailing headings with nothing under them, such as the page title repeated before a list of posts."""
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return tuple(blocks[:end])
