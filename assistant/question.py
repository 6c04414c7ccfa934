"""What is asked: roles, topics and intent of a self-contained question, read with the library's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.conversation import OTHER_ONE, Conversation
from assistant.ground import Ground
from assistant.intent import RANK, Intent, intent_of
from assistant.language import foreign
from assistant.smalltalk import asked_in, reply_to
from assistant.strangers import Strangers
from assistant.understood import Understood
from corpus.library import Library, shipped_texts
from corpus.role_finder import Mention, RoleFinder
from corpus.spelling import Spelling
from corpus.words import Word, word_list, words

_COMPARING = word_list("comparing")
_DESCRIBING = word_list("describing")
_PLAIN_WORDS = word_list("function") | word_list("plain")


# The question is about the roles compared, whatever title it also mentions: "which of the two might become director?"
_ABOUT_THE_COMPARED = re.compile(
    r"\b(?:which (?:of|one|role|job)|of (?:the two|them|both|these)|either one|"
    r"who (?:can|might|may|could) become|who is more likely)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name in the question that stands for several roles of the library."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `content` are its comparable words besides role names and function words.

    `spoken_of` are the roles of the conversation when the roles asked about are among them: an article that compares
    those is the one that is being talked about; `ground` is where the message before was answered.
    """

    message: str
    text: str
    roles: tuple[str, ...]
    topics: tuple[str, ...]
    intent: Intent
    content: tuple[str, ...]
    unknown_roles: tuple[str, ...] = ()
    choice: Choice | None = None
    spoken_of: tuple[str, ...] = ()
    ground: Ground | None = None


class QuestionReader:
    """Reads messages with the names of one library."""

    def __init__(self, library: Library) -> None:
        self._catalogue = library.catalogue
        texts = [article.text for article in library.articles.values()]
        self._spelling = Spelling([*texts, *library.catalogue.words()], shipped_texts())
        self._covered = set(library.roles())
        self._partners = {
            role: {other for article in library.about(role) for other in article.roles} - {role}
            for role in self._covered
        }
        partners = {role: sorted(others) for role, others in self._partners.items()}
        self._finder = library.catalogue.finder_within(sorted(self._covered), partners)
        self._strangers = Strangers(library, self._finder)
        self._conversation = Conversation(library.catalogue, self._finder, partners, _superiors(library, self._finder))

    def read(self, turns: Sequence[str], grounds: Sequence[Ground | None] = ()) -> Question:
        """Return the question that the last of the user's messages asks, the earlier ones taken into account.

        `grounds` are where the earlier ones were answered, one for each.
        """
        message, asking = turns[-1], _asking(turns)
        known_grounds = [grounds[place] if place < len(grounds) else None for place in asking[:-1]]
        turns = [self._put_right(asked_in(turns[place])) for place in asking]
        strange = self._strangers.named_in(turns[-1])
        if strange and not self._finder.find(turns[-1], misspelt=True):
            understood = self._conversation.standalone(
                turns[-1:]
            )  # a role of which nothing is known takes nothing over
        else:
            known = [self._strangers.without(turn) for turn in turns[:-1]]
            understood = self._conversation.standalone([*known, turns[-1]], known_grounds)
        roles, choice, untreated = self._roles(understood)
        unknown = (*self._untreated(understood, roles), *untreated) or strange
        content, intent = self._content(understood.text, roles, strange if unknown == strange else ())
        return Question(
            message=message,
            text=understood.text,
            roles=tuple(role for role in roles if role in self._covered),
            topics=self._topics(understood.text, intent),
            intent=intent,
            content=content,
            unknown_roles=() if _ABOUT_THE_COMPARED.search(turns[-1]) else unknown,
            choice=choice,
            spoken_of=understood.pair if set(roles) <= set(understood.pair) else roles,
            ground=next((ground for ground in reversed(known_grounds) if ground), None),
        )

    def _put_right(self, message: str) -> str:
        """Correct a message, unless it is in another language."""
        return message if foreign(message) else self._spelling.corrected(message)

    def _roles(self, understood: Understood) -> tuple[tuple[str, ...], Choice | None, tuple[str, ...]]:
        """Return the roles asked about in their order, a name left ambiguous, and ambiguous names of no role treated.

        What an ambiguous name means: the role spoken of before, or the one compared with another one named.
        """
        if understood.open:
            return (), Choice(OTHER_ONE, understood.open), ()
        certain = {role for mention in understood.mentions if len(mention.roles) == 1 for role in mention.roles}
        roles: list[str] = []
        untreated: list[str] = []
        for mention in understood.mentions:
            name = understood.text[mention.span.start : mention.span.end]
            covered = [role for role in mention.roles if role in self._covered]
            if len(mention.roles) == 1:
                roles += [role for role in mention.roles if role in (understood.roles or certain)]
            elif not covered:
                untreated.append(name)
            elif meant := self._meant(covered, understood.pair, certain | _others(mention, understood.mentions)):
                roles.append(meant)
            elif not self._strangers.by_the_way(understood.text, mention.span):
                return tuple(dict.fromkeys(roles)), Choice(name, tuple(covered)), ()
        return tuple(dict.fromkeys((*roles, *understood.roles))), None, tuple(untreated)

    def _untreated(self, understood: Understood, roles: Sequence[str]) -> tuple[str, ...]:
        """Return the roles asked about that the catalogue knows and no article treats."""
        asked = {
            role
            for mention in understood.mentions
            for role in mention.roles
            if self._strangers.asked_about(understood.text, mention.span)
        }
        return tuple(role for role in roles if role not in self._covered and role in asked)

    def _meant(self, candidates: Sequence[str], pair: Sequence[str], named: Iterable[str]) -> str | None:
        spoken_of = [role for role in candidates if role in pair]
        partners = [role for role in candidates if any(role in self._partners.get(other, ()) for other in named)]
        return next((narrowed[0] for narrowed in (candidates, spoken_of, partners) if len(narrowed) == 1), None)

    def _topics(self, text: str, intent: Intent) -> tuple[str, ...]:
        """Return the topics that a text has words of; who is above whom is a matter of rank, in whatever words."""
        topics = self._catalogue.find_topics(text)
        implied = (RANK,) if intent is Intent.HIERARCHY else ()
        return tuple(dict.fromkeys((*implied, *topics)))

    def _content(self, text: str, roles: Sequence[str], strange: Sequence[str]) -> tuple[tuple[str, ...], Intent]:
        """Return the words of content besides the roles, strange ones included, and what is asked about them."""
        if strange:
            text = self._strangers.without(text)
        mentions = self._finder.find(text, misspelt=True)
        left = [word.form for word in words(text) if not _inside(word, mentions)]
        content = tuple(form for form in left if form not in _PLAIN_WORDS)
        others = [form for form in content if form not in _COMPARING]
        comparing = len(others) < len(content) or "difference" in left
        if comparing and not [form for form in others if form not in _DESCRIBING]:
            return content, Intent.COMPARE_ALL
        if roles and not [form for form in content if form not in _DESCRIBING]:
            return content, Intent.DESCRIBE
        return content, intent_of(text, [mention.span for mention in mentions])


_REPORTS = re.compile(r"\b(?:reports?|answers?|responsible)\s+(?:\w+\s+)?to\b|\bsubordinate to\b|\bis led by\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|neither|nor|no|seldom|rarely)\b|n['’]t\b", re.I)


def _superiors(library: Library, finder: RoleFinder) -> dict[str, str]:
    """Return to which role another one of the same article reports, where a sentence says so."""
    above: dict[str, str] = {}
    for article in library.articles.values():
        for sentence in article.sentences():
            text = article.quote(sentence.span)
            found = _REPORTS.search(text)
            if not found or _NEGATED.search(text):
                continue
            named = [mention for mention in finder.find(text) if mention.roles[0] in article.roles]
            low = [mention.roles[0] for mention in named if mention.span.end <= found.start()]
            high = [mention.roles[0] for mention in named if mention.span.start >= found.end()]
            if low and high and low[-1] != high[0]:
                above.setdefault(low[-1], high[0])
    return above


def _asking(turns: Sequence[str]) -> list[int]:
    """Return the places of the turns without small talk: it asks nothing, and nothing is taken over into or from it."""
    last = len(turns) - 1
    if reply_to(turns[last]):
        return [last]
    return [place for place, turn in enumerate(turns) if not reply_to(turn)]


def _others(mention: Mention, mentions: Sequence[Mention]) -> set[str]:
    """Return the roles that the other ambiguous names may stand for: "SM or PO" means the two that are compared."""
    return {role for other in mentions if other.roles != mention.roles for role in other.roles}


def _inside(word: Word, mentions: Sequence[Mention]) -> bool:
    return any(mention.span.start <= word.span.start < mention.span.end for mention in mentions)
