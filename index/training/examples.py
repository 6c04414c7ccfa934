"""What is trained on: questions of training articles, and every sentence of those articles as it is indexed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bank import BankQuestion, Split
from corpus.chunks import chunks_of
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a training article: its exact words, and the form in which it is indexed.

    `bare` is that form without the heading, since articles without headings must be read as well.
    """

    article_id: str
    quote: str
    text: str
    bare: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question of one message. `groups` are the passages (by their place) that answer each part of it.

    Without groups, its article does not answer it; without an article, no article does.
    """

    text: str
    article_id: str | None
    groups: tuple[tuple[int, ...], ...]

    @property
    def positives(self) -> frozenset[int]:
        """The passages that answer some part."""
        return frozenset(place for group in self.groups for place in group)


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Passages, the places of each article's passages, and the examples over them."""

    passages: tuple[Passage, ...]
    places: dict[str, tuple[int, ...]]
    examples: tuple[Example, ...]


def training_set(library: Library, bank: Sequence[BankQuestion]) -> TrainingSet:
    """Return everything that may be trained on: of other splits nothing, of dialogues nothing either.

    Raise ValueError when an article of a training question is also one of a test or development question.
    """
    rows = [row for row in bank if row.split is Split.TRAIN]
    articles = sorted({article for row in rows for article in row.articles})
    kept_apart = {article for row in bank if row.split is not Split.TRAIN for article in row.articles}
    if shared := kept_apart & set(articles):
        raise ValueError(f"Articles of two splits: {', '.join(sorted(shared))}. Give all their questions one split.")
    passages = [passage for article in articles for passage in _passages(library, article)]
    places: defaultdict[str, list[int]] = defaultdict(list)
    quoted: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, passage in enumerate(passages):
        places[passage.article_id].append(place)
        quoted[passage.article_id, passage.quote].append(place)
    examples = [
        Example(row.turns[0], row.articles[0] if row.articles else None, _groups(row, quoted))
        for row in rows
        if len(row.turns) == 1
    ]
    return TrainingSet(tuple(passages), {name: tuple(own) for name, own in places.items()}, tuple(examples))


def _passages(library: Library, article_id: str) -> list[Passage]:
    article = library.articles[article_id]
    sentences = [(section, sentence) for section in article.sections for sentence in section.sentences]
    return [
        Passage(article_id, article.quote(sentence.span), chunk.text, chunk.text.removeprefix(f"{section.heading} | "))
        for chunk, (section, sentence) in zip(chunks_of(article), sentences, strict=True)
    ]


def _groups(row: BankQuestion, quoted: dict[tuple[str, str], list[int]]) -> tuple[tuple[int, ...], ...]:
    found = [
        tuple(place for article in row.articles for quote in group for place in quoted.get((article, quote), ()))
        for group in row.evidence
    ]
    return tuple(group for group in found if group)
