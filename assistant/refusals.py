"""What is said when the articles do not answer: the reason, and questions that they do answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import process

from assistant.answer import Answer, Claim, Evidence, Outcome, Reason
from assistant.confidence import CERTAINLY_NOT, left_out_topics
from assistant.evidence import Found
from assistant.question import Choice, Question
from corpus.article import Article
from corpus.catalogue import SUMMARY
from corpus.library import Library

_SUGGESTIONS = 3


def suggest(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return questions about the topics that follow those of the evidence in its first article."""
    if not evidence:
        return ()
    used = {item.section.heading for item in evidence}
    article = evidence[0].article
    headings = [section.heading for section in article.sections if section.heading and section.topic != SUMMARY]
    start = headings.index(evidence[0].section.heading) if evidence[0].section.heading in headings else 0
    following = [heading for heading in (*headings[start:], *headings[:start]) if heading not in used]
    return tuple(_question(article, heading) for heading in following[: _SUGGESTIONS - 1])


def disagreement(claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> str:
    """Return what must be said above claims of which some pairs disagree: which articles, and of when."""
    articles = dict.fromkeys(claims[place].citations[0].article for pair in pairs for place in pair)
    named = " and ".join(f"“{article.title}”{f' ({article.date})' if article.date else ''}" for article in articles)
    return f"The articles disagree here; both are shown: {named}." if named else ""


class Refusals:
    """Builds the answers without claims, with suggestions from one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def small_talk(self, question: Question, reply: str) -> Answer:
        """Answer a greeting or thanks."""
        return self._refuse(question, Reason.OFF_TOPIC, reply)

    def off_topic(self, question: Question) -> Answer:
        """Answer a question that has nothing to do with the articles."""
        said = "The articles do not say. They only compare job roles"
        return self._refuse(question, Reason.OFF_TOPIC, f"{said}, for example {self._example_roles()}.")

    def unknown_role(self, question: Question) -> Answer:
        """Answer a question about a role that no article treats."""
        named = " and ".join(f"“{role}”" for role in question.unknown_roles)
        near = self._nearest_roles(question.unknown_roles[0])
        said = (
            f"The articles do not say: none of them is about {named}. The nearest roles they treat: {', '.join(near)}."
        )
        articles = [self._library.about(role)[0] for role in near]
        return self._refuse(question, Reason.UNKNOWN_ROLE, said, tuple(dict.fromkeys(_comparing(a) for a in articles)))

    def ambiguous(self, question: Question, choice: Choice) -> Answer:
        """Ask which of several roles is meant; the suggestions are the question with each of them."""
        said = f"Did you mean {' or '.join(choice.roles)}? “{choice.name}” can stand for either."
        before, *after = re.split(rf"\b{re.escape(choice.name)}\b", question.text, maxsplit=1)
        options = tuple(role.join((before, *after)) for role in choice.roles)
        answer = self._refuse(question, Reason.AMBIGUOUS, said, options)
        return _unclear(answer)

    def no_comparison(self, question: Question) -> Answer:
        """Answer a wish to compare roles that no article compares, or too few roles to compare."""
        if len(question.roles) == 1:
            role = question.roles[0]
            options = tuple(_comparing(article) for article in self._library.about(role))
            return _unclear(
                self._refuse(question, Reason.AMBIGUOUS, f"With which role shall I compare the {role}?", options)
            )
        if not question.roles:
            said = f"Which roles shall I compare? The articles know, for example, {self._example_roles()}."
            return _unclear(self._refuse(question, Reason.AMBIGUOUS, said))
        named = " and ".join(question.roles)
        options = tuple(_comparing(self._library.about(role)[0]) for role in question.roles)
        said = f"The articles do not say: none of them compares {named}."
        return self._refuse(question, Reason.PAIR_NOT_COMPARED, said, options)

    def composed(self, question: Question, titles: Sequence[str]) -> str:
        """Return what must be said above a comparison that is put together from articles on other pairs."""
        named = " and ".join(question.roles)
        quoted = ", ".join(f"“{title}”" for title in titles)
        return f"No article compares {named}. This comparison is composed from {quoted}."

    def topic_not_covered(self, question: Question, found: Found, confidence: float) -> Answer:
        """Answer a question about known roles whose topic the articles leave out."""
        left_out = left_out_topics(question, found, self._library.catalogue)
        what = f" anything about {left_out[0]}" if left_out else " this"
        about = f" for the {' and the '.join(question.roles)}" if question.roles else ""
        near = dict.fromkeys(item.section.heading for item in found.evidence if item.section.heading)
        nearest = f" The nearest they treat: {', '.join(near)}." if near else ""
        options = tuple(
            _question(item.article, item.section.heading) for item in found.evidence if item.section.heading
        )
        said = f"The articles do not say{what}{about}.{nearest}"
        return self._refuse(question, Reason.TOPIC_NOT_COVERED, said, tuple(dict.fromkeys(options)), confidence)

    def remark(self, question: Question, missing: Sequence[str], strange: Sequence[str], *, apart: bool) -> str:
        """Return what must be said above an answer: what is not stated, what is unknown, that roles stand apart."""
        parts = []
        if apart:
            parts.append(
                f"No article compares {' and '.join(question.roles)}; these sentences come from different ones."
            )
        if missing:
            parts.append(f"The articles do not state this for the {' and the '.join(missing)}.")
        if strange:
            parts.append(f"None of the articles is about {' or '.join(f'“{role}”' for role in strange)}.")
        return " ".join(parts)

    def _refuse(
        self,
        question: Question,
        reason: Reason,
        said: str,
        suggestions: tuple[str, ...] = (),
        confidence: float = CERTAINLY_NOT,
    ) -> Answer:
        return Answer(
            id="",
            question=question.message,
            standalone_question=question.text,
            outcome=Outcome.NOT_COVERED,
            reason=reason,
            claims=(),
            confidence=confidence,
            message=said,
            suggestions=tuple(dict.fromkeys(suggestions or self._openers()))[:_SUGGESTIONS],
        )

    def _openers(self) -> tuple[str, ...]:
        return tuple(_comparing(article) for article in list(self._library.articles.values())[:_SUGGESTIONS])

    def _example_roles(self) -> str:
        return " and ".join(next(iter(self._library.articles.values())).roles[:2])

    def _nearest_roles(self, name: str) -> list[str]:
        found = process.extract(name, self._library.roles(), limit=_SUGGESTIONS, processor=str.lower)
        return [str(role) for role, *_ in found]


def _unclear(answer: Answer) -> Answer:
    return replace(answer, outcome=Outcome.UNCLEAR)


def _comparing(article: Article) -> str:
    return f"Compare {' and '.join(article.roles[:2])}"


def _question(article: Article, heading: str) -> str:
    return f"How do the {' and the '.join(article.roles[:2])} differ in “{heading}”?"
