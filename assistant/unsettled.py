"""Tell a question that leaves open whom it is about: it names no role, and holds no more than a topic or a title.

"Who signs for the fish?" names no role either, but says enough to be looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.counted import counts, uncounted
from assistant.evidence import Found
from assistant.odds import logit
from assistant.question import Question
from corpus.article import Article
from corpus.library import Library
from corpus.words import forms, word_list

_FEW = 3  # articles of a small library, mostly on one subject: the best sentence is likelier wanted than a choice
# How far the best sentence must lie above the best one of any other article (a logit) to settle what is meant. Of ten
# such questions on the development articles seven lie as far apart, six of them answered rightly; of the rest none is.
_CLEAR = 1.2
_LISTS = ("function", "plain", "follow_up", "comparing", "describing", "vague", "no_kinds", "grades", "needing")
_LIGHT = frozenset().union(*map(word_list, _LISTS))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A question that several articles may be about: those of them, and the roles in them that its `titles` fit.

    Its `topic` is None when it asks about a mere title, or for what articles leave out: no heading tells of that.
    """

    articles: tuple[Article, ...]
    roles: tuple[str, ...]
    topic: str | None
    titles: frozenset[str] = frozenset()
    counted: bool = False  # "all three", of whom nobody spoke, and nothing else


def unsettled(question: Question, library: Library) -> Unsettled | None:
    """Return among what a question must choose that leaves open whom it is about; None for any other question."""
    settled = question.roles or question.unknown_roles or question.choice or question.spoken_of or question.ground
    counted = counts(question.text)
    if settled or (len(library.articles) <= _FEW and not counted):
        return None
    catalogue = library.catalogue
    left = [form for form in catalogue.besides_topics(uncounted(question.text)) if form not in _LIGHT]
    titles = {form for form in left if catalogue.is_generic(form)}
    if len(titles) < len(left) or not (titles or question.topics or counted):
        return None
    topics = tuple(topic for topic in question.topics if not catalogue.left_out(topic))
    if len(topics) > 1 or (not titles and len(topics) < len(question.topics)):
        return None
    found = tuple(article for article in library.articles.values() if _has(article, titles, topics))
    roles = dict.fromkeys(role for article in found for role in article.roles if _fits(role, titles))
    if len(roles) <= 1:
        return None
    return Unsettled(found, tuple(roles), next(iter(topics), None), frozenset(titles), counted and not topics)


def settled_by(found: Found, choice: Unsettled) -> bool:
    """Say whether, of all that was found, one article is far likelier than any other to be meant.

    A title is settled by nothing that is said of roles that it does not fit, and who is counted by nothing at all.
    """
    if choice.counted or not found.ranked:
        return False
    best = found.ranked[0]
    if choice.titles and not set(best.sentence.roles) & set(choice.roles):
        return False
    others = (one.score for one in found.ranked if one.article is not best.article)
    return logit(best.score) - logit(max(others, default=0.0)) >= _CLEAR


def _has(article: Article, titles: set[str], topics: Sequence[str]) -> bool:
    named = any(_fits(role, titles) for role in article.roles)
    return named and (not topics or any(section.topic in topics for section in article.sections))


def _fits(role: str, titles: set[str]) -> bool:
    return not titles or bool(titles & set(forms(role)[-1:]))
