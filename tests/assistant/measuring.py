"""Shares with what chance may have done to them, and the statements written by hand for the checks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from corpus.article import Article, Section, Sentence
from corpus.library import Library

CHECKS = Path(__file__).parent.parent / "data" / "claims"
_95_PERCENT = 1.959964


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    found: int
    of: int

    @property
    def value(self) -> float:
        return self.found / self.of if self.of else 0.0

    def interval(self) -> tuple[float, float]:
        """Return the Wilson interval of 95 %."""
        z, n, p = _95_PERCENT, max(self.of, 1), self.value
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.found}/{self.of} = {self.value:.3f} [{low:.3f}, {high:.3f}]"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CHECKS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def share(outcomes: Iterable[bool]) -> Share:
    listed = list(outcomes)
    return Share(sum(listed), len(listed))


def place(library: Library, article_id: str, quote: str) -> tuple[Article, Section, Sentence]:
    """Return the article, section and sentence that have exactly these words."""
    article = library.articles[article_id]
    (found,) = [
        (article, section, sentence)
        for section in article.sections
        for sentence in section.sentences
        if article.quote(sentence.span) == quote
    ][:1]
    return found
