"""Four articles of the test split in other structures: the same questions find the same sentences and roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.bank import Split, load_bank
from corpus.library import Library, load_library

STRUCTURES = Path(__file__).parents[1] / "data" / "structures"
FILES = {
    "faq-paralegal-vs-legal-secretary.md": "paralegal-vs-legal-secretary",
    "by-role-quality-engineer-vs-quality-inspector.md": "quality-engineer-vs-quality-inspector",
    "table-store-manager-vs-district-manager.md": "store-manager-vs-district-manager",
    "prose-librarian-vs-archivist.txt": "librarian-vs-archivist",
}


@pytest.mark.parametrize(("file", "original"), FILES.items())
def test_every_sentence_that_answers_is_found_with_its_roles(
    shipped_library: Library, file: str, original: str
) -> None:
    (read,) = load_library([], [STRUCTURES / file]).articles.values()
    article = shipped_library.articles[original]
    expected = {article.quote(s.span): set(s.roles) for s in article.sentences()}
    found = {read.quote(sentence.span): set(sentence.roles) for sentence in read.sentences()}
    questions = [question for question in load_bank() if question.articles == (original,)]
    quotes = {quote for question in questions for group in question.evidence for quote in group}
    assert {question.split for question in questions} == {Split.TEST}
    assert len(quotes) >= 25
    assert {quote: found.get(quote) for quote in quotes} == {quote: expected[quote] for quote in quotes}


def test_topics_are_read_from_labels_and_rows() -> None:
    by_role, table = (
        next(iter(load_library([], [STRUCTURES / file]).articles.values())) for file in (list(FILES)[1], list(FILES)[2])
    )
    assert "Test Plans" in [section.heading for section in by_role.sections]
    assert "Costs and Spending" in [section.heading for section in table.sections]
