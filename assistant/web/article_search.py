"""Find articles by the words, roles and topics in them: a list to choose from, not an answer.

Role names are found as people write them ("ops mgr"); every other word must stand in the title, in a role's name or in
the text, at the start of a word there. Nothing is kept between two searches: the library may change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.article import Article, Sentence, Span
from corpus.catalogue import SUMMARY
from corpus.library import Library
from corpus.words import spellings, word_list, words

LONGEST_TEXT = 200  # characters of a search; nobody types more, and each word costs time
_MOST_WORDS = 12
_SNIPPETS = 2  # sentences shown for each article
_LONG = 5  # letters of another spelling that may begin a word ("centre"); "op" for operation may not
_SHORTEST_STEM = 4  # "duty" is sought as "dut" and finds "duties"; "pay" stays


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for. Each part that is not empty narrows the list down; `role` and `topic` are names in full."""

    text: str = ""
    role: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence that has words sought, and where in it they stand, in order, none overlapping."""

    sentence: Sentence
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An article, sentences of it that have the words, and the number of its first sentence on the topic sought."""

    article: Article
    snippets: tuple[Snippet, ...] = ()
    opens: int | None = None


def find_articles(library: Library, wish: Wish) -> tuple[Found, ...]:
    """Return the articles that fit, those with the words in title or roles first, then those with more sentences."""
    kept = [article for article in library.articles.values() if _fits(article, wish)]
    roles, patterns = _read(wish.text[:LONGEST_TEXT], library)
    kept = [article for article in kept if all(set(choice) & set(article.roles) for choice in roles)]
    ranked = []
    for article in kept:
        names = _names(article, library)
        if all(pattern.search(names) or pattern.search(article.text) for pattern in patterns):
            named = sum(bool(pattern.search(names)) for pattern in patterns)
            snippets = _snippets(article, patterns)
            found = Found(article, tuple(snippets[:_SNIPPETS]), _opens(article, wish.topic))
            ranked.append(((-named, -len(snippets), article.title.casefold()), found))
    return tuple(found for _, found in sorted(ranked, key=lambda item: item[0]))


def topics_of(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return the topics that these articles treat, in alphabetical order."""
    found = {section.topic for article in articles for section in article.sections}
    return tuple(sorted(topic for topic in found if topic and topic != SUMMARY))


def _fits(article: Article, wish: Wish) -> bool:
    if wish.role and wish.role not in article.roles:
        return False
    return not wish.topic or any(section.topic == wish.topic for section in article.sections)


def _read(text: str, library: Library) -> tuple[list[tuple[str, ...]], list[re.Pattern[str]]]:
    """Return the roles that a text names, each a choice of one or more, and a pattern for every word left over."""
    treated = set(library.roles())
    mentions = [mention for mention in library.catalogue.find_roles(text) if treated & set(mention.roles)]
    left = [word for word in words(text) if not any(_within(word.span, mention.span) for mention in mentions)]
    sought = dict.fromkeys(word.form for word in left if word.form not in word_list("function"))
    return [mention.roles for mention in mentions], [_pattern(word) for word in list(sought)[:_MOST_WORDS]]


def _pattern(word: str) -> re.Pattern[str]:
    stem = word[:-1] if len(word) >= _SHORTEST_STEM and word.endswith("y") else word
    _, *others = spellings(word)
    choices = [re.escape(stem) + r"\w*"]
    choices += [re.escape(other) + (r"\w*" if len(other) >= _LONG else r"s?\b") for other in others]
    return re.compile(rf"\b(?:{'|'.join(choices)})", re.IGNORECASE)


def _names(article: Article, library: Library) -> str:
    known = library.catalogue.roles
    aliases = (name for role in article.roles if role in known for name in known[role].aliases)
    return "\n".join((article.title, *article.roles, *aliases))


def _snippets(article: Article, patterns: Sequence[re.Pattern[str]]) -> list[Snippet]:
    """Return the sentences with words sought: those with most of the words first, then in reading order."""
    found = []
    for sentence in article.sentences():
        quote = article.quote(sentence.span)
        hits = [list(pattern.finditer(quote)) for pattern in patterns]
        if any(hits):
            spans = [Span(*match.span()) for matches in hits for match in matches]
            found.append((-sum(map(bool, hits)), Snippet(sentence, _apart(spans))))
    return [snippet for _, snippet in sorted(found, key=lambda item: item[0])]


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _opens(article: Article, topic: str) -> int | None:
    sections = (section for section in article.sections if topic and section.topic == topic and section.sentences)
    return next((section.sentences[0].number for section in sections), None)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
