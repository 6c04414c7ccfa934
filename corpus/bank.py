"""The question bank: questions with the sentences that answer them, to train and to judge with.

One JSON Lines file for each article, named as the article, and `general.jsonl` for questions of no article.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.article import CorpusError

SHIPPED_QUESTIONS = Path(__file__).parent / "questions"


class Split(StrEnum):
    """What a question may be used for. Splits are by article: no question of a test article is ever trained on."""

    TRAIN = "train"
    DEVELOPMENT = "development"
    TEST = "test"


class Kind(StrEnum):
    """How a question is put, or why it has no answer."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"  # shares no content word with heading or sentence
    ONE_ROLE = "one_role"
    NOISY = "noisy"
    YESNO = "yesno"
    HIERARCHY = "hierarchy"
    MULTI = "multi"  # two topics in one question
    FOLLOWUP = "followup"
    DISAGREEMENT = "disagreement"  # on a point that two articles of the same pair see differently
    FALSE_PREMISE = "false_premise"  # a sentence contradicts what the question takes for granted
    UNANSWERABLE = "unanswerable"  # on the subject of the article, and not answered there
    GENERAL = "general"  # about nothing that any article treats


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank. `turns` are the user's messages, oldest first; the last one is the question.

    `evidence` holds one group for each side and topic that a full answer needs; a group lists the sentences, as exact
    quotes, each of which answers that part by itself. A question of kind FALSE_PREMISE has one group, whose sentences
    each contradict it. Without evidence the articles named do not answer.
    """

    id: str
    kind: Kind
    turns: tuple[str, ...]
    articles: tuple[str, ...]
    evidence: tuple[tuple[str, ...], ...]
    roles: tuple[str, ...]
    split: Split

    def __post_init__(self) -> None:
        if not self.turns or not all(self.turns):
            raise ValueError(f"{self.id}: a question needs words.")
        if not all(self.evidence):
            raise ValueError(f"{self.id}: a group of evidence needs a sentence.")

    @property
    def answerable(self) -> bool:
        """Whether the articles answer it."""
        return bool(self.evidence)


def load_bank(folder: Path = SHIPPED_QUESTIONS) -> tuple[BankQuestion, ...]:
    """Read every question under `folder`, file by file; raise CorpusError naming file and line of a broken row."""
    return tuple(question for path in sorted(folder.glob("*.jsonl")) for question in _read(path))


def _read(path: Path) -> Iterator[BankQuestion]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield _question(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}, line {number}: this is no question of the bank ({error}).") from error


def _question(row: dict[str, Any]) -> BankQuestion:
    return BankQuestion(
        id=row["id"],
        kind=Kind(row["kind"]),
        turns=tuple(row["turns"]),
        articles=tuple(row["articles"]),
        evidence=tuple(tuple(group) for group in row["evidence"]),
        roles=tuple(row["roles"]),
        split=Split(row["split"]),
    )
