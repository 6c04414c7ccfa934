"""Which questions are asked, and of which library each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import CorpusError
from corpus.bank import BankQuestion, Kind, Split


class LibraryChoice(StrEnum):
    """The articles that a question is asked of."""

    SPLIT = "split"  # those of its split alone: nothing was trained or tuned on them
    WHOLE = "whole"  # all articles: the right one must be found among many
    EACH = "each"  # its own; questions of no article are asked of the split


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked: a split of the bank, of it these articles and kinds (none named: all), of which library."""

    split: Split
    articles: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    library: LibraryChoice = LibraryChoice.SPLIT

    def questions(self, bank: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
        """Return the questions chosen; raise CorpusError when an article is none of the split, or nothing is left."""
        of_split = split_articles(bank, self.split)
        strangers = [name for name in self.articles if name not in of_split]
        if strangers:
            raise CorpusError(f"The split {self.split} has no article {strangers[0]!r}. It has: {', '.join(of_split)}.")
        chosen = tuple(question for question in bank if self._takes(question))
        if not chosen:
            raise CorpusError(f"No question of the split {self.split} fits. Name fewer articles and kinds, or others.")
        return chosen

    def _takes(self, question: BankQuestion) -> bool:
        return (
            question.split is self.split
            and (not self.kinds or question.kind in self.kinds)
            and (not self.articles or any(name in self.articles for name in question.articles))
        )


@dataclass(frozen=True, slots=True)
class Round:
    """Questions that are asked of one library, given by the ids of its articles."""

    articles: tuple[str, ...]
    questions: tuple[BankQuestion, ...]


def split_articles(bank: Sequence[BankQuestion], split: Split) -> tuple[str, ...]:
    """Return the ids of the articles whose questions belong to a split, in alphabetical order."""
    return tuple(sorted({name for question in bank if question.split is split for name in question.articles}))


def rounds(choice: Choice, bank: Sequence[BankQuestion], present: Sequence[str]) -> tuple[Round, ...]:
    """Group the questions chosen by the library that each is asked of; `present` are the ids of all articles.

    Raise CorpusError when an article that is asked about is not there.
    """
    questions = choice.questions(bank)
    of_split = split_articles(bank, choice.split)
    everything = tuple(sorted(present))
    grouped: dict[tuple[str, ...], list[BankQuestion]] = {}
    for question in questions:
        libraries: Mapping[LibraryChoice, tuple[str, ...]] = {
            LibraryChoice.SPLIT: of_split,
            LibraryChoice.WHOLE: everything,
            LibraryChoice.EACH: tuple(sorted(question.articles)) or of_split,
        }
        grouped.setdefault(libraries[choice.library], []).append(question)
    missing = {name for articles in grouped for name in articles} - set(present)
    if missing:
        raise CorpusError(
            f"There is no article {min(missing)!r}, which questions are about. "
            "Unset ROLEWISE_ARTICLES, or give --questions a folder of questions about your own articles."
        )
    return tuple(Round(articles, tuple(asked)) for articles, asked in grouped.items())
