"""Where the answer to the message before stood.

A follow-up is most often about the same article, and often says so by nothing but "the other one" or "their".
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Evidence


@dataclass(frozen=True, slots=True)
class Ground:
    """The section that answered: the id of its article and its place there, None when the answer was the whole article.

    `compared` are the roles of the article; `answering` those that the first sentence cited is about.
    """

    article_id: str
    section: int | None
    compared: tuple[str, ...]
    answering: tuple[str, ...]

    @classmethod
    def of(cls, evidence: Evidence) -> Ground:
        """Return where a sentence stands."""
        article = evidence.article
        return cls(article.id, article.sections.index(evidence.section), article.roles, evidence.sentence.roles)

    def holds(self, evidence: Evidence) -> bool:
        """Say whether a sentence stands in that section."""
        article = evidence.article
        return (
            article.id == self.article_id
            and self.section is not None
            and (evidence.section is article.sections[self.section])
        )
