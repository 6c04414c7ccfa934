"""Pieces of an answer, cut from the three short articles by a few of their words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Citation, Claim, Evidence, Outcome, Verdict
from corpus.article import Article, Section, Sentence, Span
from corpus.library import Library

BUDGET = "holds the larger budget"
BOTH = "Both roles look after a budget"
MONEY = "handles money for production only"
TEAMS = "leads several teams"
CREW = "leads one crew"
SOFTWARE = "chooses the software"


def evidence(library: Library, words: str, score: float = 0.9) -> Evidence:
    """Return the one sentence that has these words."""
    (found,) = [
        Evidence(article, section, sentence, score)
        for article in library.articles.values()
        for section in article.sections
        for sentence in section.sentences
        if words in article.quote(sentence.span)
    ]
    return found


def citation(library: Library, words: str) -> Citation:
    """Return a citation of the one sentence that has these words."""
    found = evidence(library, words)
    return Citation(found.article, found.section, found.sentence)


def claim(library: Library, words: str, **changed: Any) -> Claim:
    """Return a claim that says what its sentence says, except for what is `changed`."""
    cited = citation(library, words)
    made = Claim(cited.quote, cited.sentence.roles, cited.section.topic, Verdict.SUPPORTED, (cited,))
    return replace(made, **changed)


def answer(*claims: Claim, **changed: Any) -> Answer:
    """Return an answer that makes these claims, except for what is `changed`."""
    outcome = Outcome.ANSWERED if claims else Outcome.NOT_COVERED
    return replace(Answer("7", "Who?", "Who?", outcome, None, claims, 0.5), **changed)


def article_saying(text: str) -> Article:
    """Return an article of one sentence, whatever it says."""
    sentence = Sentence(1, Span(0, len(text)), ("Baker",))
    return Article("a", "A vs B", text, ("Baker",), (Section("Bread", None, (sentence,)),))
