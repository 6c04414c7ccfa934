"""The articles of a library written down as they were read: text, sections, spans and roles, as JSON.

Whoever keeps this record can cite from it later, whatever has become of the files or of the readers since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from corpus.abbreviations import catalogue_of
from corpus.article import Article, CorpusError, Section, Sentence, Span
from corpus.catalogue import shipped_catalogue
from corpus.library import Library


def article_record(article: Article) -> dict[str, Any]:
    """Return everything that is known of an article, in types that JSON has."""
    return {**asdict(article), "date": article.date.isoformat() if article.date else None}


def record_hash(article: Article) -> str:
    """Return the SHA-256 of the record of an article: two articles with one hash are the same in every field."""
    return hashlib.sha256(json.dumps(article_record(article), sort_keys=True).encode()).hexdigest()


def library_record(library: Library) -> str:
    """Return the articles of a library as JSON."""
    return json.dumps([article_record(article) for article in library.articles.values()], ensure_ascii=False)


def recorded_library(record: str) -> Library:
    """Return the library of a record: its articles and the names of their roles; it knows of no files.

    Raise CorpusError when it is no record.
    """
    try:
        articles = {row["id"]: _article(row) for row in json.loads(record)}
    except (ValueError, KeyError, TypeError) as error:
        raise CorpusError(
            f"This is no record of articles ({error}). Build the index again: rolewise index build"
        ) from error
    return Library(articles, {}, catalogue_of(articles.values(), shipped_catalogue()))


def _article(row: dict[str, Any]) -> Article:
    date = dt.date.fromisoformat(row["date"]) if row["date"] else None
    sections = tuple(_section(section) for section in row["sections"])
    return Article(**{**row, "roles": tuple(row["roles"]), "sections": sections, "date": date})


def _section(row: dict[str, Any]) -> Section:
    return Section(row["heading"], row["topic"], tuple(_sentences(row["sentences"])))


def _sentences(rows: Iterable[dict[str, Any]]) -> Iterable[Sentence]:
    for row in rows:
        span = Span(row["span"]["start"], row["span"]["end"])
        yield Sentence(row["number"], span, tuple(row["roles"]))
