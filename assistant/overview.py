"""Answers that need no search: every topic of a comparison as a table, and what a role does."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Claim, Comparison, Evidence, Row
from assistant.claims import supported
from assistant.writer import Writer
from corpus.article import Article, Section, Sentence
from corpus.catalogue import SUMMARY
from corpus.library import Library

_DESCRIBED_TOPICS = 2  # what the job is about, short enough to read; more is one question away


def compare(article: Article, roles: Sequence[str], writer: Writer) -> tuple[tuple[Claim, ...], Comparison]:
    """Return a claim for each topic and role, and the table of them; a cell that nothing is said about is None."""
    claims: list[Claim] = []
    rows: list[Row] = []
    for section in _topics(article):
        cells: list[int | None] = []
        for role in roles:
            sentence = sentence_about(article, section, role)
            drafted = writer.write([Evidence(article, section, sentence, 1.0)], [role]) if sentence else ()
            kept = supported(drafted)
            cells.append(len(claims) if kept else None)
            claims += kept
        if any(cell is not None for cell in cells):
            rows.append(Row(section.heading, tuple(cells)))
    return tuple(claims), Comparison(tuple(roles), tuple(rows))


def compose(library: Library, roles: Sequence[str], writer: Writer) -> tuple[tuple[Claim, ...], Comparison]:
    """Compare roles that no article compares: for each topic a sentence on each role, from whatever article has one.

    Topics that only one of the roles has a sentence on come last; each topic stands once.
    """
    found = {role: _by_topic(library.about(role), role) for role in roles}
    topics = dict.fromkeys(topic for role in roles for topic in found[role])
    shared = sorted(topics, key=lambda topic: -sum(topic in found[role] for role in roles))
    claims: list[Claim] = []
    rows: list[Row] = []
    for topic in shared:
        cells: list[int | None] = []
        for role in roles:
            item = found[role].get(topic)
            kept = supported(writer.write([item], [role])) if item else ()
            cells.append(len(claims) if kept else None)
            claims += kept
        if any(cell is not None for cell in cells):
            rows.append(Row(topic.capitalize(), tuple(cells)))
    return tuple(claims), Comparison(tuple(roles), tuple(rows))


def _by_topic(articles: Sequence[Article], role: str) -> dict[str, Evidence]:
    """Return for each topic the first sentence about a role, the earlier article first."""
    found: dict[str, Evidence] = {}
    for article in articles:
        for section in _topics(article):
            sentence = sentence_about(article, section, role)
            if section.topic and sentence and section.topic not in found:
                found[section.topic] = Evidence(article, section, sentence, 1.0)
    return found


def describe(article: Article, roles: Sequence[str]) -> tuple[Evidence, ...]:
    """Return the sentences that open the first topics of an article, for each role."""
    return tuple(
        Evidence(article, section, sentence, 1.0)
        for section in _topics(article)[:_DESCRIBED_TOPICS]
        for role in roles
        if (sentence := sentence_about(article, section, role))
    )


def sentence_about(article: Article, section: Section, role: str) -> Sentence | None:
    """Return the first sentence of a section that is about `role` alone, or else about it and others.

    A question that the author puts ("Where should we be in a few years?") states nothing: any other sentence first.
    """
    about = [sentence for sentence in section.sentences if role in sentence.roles]
    stating = [sentence for sentence in about if not article.quote(sentence.span).endswith("?")]
    about = stating or about
    return next((sentence for sentence in about if sentence.roles == (role,)), about[0] if about else None)


def _topics(article: Article) -> list[Section]:
    return [section for section in article.sections if section.heading and section.topic != SUMMARY]
