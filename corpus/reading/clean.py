"""Leave out what is no part of the article: repeated blocks, teasers that break off, lists of related posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.reading.blocks import Block, BlockKind

_RELATED = re.compile(
    r"^(?:related (?:posts?|articles?|reading|pages?)|you (?:may|might) also like|read more|more (?:articles|posts)|"
    r"see also|share this|leave a (?:comment|reply)|comments?)\W*$",
    re.I,
)
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:read more|continue reading)?\s*(?:»|→|>)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A block that was left out, and why: a finding's code."""

    code: str
    text: str


def clean(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Return the blocks that belong to the article, and what was left out, each text once."""
    kept: list[Block] = []
    dropped: dict[tuple[str, str], LeftOut] = {}
    seen: set[Block] = set()
    related = False
    for block in blocks:
        code = _reason(block, related=related, repeated=block in seen)
        related = related or code == "related-posts"
        if code is None:
            kept.append(block)
            seen.add(block)
        else:
            dropped.setdefault((code, block.text), LeftOut(code, block.text))
    return _without_empty_headings(kept), tuple(dropped.values())


def _reason(block: Block, *, related: bool, repeated: bool) -> str | None:
    if block.kind is not BlockKind.CELL and _BREAKS_OFF.search(block.text):
        return "truncated-teaser"
    if _RELATED.match(block.text):
        return "related-posts"
    if related:
        return "after-related-posts"
    return "repeated-text" if repeated and block.kind is not BlockKind.CELL else None


def _without_empty_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Drop trailing headings with nothing under them, such as the page title repeated before a list of posts."""
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind is BlockKind.HEADING:
        end -= 1
    return tuple(blocks[:end])
