"""Where the answer to the message before stood.

A follow-up is most often about the same article, and often says so by nothing but "the other one" or "their".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Evidence


@dataclass(frozen=True, slots=True)
class Ground:
    """The section that answered: the id of its article and its place there, None when the answer was the whole article.

    `compared` are the roles of the article; `answering` those that the answer singled out: of the roles asked about
    the one that all its sentences are about or that does what was asked for, else those of the first sentence cited.
    """

    article_id: str
    section: int | None
    compared: tuple[str, ...]
    answering: tuple[str, ...]

    @classmethod
    def of(cls, evidence: Sequence[Evidence], asked: Sequence[str], best: Evidence | None) -> Ground:
        """Return where an answer with this evidence stands. `best` is the sentence that tells who of those asked."""
        first = evidence[0]
        told = {role for item in evidence for role in item.sentence.roles}
        singled = told if len(told) == 1 else set(best.sentence.roles) if best else set()
        answering = tuple(role for role in asked if role in singled) if asked else first.sentence.roles
        return cls(first.article.id, first.article.sections.index(first.section), first.article.roles, answering)

    def holds(self, evidence: Evidence) -> bool:
        """Say whether a sentence stands in that section."""
        article = evidence.article
        return (
            article.id == self.article_id
            and self.section is not None
            and (evidence.section is article.sections[self.section])
        )
