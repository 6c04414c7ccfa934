"""Findings on a library: what its keeper should look at. Nothing here changes an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from corpus.article import Article, Finding, Section
from corpus.attribution import spoken_of
from corpus.catalogue import SUMMARY, Catalogue
from corpus.library import Library
from corpus.reading import LEFT_OUT
from corpus.words import forms

_SHORT = 5  # words; shorter sentences may well stand in two articles


def check_library(library: Library) -> tuple[Finding, ...]:
    """Return all findings in order of the articles: those made while reading, and what is wrong with the whole."""
    found = [*library.findings, *_repetitions(library)]
    for article in library.articles.values():
        found += _own_findings(article, library)
    return tuple(sorted(found, key=lambda finding: finding.article_id))


def check_article(article: Article, library: Library) -> tuple[Finding, ...]:
    """Return what a reader of one article may know: findings on what it says, without what was left out of it.

    What was left out may have been deleted or hidden on purpose. What it shares with other articles takes a look at
    all of them and is left to `check_library`.
    """
    read = (found for found in library.findings if found.article_id == article.id and found.code not in LEFT_OUT)
    return (*read, *_own_findings(article, library))


def check_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Return a line for each name that several roles claim without being marked as ambiguous."""
    claims: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for role in catalogue.roles.values():
        for name in dict.fromkeys(forms(name) for name in (role.name, *role.aliases)):
            claims[name].append(role.name)
    return tuple(
        f"“{' '.join(name)}” is claimed by {' and '.join(roles)}. Leave it to one, or list it under [ambiguous]."
        for name, roles in sorted(claims.items())
        if len(roles) > 1
    )


def _own_findings(article: Article, library: Library) -> Iterator[Finding]:
    yield from _strangers(article, library)
    yield from _undated(article)
    for section in article.sections:
        yield from _section_findings(article, section, library.catalogue)


def _undated(article: Article) -> Iterator[Finding]:
    if article.date is None:
        yield Finding("missing-date", article.id, "It has no date. Write one under its title: Updated 31 January 2026.")


def _strangers(article: Article, library: Library) -> Iterator[Finding]:
    other = article.disagrees_with
    if other is not None and other not in library.articles:
        yield Finding("unknown-article", article.id, f"It disagrees with {other}, which is no article here.")


def _section_findings(article: Article, section: Section, catalogue: Catalogue) -> Iterator[Finding]:
    if not section.heading or section.topic == SUMMARY:
        return
    named = catalogue.find_roles(section.heading)
    if section.topic is None and not named:
        yield Finding(
            "heading-without-topic", article.id, f"“{section.heading}” names no topic that is known. Reword it."
        )
    sentences = [article.quote(sentence.span) for sentence in section.sentences]
    told_apart = any(sentence.roles != article.roles for sentence in section.sentences)  # by columns, say
    if not (named or told_apart or any(spoken_of(sentences, article.roles, catalogue.finder_for(article.roles)))):
        yield Finding(
            "unattributed-sentence", article.id, f"Nothing under “{section.heading}” says which role it is about."
        )
    missing = [role for role in article.roles if not any(role in sentence.roles for sentence in section.sentences)]
    if missing and not named:
        yield Finding(
            "topic-without-role", article.id, f"Nothing under “{section.heading}” is about the {' or '.join(missing)}."
        )


def _repetitions(library: Library) -> Iterator[Finding]:
    """Find articles that say the same as an earlier one, and sentences that stand in two articles."""
    whole: dict[tuple[str, ...], str] = {}
    single: dict[tuple[str, ...], str] = {}
    for article in library.articles.values():
        original = whole.setdefault(forms(article.text), article.id)
        if original != article.id:
            yield Finding("duplicate-article", article.id, f"It says the same as {original}. Remove one of them.")
            continue
        for sentence in article.sentences():
            quote = article.quote(sentence.span)
            words = forms(quote)
            first = single.setdefault(words, article.id) if len(words) > _SHORT else article.id
            if first != article.id:
                yield Finding("shared-sentence", article.id, f"{first} has the same sentence: “{quote}”")
