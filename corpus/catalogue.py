"""The roles and topics that the assistant knows by name. Data in `corpus/names/*.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.pair_finder import PairFinder, telling_parts, turned_round
from corpus.role_finder import Mention, Names, RoleFinder, names_of, sizes
from corpus.spelling import is_everyday
from corpus.words import NAMES_FOLDER, forms, word_list, words

_SHORTEST_WORD = 3  # letters of initials that may be taken for a word; the short words are few and listed
_LONGEST_CHOICE = 4  # initials that more roles share say nothing
SUMMARY = "summary"  # the topic of a conclusion: it repeats, and need not speak of every role


@dataclass(frozen=True, slots=True)
class Role:
    """A role, the other names that people use for it alone, and ambiguous ones that it shares with other roles."""

    name: str
    aliases: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def other_names(self) -> tuple[str, ...]:
        """Every name but its own."""
        return self.aliases + self.shared


@dataclass(frozen=True, slots=True)
class Topic:
    """What a section can be about. `usually_left_out`: asked for often, treated rarely (pay, degrees, ...)."""

    name: str
    phrases: tuple[tuple[str, ...], ...]
    usually_left_out: bool = False


class Catalogue:
    """Finds roles and topics in any text."""

    def __init__(
        self,
        roles: Iterable[Role],
        topics: Iterable[Topic],
        titles: Mapping[str, Iterable[str]],
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Take roles and topics, the nouns of job titles by kind, and the topics of headings that do not name them."""
        self._headings = dict(headings or {})
        self._topic_of = {forms(heading): topic for heading, topic in self._headings.items()}
        self.roles = {role.name: role for role in roles}
        self.topics = tuple(topics)
        self._order = {topic.name: at for at, topic in enumerate(self.topics)}
        self._topics_with: dict[tuple[str, ...], list[str]] = {}
        for topic in self.topics:
            for phrase in topic.phrases:
                self._topics_with.setdefault(phrase, []).append(topic.name)
        self._topic_sizes = sizes(self._topics_with)
        self._titles = {kind: tuple(nouns) for kind, nouns in titles.items()}
        self._finder = RoleFinder(names_of((role.name, role.other_names) for role in self.roles.values()))
        self._title_nouns = RoleFinder(names_of((noun, ()) for noun in self._titles["nouns"]))
        self._generic = {forms(noun) for noun in self._titles["generic"]}

    def with_roles(self, roles: Iterable[str | Role]) -> Catalogue:
        """Return a catalogue that also knows these roles; a role that is more than a name replaces its namesake."""
        given = (self.roles.get(role, Role(role)) if isinstance(role, str) else role for role in roles)
        known = self.roles | {role.name: role for role in given}
        return self if known == self.roles else Catalogue(known.values(), self.topics, self._titles, self._headings)

    def find_roles(self, text: str, *, misspelt: bool = True) -> tuple[Mention, ...]:
        """Return where `text` names roles, in reading order."""
        return self._finder.find(text, misspelt=misspelt)

    def finder_for(self, roles: Iterable[str]) -> RoleFinder:
        """Return a finder for these roles alone, which also takes their short names ("the controller")."""
        known = [self.roles.get(name, Role(name)) for name in roles]
        names = {**self._short_names(known), **names_of((role.name, role.other_names) for role in known)}
        return RoleFinder(names, _short(names, known))

    def finder_within(self, roles: Iterable[str], partners: Mapping[str, Sequence[str]] | None = None) -> PairFinder:
        """Return a finder for a library of these roles; other roles are found by the names that are left over.

        `partners` are the roles that each is compared with: beside it, a part of their names is enough.
        """
        known = [self.roles.get(name, Role(name)) for name in roles]
        own = names_of((role.name, role.other_names) for role in known)
        own = {**turned_round(own, self._titles["nouns"]), **own}
        others = names_of((role.name, role.other_names) for role in self.roles.values())
        initials, run_together = _initials(known), _run_together(own)
        names = {**others, **self._short_names(known), **run_together, **initials, **_with_initials(own, initials)}
        acronyms = {*initials, *_acronyms(self.roles.values())}
        named = {role.name: (role.name, *role.aliases) for role in self.roles.values()}
        parts = {
            role: telling_parts([role], {other: named.get(other, (other,)) for other in others})
            for role, others in (partners or {}).items()
        }
        short = _short(names, self.roles.values()) - acronyms - run_together.keys()
        words_too = [key for key in initials if len(key[0]) >= _SHORTEST_WORD and is_everyday(key[0])]
        return PairFinder(names, short, abbreviated=_name_words(known), parts=parts, in_capitals=words_too)

    def _short_names(self, roles: Sequence[Role]) -> Names:
        """Return the endings of role names ("controller", "support manager") that only one of the roles has."""
        nouns = {spelt[0] for noun in self._titles["nouns"] if len(spelt := forms(noun)) == 1}
        bearers, no_bearers = (self._titles.get(name, ()) for name in ("bearers", "no_bearers"))
        endings: dict[tuple[str, ...], list[str]] = {}
        for role in roles:
            head = forms(role.name.split(" of ")[0])
            for at in range(len(head)):
                if head[-1] in nouns or (_ends(head[-1], bearers) and head[-1] not in no_bearers):
                    endings.setdefault(head[at:], []).append(role.name)
        return {ending: (names[0],) for ending, names in endings.items() if len(names) == 1}

    def canonical_role(self, name: str) -> str:
        """Return the catalogue's name for a role when `name` is exactly one of its names, else `name` itself."""
        mentions = self._finder.find(name)
        whole = len(mentions) == 1 and mentions[0].span.end - mentions[0].span.start == len(name.strip().rstrip("."))
        return mentions[0].roles[0] if whole and len(mentions[0].roles) == 1 else name

    def words(self) -> tuple[str, ...]:
        """Return every name and phrase that the catalogue knows, as written or in comparable form."""
        names = (name for role in self.roles.values() for name in (role.name, *role.other_names))
        phrases = (" ".join(phrase) for topic in self.topics for phrase in topic.phrases)
        return (*names, *phrases, *self._titles["nouns"], *_common_words())

    def find_titles(self, text: str) -> tuple[Mention, ...]:
        """Return job titles in `text` by their last noun or how it ends, whether the catalogue has the role or not."""
        named = self._title_nouns.find(text)
        taken = {mention.span.end for mention in named}
        ending = (word.span for word in words(text) if _ends(word.form, self._titles.get("endings", ())))
        made = (Mention(span, ()) for span in ending if span.end not in taken)
        return tuple(sorted((*named, *made), key=lambda mention: mention.span.start))

    def is_generic(self, title: str) -> bool:
        """Say whether a job noun alone names no particular role ("manager")."""
        return forms(title) in self._generic

    def find_topics(self, text: str) -> tuple[str, ...]:
        """Return the names of the topics that `text` has words of, the one with most words first.

        Words within a longer phrase say nothing of their own: whoever "pays for" fuel is not asked about pay.
        """
        weights: Counter[str] = Counter()
        if self._topic_sizes.keys().isdisjoint(spelt := forms(text)):
            return ()
        for phrase in {spelt[start:end] for start, end in self._longest(spelt)}:
            for name in self._topics_with.get(phrase, ()):
                weights[name] += len(phrase) ** 2  # a longer phrase says more
        return tuple(sorted(weights, key=lambda name: (-weights[name], self._order[name])))

    def _longest(self, spelt: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield where the phrases of topics stand that lie within no longer one."""
        reach = 0
        for at, form in enumerate(spelt):
            ends = {at + size for size in self._topic_sizes.get(form, ()) if spelt[at : at + size] in self._topics_with}
            if ends and max(ends) > reach:
                reach = max(ends)
                yield at, reach

    def besides_topics(self, text: str) -> tuple[str, ...]:
        """Return the comparable words of `text` that stand in none of the topic phrases in it."""
        spelt = forms(text)
        spoken_for = {at for start, end in self._longest(spelt) for at in range(start, end)}
        return tuple(form for at, form in enumerate(spelt) if at not in spoken_for)

    def topic_of_heading(self, heading: str) -> str | None:
        """Return the topic that a heading stands for, or None."""
        return self._topic_of.get(forms(heading)) or next(iter(self.find_topics(heading)), None)

    def left_out(self, topic: str) -> bool:
        """Say whether comparison articles usually leave this topic out."""
        return any(known.name == topic and known.usually_left_out for known in self.topics)


def _ends(form: str, endings: Sequence[str]) -> bool:
    return any(form.endswith(ending) and form != ending for ending in endings)


def _short(names: Names, roles: Iterable[Role]) -> frozenset[tuple[str, ...]]:
    """Return the names of one word that are not the whole name of a role."""
    whole = {forms(role.name) for role in roles}
    return frozenset(name for name in names if len(name) == 1 and name not in whole)


def _acronyms(roles: Iterable[Role]) -> set[tuple[str, ...]]:
    """Return the names that are letters only ("COO"): a word before them makes no other title of them."""
    return {forms(name) for role in roles for name in role.other_names if name.isupper() and name.isalpha()}


def _initials(roles: Sequence[Role]) -> Names:
    """Return the initials of role names ("PM") that one of the roles has, or few; ordinary words are left out."""
    ordinary = word_list("function") | word_list("chat")
    spelt: dict[tuple[str, ...], tuple[str, ...]] = {}
    for role in roles:
        key = ("".join(word[0] for word in forms(role.name)),)
        if len(key[0]) > 1 and key[0] not in ordinary:
            spelt[key] = (*spelt.get(key, ()), role.name)
    return {key: names for key, names in spelt.items() if len(names) <= _LONGEST_CHOICE}


def _with_initials(own: Names, initials: Names) -> Names:
    """Return the names of roles, those shared with roles of the same initials: "FM" is a facilities or fleet manager.

    Of a name that several roles have anyway it is known whom people mean.
    """
    shared = {key: tuple(dict.fromkeys((*roles, *initials.get(key, ())))) for key, roles in own.items()}
    return {key: shared[key] if len(own[key]) == 1 and len(shared[key]) <= _LONGEST_CHOICE else own[key] for key in own}


def _run_together(names: Names) -> Names:
    """Return the names of two words or more as they are typed without a space: "datascientist"."""
    return {("".join(name),): roles for name, roles in names.items() if len(name) > 1}


def _name_words(roles: Sequence[Role]) -> Names:
    """Return the roles whose names have two words or more, by their words."""
    return {key: (role.name,) for role in roles if len(key := forms(role.name)) > 1}


@functools.cache
def shipped_catalogue() -> Catalogue:
    """Read the catalogue that comes with the package."""
    names = _table("roles")
    shared = {
        row["name"]: [name for name, of in names["ambiguous"].items() if row["name"] in of] for row in names["roles"]
    }
    roles = [Role(row["name"], tuple(row["aliases"]), tuple(shared[row["name"]])) for row in names["roles"]]
    topics = [
        Topic(row["name"], tuple(forms(phrase) for phrase in row["words"]), row.get("usually_left_out", False))
        for row in _table("topics")["topics"]
    ]
    headings = {heading: topic for topic, named in _table("headings").items() for heading in named}
    return Catalogue(roles, topics, _table("titles"), headings)


def _common_words() -> tuple[str, ...]:
    return tuple(
        word for name in ("function", "plain", "follow_up", "comparing", "describing") for word in word_list(name)
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((NAMES_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
