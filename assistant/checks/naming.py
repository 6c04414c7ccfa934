"""Find the roles of a library in a claim, with the short names that hold within one article ("the controller")."""

from __future__ import annotations

from typing import Protocol

from corpus.article import Article
from corpus.catalogue import Catalogue
from corpus.role_finder import Mention, RoleFinder


class Finder(Protocol):
    """Finds where a text names roles. `roles` are those of the article at hand; the others are strangers in it."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the article."""
        ...

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in reading order."""
        ...


class Naming:
    """The names of all roles of a library. Make one for each library and keep it: finders are made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue of a library."""
        self._catalogue = catalogue
        self._within: dict[tuple[str, ...], RoleFinder] = {}

    def of_article(self, article: Article) -> RoleFinder:
        """Return a finder for the roles of one article alone."""
        if article.roles not in self._within:
            self._within[article.roles] = self._catalogue.finder_for(article.roles)
        return self._within[article.roles]

    def around(self, article: Article) -> Finder:
        """Return a finder for the roles of an article by all their names and for every other role by its full name."""
        return _Both(self.of_article(article), self._catalogue, article.roles)


class _Both:
    def __init__(self, near: RoleFinder, far: Catalogue, roles: tuple[str, ...]) -> None:
        self._near, self._far, self.roles = near, far, roles

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in reading order; of two that overlap the longer, or the one of the article."""
        near = self._near.find(text)
        others = self._far.find_roles(text, misspelt=False)
        far = [mention for mention in others if len(mention.roles) == 1 and mention.roles[0] not in self.roles]
        longer = [mention for mention in far if not any(_covers(other, mention) for other in near)]
        kept = [mention for mention in near if not any(_covers(other, mention) for other in longer)]
        return tuple(sorted([*kept, *longer], key=lambda mention: mention.span.start))


def _covers(one: Mention, other: Mention) -> bool:
    """Say whether a mention overlaps another and is at least as long."""
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    return overlap and one.span.end - one.span.start >= other.span.end - other.span.start
