"""What is asked: roles, topics and intent of a self-contained question, read with the library's names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.conversation import Understood, standalone
from assistant.smalltalk import reply_to
from corpus.library import Library, shipped_texts
from corpus.role_finder import Mention
from corpus.spelling import Spelling
from corpus.words import Word, word_list, words

_COMPARING = word_list("comparing")
_DESCRIBING = word_list("describing")
_PLAIN_WORDS = word_list("function") | word_list("plain")
_VAGUE = _PLAIN_WORDS | word_list("vague")


# The question is about the roles compared, whatever title it also mentions: "which of the two might become director?"
_ABOUT_THE_COMPARED = re.compile(
    r"\b(?:which (?:of|one|role|job)|of (?:the two|them|both|these)|either one|"
    r"who (?:can|might|may|could) become|who is more likely)\b",
    re.I,
)


class Intent(Enum):
    """What kind of answer is asked for."""

    ASK = "ask"
    COMPARE_ALL = "compare all topics"
    DESCRIBE = "describe the roles"


@dataclass(frozen=True, slots=True)
class Choice:
    """A name in the question that stands for several roles of the library."""

    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `content` are its comparable words besides role names and function words."""

    message: str
    text: str
    roles: tuple[str, ...]
    topics: tuple[str, ...]
    intent: Intent
    content: tuple[str, ...]
    unknown_roles: tuple[str, ...] = ()
    choice: Choice | None = None


class QuestionReader:
    """Reads messages with the names of one library."""

    def __init__(self, library: Library) -> None:
        self._catalogue = library.catalogue
        texts = [article.text for article in library.articles.values()]
        self._spelling = Spelling([*texts, *library.catalogue.words()], shipped_texts())
        self._covered = set(library.roles())
        self._finder = library.catalogue.finder_within(sorted(self._covered))
        self._partners = {
            role: {other for article in library.about(role) for other in article.roles} - {role}
            for role in self._covered
        }
        self._only_partner = {role: next(iter(others)) for role, others in self._partners.items() if len(others) == 1}

    def read(self, turns: Sequence[str]) -> Question:
        """Return the question that the last of the user's messages asks, the earlier ones taken into account."""
        message, turns = turns[-1], [self._spelling.corrected(turn) for turn in _asking(turns)]
        understood = standalone(turns, self._finder, self._only_partner)
        strange = self._unknown_titles(turns[-1])
        if strange and not self._finder.find(turns[-1], misspelt=True):
            understood = standalone(turns[-1:], self._finder, {})  # a role of which nothing is known takes nothing over
        named = understood.roles or tuple(role for m in understood.mentions if len(m.roles) == 1 for role in m.roles)
        settled, choice = self._settle(understood, named)
        roles = tuple(dict.fromkeys((*named, *settled)))
        content, intent = self._content(understood, roles)
        unknown = tuple(role for role in roles if role not in self._covered) or strange
        return Question(
            message=message,
            text=understood.text,
            roles=tuple(role for role in roles if role in self._covered),
            topics=self._catalogue.find_topics(understood.text),
            intent=intent,
            content=content,
            unknown_roles=() if _ABOUT_THE_COMPARED.search(turns[-1]) else unknown,
            choice=choice,
        )

    def _settle(self, understood: Understood, named: Sequence[str]) -> tuple[tuple[str, ...], Choice | None]:
        """Decide what ambiguous names mean: the role spoken of before, or the one compared with another one named."""
        settled: list[str] = []
        for mention in understood.mentions:
            candidates = [role for role in mention.roles if role in self._covered] or list(mention.roles)
            if len(mention.roles) == 1:
                continue
            spoken_of = [role for role in candidates if role in understood.pair]
            partners = [role for role in candidates if any(role in self._partners.get(other, ()) for other in named)]
            for narrowed in (candidates, spoken_of, partners):
                if len(narrowed) == 1:
                    settled.append(narrowed[0])
                    break
            else:
                return tuple(settled), Choice(understood.text[mention.span.start : mention.span.end], tuple(candidates))
        return tuple(settled), None

    def _content(self, understood: Understood, roles: Sequence[str]) -> tuple[tuple[str, ...], Intent]:
        mentions = self._finder.find(understood.text, misspelt=True)
        left = [word.form for word in words(understood.text) if not _inside(word, mentions)]
        content = tuple(form for form in left if form not in _PLAIN_WORDS)
        others = [form for form in content if form not in _COMPARING]
        comparing = len(others) < len(content) or "difference" in left
        if comparing and not [form for form in others if form not in _DESCRIBING]:
            return content, Intent.COMPARE_ALL
        if roles and not [form for form in content if form not in _DESCRIBING]:
            return content, Intent.DESCRIBE
        return content, Intent.ASK

    def _unknown_titles(self, text: str) -> tuple[str, ...]:
        """Return job titles in a message that no name of the catalogue explains ("dental nurse")."""
        known = self._finder.find(text, misspelt=True)
        spoken = words(text)
        unknown = []
        for title in self._catalogue.find_titles(text):
            if any(title.span.start < mention.span.end and mention.span.start < title.span.end for mention in known):
                continue
            if not self._catalogue.is_generic(text[title.span.start : title.span.end]):
                unknown.append(text[title.span.start : title.span.end])
            elif modifier := _modifier(spoken, title):
                unknown.append(f"{modifier} {text[title.span.start : title.span.end]}")
        return tuple(unknown)


def _asking(turns: Sequence[str]) -> Sequence[str]:
    """Leave out small talk: it asks nothing, and nothing is taken over into it or out of it."""
    if reply_to(turns[-1]):
        return turns[-1:]
    return [turn for turn in turns if not reply_to(turn)]


def _inside(word: Word, mentions: Sequence[Mention]) -> bool:
    return any(mention.span.start <= word.span.start < mention.span.end for mention in mentions)


def _modifier(spoken: Sequence[Word], title: Mention) -> str:
    """Return the content word right before a generic title ("brewery" in "brewery manager"), or nothing."""
    before = [word for word in spoken if word.span.end <= title.span.start]
    gap = before and title.span.start - before[-1].span.end == 1
    return before[-1].form if gap and before[-1].form not in _VAGUE else ""
