"""Findings on a library: what its keeper should look at. Nothing here changes an article."""

from __future__ import annotations

from corpus.article import Finding
from corpus.library import Library


def check_library(library: Library) -> tuple[Finding, ...]:
    """Return all findings, in order of the articles: those made while reading, and articles that repeat another."""
    return tuple(sorted((*library.findings, *_duplicates(library)), key=lambda finding: finding.article_id))


def _duplicates(library: Library) -> list[Finding]:
    first_with: dict[str, str] = {}
    findings = []
    for article in library.articles.values():
        words = " ".join(article.text.split()).casefold()
        original = first_with.setdefault(words, article.id)
        if original != article.id:
            findings.append(
                Finding("duplicate-article", article.id, f"It says the same as {original}. Remove one of them.")
            )
    return findings
