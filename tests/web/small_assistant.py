"""A small, real implementation of what the web side asks for: real articles, answers put together by hand."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from assistant.answer import Answer, Citation, Claim, Comparison, Outcome, Reason, Row, Verdict
from corpus.article import Article, Section, Sentence
from corpus.library import SHIPPED_ARTICLES, Library, load_library

PATIENCE = 20  # seconds that a held answer waits for its release, should a test forget it
PAIR = "operations-manager-vs-production-manager"


def two_articles(folder: Path) -> Library:
    """Return a library of two shipped articles."""
    for name in (PAIR, "head-chef-vs-sous-chef"):
        text = (SHIPPED_ARTICLES / f"{name}.md").read_text(encoding="utf-8")
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return load_library([folder])


class SmallAssistant:
    """Answers about the budget and the people of one pair, compares it, and knows nothing else."""

    generation = "generation-0001"

    def __init__(self, library: Library) -> None:
        self.library = library
        self.go_on = Event()  # while it is cleared, questions with the word "slowly" wait
        self.go_on.set()

    def answer(self, turns: Sequence[str]) -> Answer:
        """Answer the last turn."""
        question = turns[-1]
        words = " ".join(turns).lower()
        if "explode" in question:
            raise RuntimeError(f"Cannot think about {question}")
        if "slowly" in question:
            self.go_on.wait(PATIENCE)
        if "compose" in question.lower():
            return self._composed(question)
        if "compare" in question.lower():
            return self._compared(question)
        if "team" in question.lower():
            standalone = question if "manager" in words else "How big are the teams?"
            about = f"{standalone} (after {len(turns) - 1} earlier)"
            return self._answered(question, about, "people and team")
        if "budget" in words:
            return self._answered(question, question, "budget and money")
        message = "The articles do not answer this."
        return Answer(
            secrets.token_urlsafe(16), question, question, Outcome.NOT_COVERED, Reason.OFF_TOPIC, (), 0.1, message,
            suggestions=("Who has the bigger budget?", "Compare Operations Manager and Production Manager"),
        )  # fmt: skip

    def _article(self) -> Article:
        return self.library.articles[PAIR]

    def _answered(self, question: str, standalone: str, topic: str) -> Answer:
        section = next(section for section in self._article().sections if section.topic == topic)
        claims = tuple(self._claim(section, role) for role in self._article().roles)
        return Answer(
            secrets.token_urlsafe(16), question, standalone, Outcome.ANSWERED, None, claims, 0.9,
            suggestions=("And their teams?", "Compare Operations Manager and Production Manager"),
        )  # fmt: skip

    def _compared(self, question: str) -> Answer:
        claims: list[Claim] = []
        rows = []
        for section in self._article().sections:
            cells: list[int | None] = []
            for role in self._article().roles:
                own = [sentence for sentence in section.sentences if sentence.roles == (role,)]
                cells.append(len(claims) if own else None)
                claims += [self._claim(section, role)] if own else []
            if any(cell is not None for cell in cells):
                rows.append(Row(section.heading or "In short", tuple(cells)))
        comparison = Comparison(self._article().roles, tuple(rows))
        return Answer(
            secrets.token_urlsafe(16),
            question,
            question,
            Outcome.ANSWERED,
            None,
            tuple(claims),
            0.9,
            comparison=comparison,
        )

    def _composed(self, question: str) -> Answer:
        """Compare, each claim from an article of another name; none of them leads anywhere."""
        answer = self._compared(question)
        articles = [
            replace(self._article(), id=f"a-{n}", title=f"Other Article {n}") for n, _ in enumerate(answer.claims)
        ]
        claims = [
            replace(claim, citations=tuple(replace(one, article=article) for one in claim.citations))
            for claim, article in zip(answer.claims, articles, strict=True)
        ]
        return replace(answer, claims=tuple(claims), reason=Reason.PAIR_NOT_COMPARED)

    def _claim(self, section: Section, role: str) -> Claim:
        sentence: Sentence = next(sentence for sentence in section.sentences if sentence.roles == (role,))
        citation = Citation(self._article(), section, sentence)
        return Claim(citation.quote, (role,), section.topic, Verdict.SUPPORTED, (citation,))
