"""What is said when the articles do not answer: the reason, and questions that they do answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import process

from assistant.answer import Answer, Claim, Evidence, Outcome, Reason
from assistant.confidence import CERTAINLY_NOT, SPECIFICS, left_out_topics
from assistant.dates import in_words
from assistant.evidence import Found
from assistant.headings import asking, in_a_sentence
from assistant.offer import Offer
from assistant.question import Question
from assistant.unsaid import is_silent_on
from assistant.wish import Wants
from corpus.article import Article, Section
from corpus.catalogue import SUMMARY
from corpus.library import Library
from corpus.words import forms, word_list

_SUGGESTIONS, _FEWEST_SUGGESTIONS = 3, 2
_TITLES_IN_A_SENTENCE, _TOPICS_IN_A_SENTENCE = 2, 3
_JOINING = word_list("function")


def suggest(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return questions about the topics that follow those of the evidence in its first article."""
    if not evidence:
        return ()
    used = {item.section.heading for item in evidence}
    article = evidence[0].article
    sections = [section for section in article.sections if section.heading and section.topic != SUMMARY]
    start = sections.index(evidence[0].section) if evidence[0].section in sections else 0
    following = [
        section.heading
        for section in (*sections[start:], *sections[:start])
        if section.heading not in used and _speaks_of_both(article, section)
    ]
    return tuple(asking(article, heading) for heading in following[: _SUGGESTIONS - 1])


def _speaks_of_both(article: Article, section: Section) -> bool:
    """Say whether a question how two roles differ in a section has an answer on each side."""
    return {role for sentence in section.sentences for role in sentence.roles}.issuperset(article.roles[:2])


def disagreement(claims: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> str:
    """Return what must be said above claims of which some pairs disagree: which articles, and of when."""
    articles = dict.fromkeys(claims[place].citations[0].article for pair in pairs for place in pair)
    dated = (f"“{one.title}” ({in_words(one.date)})" if one.date else f"“{one.title}”" for one in articles)
    named = " and ".join(dated)
    return f"Two articles see this differently; both are shown: {named}." if named else ""


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
        near = self._nearest_roles(question.unknown_roles)
        nearest = f" The nearest roles they treat: {', '.join(near)}." if near else ""
        said = f"The articles do not say: none of them is about {named}.{nearest}"
        articles = [self._library.about(role)[0] for role in near]
        return self._refuse(question, Reason.UNKNOWN_ROLE, said, tuple(dict.fromkeys(_comparing(a) for a in articles)))

    def asking_back(self, question: Question, offer: Offer) -> Answer:
        """Ask whom a question is about; the suggestions are the questions that are offered instead."""
        return _unclear(self._refuse(question, Reason.AMBIGUOUS, offer.said, offer.listed))

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

    def composed(self, question: Question, titles: Sequence[str], besides: Mapping[str, Sequence[str]]) -> str:
        """Return what must be said above a comparison that is put together from articles on other pairs.

        Titles in a row tell nobody anything: many are counted, and whoever shows the answer names them as its sources.
        `besides` are topics of each role that are no part of the comparison.
        """
        named = " and ".join(question.roles)
        few = len(titles) <= _TITLES_IN_A_SENTENCE
        sources = " and ".join(f"“{title}”" for title in titles) if few else f"{len(titles)} articles on other pairs"
        rest = "".join(
            f" For the {role} they also treat {_some(topics)}." for role, topics in besides.items() if topics
        )
        return f"No article compares {named}. This comparison is composed from {sources}.{rest}"

    def topic_not_covered(self, question: Question, found: Found, confidence: float) -> Answer:
        """Answer a question about known roles whose topic the articles leave out."""
        names = self._library.catalogue
        topics = [topic for topic in left_out_topics(question, found, names) if topic != SPECIFICS]
        silent = [topic for topic in topics if is_silent_on(topic, found, names)]
        what = f" anything about {silent[0]}" if silent else " this"
        about = f" for the {' and the '.join(question.roles)}" if question.roles else ""
        strange = self.remark(question, (), question.unknown_roles, (), apart=False)
        said = f"{f'{strange} ' if strange else ''}The articles do not say{what}{about}.{_nearest(found)}"
        return self._refuse(question, Reason.TOPIC_NOT_COVERED, said, _about_nearest(found), confidence)

    def nothing_more(self, question: Question, answer: Answer) -> Answer:
        """Answer a wish for more than the articles say, or for reasons that they do not give."""
        sections = dict.fromkeys(
            (one.article, one.section.heading) for one in answer.citations() if one.section.heading
        )
        reason = question.wish is not None and question.wish.wants is Wants.REASON
        said = "The articles give no reason for this." if reason else "The articles say no more about this."
        more = answer.suggestions or tuple(asking(article, heading) for article, heading in sections)
        return self._refuse(question, Reason.TOPIC_NOT_COVERED, said, more)

    def unspoken_premise(self, question: Question, premise_text: str, found: Found, confidence: float) -> Answer:
        """Answer a question that takes something for granted of which no article speaks, for it or against it."""
        said = (
            f"The articles do not say whether this is so: “{premise_text.strip(' .?!')}”. So they do not answer either."
        )
        return self._refuse(
            question, Reason.FALSE_PREMISE, f"{said}{_nearest(found)}", _about_nearest(found), confidence
        )

    def remark(
        self, question: Question, missing: Sequence[str], strange: Sequence[str], told: Sequence[str], *, apart: bool
    ) -> str:
        """Return what must be said above an answer: what is not stated, what is unknown, that roles stand apart.

        `told` are the roles that the answer speaks of.
        """
        parts = []
        if apart:
            parts.append(
                f"No article compares {' and '.join(question.roles)}; these sentences come from different ones."
            )
        unstated = f"do not state this for the {' and the '.join(missing)}"
        if missing and told and set(missing) == set(question.roles):  # what is said is said of others
            parts.append(f"The articles say this of the {' and the '.join(told)}; they {unstated}.")
        elif missing:
            parts.append(f"The articles {unstated}.")
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
            suggestions=self._enough(suggestions, question.roles or question.spoken_of),
        )

    def _enough(self, suggestions: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
        """Return two or three suggestions; such as are wanting are about the roles spoken of, or about any."""
        if not suggestions and not roles:
            suggestions = [_comparing(article) for article in list(self._library.articles.values())[:_SUGGESTIONS]]
        near = [article for role in roles for article in self._library.about(role)]
        articles = near or list(self._library.articles.values())
        more = (*map(_comparing, articles[:_SUGGESTIONS]), *(f"What does the {role} do?" for role in articles[0].roles))
        given = list(dict.fromkeys(suggestions))[:_SUGGESTIONS]
        wanting = max(_FEWEST_SUGGESTIONS - len(given), 0)
        return (*given, *[option for option in dict.fromkeys(more) if option not in given][:wanting])

    def _example_roles(self) -> str:
        return " and ".join(next(iter(self._library.articles.values())).roles[:2])

    def _nearest_roles(self, names: Sequence[str]) -> list[str]:
        """Return the roles that share most words with one of the names; letters alone make nothing alike."""
        roles = self._library.roles()
        for name in names:
            shared = {role: len(set(forms(name)) & set(forms(role)) - _JOINING) for role in roles}
            alike = [role for role in roles if shared[role] and shared[role] == max(shared.values())]
            if alike:
                return [str(role) for role, *_ in process.extract(name, alike, limit=_SUGGESTIONS, processor=str.lower)]
        return []


def _some(topics: Sequence[str]) -> str:
    """Name the first of some topics and count the others."""
    named, others = topics[:_TOPICS_IN_A_SENTENCE], len(topics) - _TOPICS_IN_A_SENTENCE
    return f"{', '.join(named)} and {others} more" if others > 0 else ", ".join(named)


def _unclear(answer: Answer) -> Answer:
    return replace(answer, outcome=Outcome.UNCLEAR)


def _comparing(article: Article) -> str:
    return f"Compare {' and '.join(article.roles[:2])}"


def _nearest(found: Found) -> str:
    near = dict.fromkeys(in_a_sentence(item.section.heading) for item in _on_topics(found))
    return f" The nearest they treat: {', '.join(near)}." if near else ""


def _about_nearest(found: Found) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asking(item.article, item.section.heading) for item in _on_topics(found)))


def _on_topics(found: Found) -> list[Evidence]:
    """Return what was found under a heading that is about something: a conclusion is about everything."""
    return [item for item in found.evidence if item.section.heading and item.section.topic != SUMMARY]
