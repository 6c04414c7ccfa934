"""Readers that take more than they may, run in the process that reads Word and PDF files."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from corpus.reading.blocks import Block, BlockKind, FrontMatter, Page

LIMITS = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE")
READERS = {name: f"tests.corpus.reading.greedy:{name}" for name in ("tell", "write", "spin", "grow")}


def tell(_content: bytes) -> Page:
    """Say which limits hold."""
    held = {name: resource.getrlimit(getattr(resource, name)) for name in LIMITS}
    return Page((Block(BlockKind.PARAGRAPH, json.dumps(held)),), FrontMatter(), ())


def write(content: bytes) -> Page:
    """Write a file of 21 MB to the path in the content."""
    with Path(content.decode()).open("wb") as file:
        for _ in range(21):
            file.write(b"x" * 1_000_000)
    return Page((), FrontMatter(), ())


def spin(_content: bytes) -> Page:
    """Never end."""
    while True:
        pass


def grow(_content: bytes) -> Page:
    """Ask for a gigabyte."""
    return Page((Block(BlockKind.PARAGRAPH, str(len(bytearray(1_000_000_000)))),), FrontMatter(), ())
