"""Name in a question the section that the conversation is about, where the answer depends on it; read such a name."""

from __future__ import annotations

import re

from assistant.ground import Ground
from corpus.library import Library

_TOLD = re.compile(r"\s*\(as told in “(?P<heading>[^“”]+)” of “(?P<title>[^“”]+)”\)\s*$")


class Told:
    """Knows the sections of one library by their headings."""

    def __init__(self, library: Library) -> None:
        """Take the articles that have a title and headings."""
        self._articles = {article.title: article for article in library.articles.values()}

    def worded(self, ground: Ground) -> str:
        """Return what says where something stood, to be put behind a question; nothing where that has no name."""
        article = next((one for one in self._articles.values() if one.id == ground.article_id), None)
        heading = article.sections[ground.section].heading if article and ground.section is not None else ""
        said = f" (as told in “{heading}” of “{article.title}”)" if article and heading else ""
        return said if self.unworded(said)[1] else ""

    def unworded(self, text: str) -> tuple[str, str, Ground | None]:
        """Return a question without the section named behind it, that name, and the section."""
        found = _TOLD.search(text)
        article = self._articles.get(found["title"]) if found else None
        if not found or article is None:
            return text, "", None
        headings = [section.heading for section in article.sections]
        if found["heading"] not in headings:
            return text, "", None
        ground = Ground(article.id, headings.index(found["heading"]), article.roles, ())
        return text[: found.start()], found.group(), ground
