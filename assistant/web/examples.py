"""Example questions for an empty chat, taken from the articles in use, so that they fit a replaced library as well."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.article import Article

# Topic that the article must treat, and the question; None fits every article. One example for each line.
_PATTERNS = (
    ("budget and money", "Who has the bigger budget, the {first} or the {second}?"),
    ("rank and reporting", "Does the {second} report to the {first}?"),
    ("skills", "Which skills does a {first} need, and which a {second}?"),
    (None, "Compare {first} and {second}"),
)


def example_questions(articles: Iterable[Article]) -> tuple[str, ...]:
    """Return up to four questions about different articles, those with the most topics first."""
    left = sorted(articles, key=lambda article: (-len(_topics(article)), article.id))
    questions = []
    for topic, pattern in _PATTERNS:
        article = next((one for one in left if topic is None or topic in _topics(one)), None)
        if article is None:
            continue
        left.remove(article)
        questions.append(_asked(pattern, article))
    return tuple(questions)


def questions_about(article: Article) -> tuple[str, ...]:
    """Return up to four questions that one article answers."""
    treated = _topics(article)
    return tuple(_asked(pattern, article) for topic, pattern in _PATTERNS if topic is None or topic in treated)


def _asked(pattern: str, article: Article) -> str:
    first, second = article.roles[:2]
    return _with_articles(pattern.format(first=first, second=second))


def _topics(article: Article) -> frozenset[str]:
    """Return the topics under which the article speaks about both of its first two roles."""
    both = set(article.roles[:2])
    return frozenset(
        section.topic
        for section in article.sections
        if section.topic and both <= {role for sentence in section.sentences for role in sentence.roles}
    )


def _with_articles(question: str) -> str:
    for vowel in "AEIO":
        question = question.replace(f" a {vowel}", f" an {vowel}")
    return question
