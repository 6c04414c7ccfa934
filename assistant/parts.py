"""Take a question apart that asks for several things: what may she decide, and with which tools does she work.

The ranker reads a question as a whole, and no single sentence answers both halves. Each half is therefore asked alone
too, with the roles and the place that the whole names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.coordination import ANYBODY, predicates, topics_of_both
from assistant.enumerations import Enumerations
from corpus.library import Library
from corpus.role_finder import RoleFinder
from corpus.words import forms, word_list, words

_ASKS = r"(?:who(?:m|se)?|what|which|how|where|when|why|(?:by|to|with|on|for|from|in|at|of) (?:whom?|what|which|how))"
_NEXT_QUESTION = re.compile(rf"(?<=\?)\s+(?=\S)|\s*[,;]?\s+(?:and|or)\s+(?:also\s+)?(?={_ASKS}\b)", re.I)
_SAME_OF_ANOTHER = re.compile(r"\s*,\s+(?:and|but|or)\s+(?=(?:the|an?|what about|how about)\s)", re.I)
_SUBJECT = re.compile(
    r"^\W*(?P<subject>(?:who(?:m|se)?|which (?:of (?:the two|them|these)|one|role|job)))\s+"
    r"(?P<first>(?P<verb>\S+).*?)\s*,?\s+and\s+(?:also\s+|then\s+)?(?P<second>(?P<other>\S+)\b(?!\s+of\b).*)$",
    re.I | re.S,
)
_REFERS = re.compile(
    r"\b(?:it|its|that|this|these|those|he|she|him|his|her|they|them|their|such|so|otherwise|then|else)\b", re.I
)
_SENTENCES = re.compile(r"[?!.]\s+\S")
_PLACE = re.compile(
    r"\b(?:in|at|on|within|inside)\s+(?:an?|the|our|my|your)\s+(?P<name>[\w-]+(?:\s+[\w-]+){0,2})(?=\W*$|\s*,)", re.I
)
_EMPTY = word_list("function") | word_list("plain") | word_list("vague")
_FEWEST_WORDS = 2  # of content where only the verb is asked twice: "Who hires and trains apprentices?" is one question
_MOST = 5
_DETERMINERS, _DOING = word_list("determiners"), word_list("doing")


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things that a question asks for: the question for it alone, and the roles that it is about.

    `about` is its name in the words of the question, where it has one: "pay". A part that refers back to what stands
    before it ("and whose call is that?") is not `whole` by itself.
    """

    text: str
    roles: tuple[str, ...]
    about: str = ""
    whole: bool = True


class Parts:
    """Takes questions apart that are asked about the roles of one library."""

    def __init__(self, library: Library, finder: RoleFinder) -> None:
        """Find roles with `finder`."""
        self._finder = finder
        self._lists = Enumerations(library, finder)
        self._names = {role: forms(role) for role in library.roles()}

    def of(self, text: str, roles: Sequence[str]) -> tuple[Part, ...]:
        """Return the parts of a question about these roles; none when it asks for one thing."""
        sentences = bool(_SENTENCES.search(text))
        found = [part for half in self._halves(text) for part in self._listed(half, sentence=sentences)]
        if not 1 < len(found) <= _MOST:
            return ()
        return tuple(self._with_roles(self._with_place(found, text), roles))

    def _halves(self, text: str) -> Sequence[str]:
        """Return the questions that stand side by side in a text; one that names roles alone is none."""
        halves, fewest = self._spelt_out(text), 1
        if len(halves) == 1 and (found := _SUBJECT.match(text)) and _both_verbs(found) and not self._lists.items(text):
            halves = [f"{found['subject']} {found['first']}?", f"{found['subject']} {found['second']}"]
            fewest = _FEWEST_WORDS
        if len(halves) == 1 and (both := topics_of_both(text) or self._predicates(text)):
            halves, fewest = list(both), _FEWEST_WORDS
        return halves if min(map(self._content, halves)) >= fewest else [text]

    def _predicates(self, text: str) -> tuple[str, ...]:
        """Return a question for each of two things that one is asked to do, none when two roles are asked about."""
        named = self._finder.find(text, misspelt=True)
        anybody = ANYBODY.search(text)
        if len(named) > 1 or not (named or anybody):
            return ()
        return predicates(text, named[0].span.end if named else anybody.end() if anybody else 0)

    def _spelt_out(self, text: str) -> Sequence[str]:
        """Return the questions side by side; "and what does the editor?" asks the one before it of the editor."""
        halves = _NEXT_QUESTION.split(text)
        if len(halves) == 1:
            halves = _SAME_OF_ANOTHER.split(text)
        asked, spelt = halves[0], [halves[0]]
        for half in halves[1:]:
            named, others = self._finder.find(asked, misspelt=True), self._finder.find(half, misspelt=True)
            if not self._content(half) and len(named) == len(others) == 1:
                (one,), (other,) = named, others
                name = half[other.span.start : other.span.end]
                half = f"{asked[: one.span.start]}{name}{asked[one.span.end :].rstrip(' ?')}?"
            spelt.append(half)
            asked = half
        return spelt

    def _content(self, half: str) -> int:
        roles = [mention.span for mention in self._finder.find(half, misspelt=True)]
        left = (word for word in words(half) if not any(span.start <= word.start < span.end for span in roles))
        return sum(word.form not in _EMPTY for word in left)

    def _listed(self, half: str, *, sentence: bool) -> Iterator[Part]:
        """Ask for each item of a list alone: "their budget and team" is the budget, and the team.

        A `sentence` of one word of content goes on from the one before it: "Who would know?"
        """
        items = self._lists.items(half)
        if not items:
            name = half.strip(" ,;?.!") if self._lists.is_topic(half) else ""
            brief = sentence and self._content(half) < _FEWEST_WORDS
            yield Part(half.strip(" ,;"), (), name, whole=bool(name) or not (brief or _REFERS.search(half)))
        for item in items:
            alone = f"{half[: items[0].start]}{half[item.start : item.end]}{half[items[-1].end :]}"
            yield Part(alone.strip(" ,;"), (), half[item.start : item.end])

    def at_home(self, text: str) -> tuple[str, ...]:
        """Return the roles that bear the name of the place that a text speaks of: "in a care home"."""
        return next((roles for place in _PLACE.finditer(text) if (roles := self._bearing(place["name"]))), ())

    def _bearing(self, place: str) -> tuple[str, ...]:
        said = forms(place)
        return tuple(role for role, name in self._names.items() if name[: len(said)] == said and name != said)

    def _with_place(self, parts: Sequence[Part], text: str) -> Sequence[Part]:
        """Add the place that one of the halves names to all of them."""
        place = next((one for one in _PLACE.finditer(text) if self._bearing(one["name"])), None)
        if not place:
            return parts
        return [
            part if _PLACE.search(part.text) else replace(part, text=f"{part.text.rstrip('?')} {place.group()}?")
            for part in parts
        ]

    def _with_roles(self, parts: Sequence[Part], roles: Sequence[str]) -> Iterator[Part]:
        """Say which roles each part is about: those that it names, else all, which are put before it."""
        for part in parts:
            mentioned = {role for mention in self._finder.find(part.text, misspelt=True) for role in mention.roles}
            named = tuple(role for role in roles if role in mentioned)
            if named or not roles:
                yield replace(part, roles=named)
            else:
                yield replace(part, roles=tuple(roles), text=f"{' and '.join(roles)}: {part.text}")


def _both_verbs(found: re.Match[str]) -> bool:
    """Say whether the words behind "who" and behind "and" are verbs alike: "who hires ... and fires ...".

    What opens a noun phrase is no verb, and one of the present tense stands beside another one.
    """
    verb, other = found["verb"].casefold(), found["other"].casefold()
    return other not in _DETERMINERS and (verb in _DOING or (verb[-1:] == "s") == (other[-1:] == "s"))
