"""What the library holds, told to whoever asks: which roles, articles or topics there are, and of when they are."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.addressed import Addressed, Listed, addressed, listed, narrowed, of_all
from assistant.dates import in_words
from corpus.article import Article
from corpus.catalogue import SUMMARY
from corpus.library import Library
from corpus.words import forms, word_list

_MOST, _MOST_TITLES = 8, 4  # names in a list that is read through; of more, some are shown and the rest is counted
_EMPTY = word_list("function") | word_list("plain")
_PLACE = "The articles are listed under /articles."


class Listing:
    """Answers what is asked of one library as such."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def reply_to(self, message: str, roles: Sequence[str]) -> str | None:
        """Return a list of what a message asks for, about these roles if any; None when it asks for no list."""
        bare = message
        mentions = self._library.catalogue.find_roles(message) if roles else ()
        roles = () if of_all(message) and not mentions else roles
        for mention in reversed(mentions):
            bare = bare[: mention.span.start] + bare[mention.span.end :]
        asked, about = narrowed(bare)
        wanted = {form for form in forms(about) if form not in _EMPTY}
        dated = (roles or wanted) and addressed(f"{asked}?") is Addressed.SOURCES
        kind = Listed.ARTICLES if dated else listed(asked)
        if kind is None:
            return None
        articles = self._about(roles, wanted)
        return self._told(kind, articles, roles, everything=not roles and not wanted) if articles else None

    def _about(self, roles: Sequence[str], wanted: set[str]) -> list[Article]:
        """Return the articles on the roles, or on roles whose names have the words `wanted`."""
        articles = list(self._library.articles.values())
        if roles:
            return [article for article in articles if set(article.roles) & set(roles)]
        return [article for article in articles if any(wanted <= set(forms(role)) for role in article.roles)]

    def _told(self, kind: Listed, articles: Sequence[Article], roles: Sequence[str], *, everything: bool) -> str:
        if kind is Listed.ROLES:
            known = dict.fromkeys(role for article in articles for role in article.roles if role not in roles)
            lead = f"The articles compare the {' and the '.join(roles)} with" if roles else "The articles treat"
            return _some(lead, list(known), everything=everything)
        if kind is Listed.ARTICLES:
            lead = "The articles are" if everything else "The articles on this are"
            return _some(lead, [_title(article) for article in articles], _MOST_TITLES, everything=everything)
        sections = [section for article in articles for section in article.sections if section.topic != SUMMARY]
        names = [section.topic if everything else section.heading for section in sections]
        return _some("The topics are", sorted(dict.fromkeys(filter(None, names))), everything=everything)


def _title(article: Article) -> str:
    return f"“{article.title}”" + (f" ({in_words(article.date)})" if article.date else "")


def _some(lead: str, names: Sequence[str], most: int = _MOST, *, everything: bool) -> str:
    """Return a sentence that lists some of the names, from all over the list, and counts those left out."""
    shown = names if len(names) <= most else names[:: -(-len(names) // most)]
    left = len(names) - len(shown)
    more = f" and {left} more" if left else ""
    return f"{lead}: {', '.join(shown)}{more}." + (f" {_PLACE}" if everything or left else "")
