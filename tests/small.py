"""A small library and a small encoder: real parts, quick enough to be made for every test."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.chat import Assistant
from corpus.library import Library, load_library
from corpus.words import forms
from index.build import build_index
from index.hits import Encoder, Ranker, Vectors
from index.search import Searcher

OPERATIONS = "operations-manager-vs-production-manager"
OFFICE = "office-manager-vs-executive-assistant"
KITCHEN = "head-chef-vs-sous-chef"

PAGES = {
    OPERATIONS: """---
title: "Operations Manager vs Production Manager"
roles: [Operations Manager, Production Manager]
---

Two titles that are often mixed up.

## Budget

Both roles look after a budget. The Operations Manager holds the larger budget, which spans several departments.
The Production Manager handles money for production only.

## Team

The Operations Manager leads several teams across the company. The Production Manager leads one crew of machinists.

## Technology

The Operations Manager chooses the software for every department.

## Career

The Operations Manager may rise to the board. The Production Manager may take over a whole plant.
""",
    OFFICE: """---
title: "Office Manager vs Executive Assistant"
roles: [Office Manager, Executive Assistant]
---

## Budget

The Office Manager pays for supplies and furniture. The Executive Assistant books travel within a fixed sum.

## Reporting Line

The Office Manager answers to the administration. The Executive Assistant answers to one director.
""",
    KITCHEN: """---
title: "Head Chef vs Sous Chef"
roles: [Head Chef, Sous Chef]
---

## Menu

The Head Chef writes the menu each season. The Sous Chef turns it into recipes with weights and times.

## Team

The Head Chef hires the brigade. The Sous Chef trains the young cooks at their stations.

## Suppliers

The Head Chef bargains with fishmongers and growers. The Sous Chef counts what the suppliers deliver.
""",
}


class WordEncoder:
    """An encoder without a model: texts that share words are near each other. It notes what it was given."""

    dimension = 512

    def __init__(self, name: str = "words-1") -> None:
        self._name = name
        self.encoded: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> Vectors:
        self.encoded += texts
        rows = np.full((len(texts), self.dimension), 1e-4, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in forms(text):
                if len(word) > 3:  # little words carry no meaning
                    row[zlib.crc32(word.encode()) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def write_pages(folder: Path, pages: Mapping[str, str] = PAGES) -> Path:
    """Write articles into a folder, made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    return folder


def library_of(folder: Path, pages: Mapping[str, str] = PAGES) -> Library:
    """Write articles and read them."""
    return load_library([write_pages(folder, pages)])


def assistant_of(
    library: Library, root: Path, encoder: Encoder | None = None, ranker: Ranker | None = None
) -> Assistant:
    """Build an index under `root`, open it and hand back an assistant that uses it."""
    encoder = encoder or WordEncoder()
    return Assistant(library, Searcher.open(build_index(root, library, encoder).folder, encoder), ranker=ranker)
