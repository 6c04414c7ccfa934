"""The people that an article tells of: who does which job ("Lindqvist is the surveyor"), and who is "she" and "he".

Only what the article says plainly is taken: a name beside the role that its bearer has, and a pronoun that never
follows any role but one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.article import Span
from corpus.role_finder import Mention, RoleFinder
from corpus.spelling import is_english
from corpus.words import forms, word_list

_NAME = r"(?P<name>[A-Z][\w’'-]*[a-z](?: (?:[A-Z]\.|[A-Z][\w’'-]*[a-z])){0,2})"
_SAYING = r"(?:says|said|asks|asked|adds|added|explains|explained|tells|told|recalls|recalled|writes|wrote)"
_A = r"(?:(?:an?|the|our|their|its) (?:(?!former\b|retired\b|future\b|deputy\b|assistant\b)[a-z]\w* )?)?$"
# What stands before a role that somebody has: "Lindqvist is the", "Maria, a", "“...,” says Maria, our".
_IS = re.compile(rf"(?:^|[\s“\"]){_NAME} is (?:now )?{_A}")
_BESIDE = re.compile(rf"(?:^|\b{_SAYING} ){_NAME}, {_A}")
_ENDS = re.compile(r"$|[,.;:!?]|\s+(?:at|of|in|for|with|from|on)\b")  # what follows it there
# What stands after one: "the surveyor, Piers Lindqvist,", "a chef called Maria".
_CALLED = re.compile(rf",? (?:called|named) {_NAME}")
_APPOSED = re.compile(rf", {_NAME}(?=[,.;:!?])")
_HONORIFICS = frozenset(["Dr", "Mr", "Mrs", "Ms", "Miss", "Prof", "Professor", "Sir", "Dame", "Captain"])
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_BOTH = re.compile(r" (?:and|or) [A-Z]")
_AND = re.compile(r"\b[A-Z][\w’'-]+ (?:and|or) $")
_LONGEST_NAME = 60  # characters, with the word that joins it to another one

_PRONOUN = re.compile(r"\b(?:(?P<she>she|hers?|herself)|(?P<he>he|his|him|himself))\b", re.I)
Titles = Callable[[str], Sequence[Mention]]

_FEWEST = 2  # times that a pronoun must follow a role before it stands for it


@dataclass(frozen=True, slots=True)
class People:
    """Who has which of an article's roles: by name, and by the pronoun that it keeps for one role alone."""

    names: Mapping[str, str] = field(default_factory=dict)
    pronouns: Mapping[str, str] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()  # names of which it is not known whose they are
    titles: Titles | None = None  # finds job titles of any kind, whose bearers a pronoun may mean as well

    def named(self, sentence: str) -> tuple[Mention, ...]:
        """Return where a sentence names somebody in its own words, not in those that it quotes.

        Somebody beside a person of another job ("Lindqvist and Oduya walk to the gate") stands for no role alone.
        """
        if not self.names:
            return ()
        said = _own_words(sentence)
        found = re.finditer(rf"\b(?:{'|'.join(map(re.escape, self.names))})\b", said)
        places = [(Span(*match.span()), self.names[match[0]]) for match in found]
        alone = [place for place in places if not _has_company(said, place[0])]
        told = alone if len({role for _, role in places}) == 1 else places
        return tuple(Mention(span, (role,)) for span, role in told)

    def meant(self, sentence: str, before: str) -> tuple[str, ...]:
        """Return the roles of the pronouns in a sentence; none where one of them might be somebody else.

        `before` is the sentence before it: of whom that tells, the pronoun may be about as well.
        """
        said = _own_words(sentence) if self.pronouns else ""
        found = [str(match.lastgroup) for match in _PRONOUN.finditer(said)]
        if not found or not self.pronouns.keys() >= set(found):
            return ()
        first = _PRONOUN.search(said)
        if (first and self._tells_of_others(said[: first.start()])) or _first_word(before) in self.strangers:
            return ()
        return tuple(dict.fromkeys(self.pronouns[pronoun] for pronoun in found))

    def _tells_of_others(self, before: str) -> bool:
        """Say whether somebody else is spoken of before a pronoun: "a guest who finds his table taken"."""
        return not word_list("bystanders").isdisjoint(forms(before)) or bool(self.titles and self.titles(before))


NOBODY = People()


def people_of(sections: Sequence[Sequence[str]], finder: RoleFinder, titles: Titles) -> People:
    """Return the people that the sentences of an article's sections tell of."""
    sentences = [sentence for section in sections for sentence in section]
    mentioned = [finder.find(sentence) for sentence in sentences]
    named = People(_names(sentences, mentioned, titles))
    pronouns = _pronouns(sections, mentioned, named)
    strangers = _all_names("\n".join(sentences)) - named.names.keys() if pronouns else frozenset()
    return People(named.names, pronouns, strangers, titles)


def _names(sentences: Sequence[str], mentioned: Sequence[Sequence[Mention]], titles: Titles) -> dict[str, str]:
    text = "\n".join(sentences)
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for sentence, mentions in zip(sentences, mentioned, strict=True):
        for name, role in _introduced(sentence, mentions):
            parts = [part for part in name.split() if part not in _HONORIFICS]
            if parts and not titles(name) and all(_is_name(part, text, whole=len(parts) > 1) for part in parts):
                for part in parts:
                    roles[part].add(role)
    for last in list(roles):
        for first in set(re.findall(rf"\b([A-Z][\w’'-]*[a-z]) {re.escape(last)}\b", text)) - _HONORIFICS - roles.keys():
            if _is_name(first, text, whole=False):
                roles[first] |= roles[last]
    return {name: next(iter(has)) for name, has in roles.items() if len(has) == 1}


def _introduced(sentence: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield the names that stand beside a role as those of people who have it."""
    for mention in mentions:
        before, after = sentence[: mention.span.start], sentence[mention.span.end :]
        if len(mention.roles) > 1:
            continue
        is_one = (_IS.search(before) or _BESIDE.search(before)) if _ENDS.match(after) else None
        apposed = _APPOSED.match(after)
        if apposed and all(is_english(part.casefold()) for part in apposed["name"].split()):
            apposed = None  # "the controller, Human Resources, ..."
        for found in (is_one, _CALLED.match(after), apposed):
            if found:
                yield found["name"], mention.roles[0]


def _is_name(word: str, text: str, *, whole: bool) -> bool:
    """Say whether a capital makes a name of a word, not a sentence that begins with it: "Today, the controller"."""
    if re.search(rf"\b{re.escape(word.casefold())}\b", text):
        return False
    return whole or not is_english(word.casefold()) or re.search(rf"[a-z,;] {re.escape(word)}\b", text) is not None


def _all_names(text: str) -> frozenset[str]:
    found = re.findall(r"(?<=[\w,;] )[A-Z][\w’'-]*[a-z]\b", text)
    return frozenset(name for name in found if name.casefold() not in text)


def _first_word(sentence: str) -> str:
    return re.sub(r"\W.*", "", sentence, flags=re.S)


def _own_words(sentence: str) -> str:
    """Return a sentence with white space for what it quotes."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), sentence)


def _has_company(said: str, name: Span) -> bool:
    return bool(_BOTH.match(said, name.end) or _AND.search(said[max(name.start - _LONGEST_NAME, 0) : name.start]))


def _pronouns(
    sections: Sequence[Sequence[str]], mentioned: Sequence[Sequence[Mention]], people: People
) -> dict[str, str]:
    """Return the pronouns that the article keeps for one role each, where it has another one for another role."""
    heard: dict[str, Counter[str]] = {"she": Counter(), "he": Counter()}
    found = iter(mentioned)
    for section in sections:
        before: tuple[Mention, ...] = ()
        for sentence, mentions in zip(section, found, strict=False):
            everybody = (*mentions, *people.named(sentence))
            if _PRONOUN.search(sentence):
                for pronoun, role in _followed(sentence, everybody, before):
                    heard[pronoun][role] += 1
            before = everybody
    kept = {pronoun: next(iter(roles)) for pronoun, roles in heard.items() if len(roles) == 1}
    return {
        pronoun: role
        for pronoun, role in kept.items()
        if heard[pronoun].total() >= _FEWEST and _is_told_apart(role, heard["he" if pronoun == "she" else "she"])
    }


def _is_told_apart(role: str, other: Collection[str]) -> bool:
    return bool(other) and role not in other


def _followed(sentence: str, mentions: Sequence[Mention], before: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield each pronoun of a sentence with the one role that it can mean: named last, or alone in the one before."""
    for match in _PRONOUN.finditer(_own_words(sentence)):
        earlier = [mention for mention in mentions if mention.span.end <= match.start()]
        known = sorted(earlier, key=lambda mention: mention.span.end)[-1:]
        if not earlier and match.start() == 0:
            known = list(before) if len({mention.roles for mention in before}) == 1 else []
        for mention in known[-1:]:
            if len(mention.roles) == 1:
                yield str(match.lastgroup), mention.roles[0]
