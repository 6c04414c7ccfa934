"""One chunk for each sentence, with the heading and roles that give it its meaning."""

from __future__ import annotations

from corpus.article import Article, Section, Sentence, Span
from corpus.chunks import chunks_of


def article(first: str, second: str = "The Cook cooks.") -> Article:
    text = f"{first} {second}"
    sections = (
        Section("", None, (Sentence(1, Span(0, len(first)), ("Chef", "Cook")),)),
        Section("Work", "daily work", (Sentence(2, Span(len(first) + 1, len(text)), ("Cook",)),)),
    )
    return Article("chef-vs-cook", "Chef vs Cook", text, ("Chef", "Cook"), sections)


def test_every_sentence_becomes_one_chunk_in_reading_order() -> None:
    chunks = list(chunks_of(article("Both eat.")))
    assert [(chunk.id, chunk.article_id, chunk.section, chunk.sentence) for chunk in chunks] == [
        ("chef-vs-cook#s1", "chef-vs-cook", 0, 1),
        ("chef-vs-cook#s2", "chef-vs-cook", 1, 2),
    ]


def test_a_chunk_is_searched_with_its_heading_and_roles() -> None:
    assert [chunk.text for chunk in chunks_of(article("Both eat."))] == [
        "Chef and Cook: Both eat.",
        "Work | Cook: The Cook cooks.",
    ]


def test_a_chunk_of_a_very_long_sentence_is_bounded() -> None:
    (long, _) = chunks_of(article("word " * 999 + "end."))
    assert len(long.text.split()) < 170
