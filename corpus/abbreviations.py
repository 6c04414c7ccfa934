"""Short names that an article gives its roles itself: "the personal trainer (PT)", "a PT (personal trainer)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.article import Article
from corpus.catalogue import Catalogue, Role
from corpus.spelling import is_everyday
from corpus.words import forms, word_list

_LONGEST = 60  # characters of what stands in brackets, or before them, that may be a name
_IN_BRACKETS = re.compile(rf"\(([^()\n]{{2,{_LONGEST}}})\)")
_SAID_BESIDE = re.compile(
    r"^(?:(?:or|also|an?|the|short for|i\.e\.|called)\s+)*[\"“'‘]?|[\"”'’]?(?:,? for short)?$", re.I
)
_LETTERS = re.compile(r"[A-Z][A-Za-z&./-]{0,8}[A-Za-z]")
_LAST_WORD = re.compile(r"(?:^|(?<=[\s“\"]))([A-Za-z&./-]+)\s*$")
_CAPITALS = 2  # that an abbreviation has at least
_SHORTEST_WORD = 3  # letters that may be a word of everyday; the shorter ones are listed
_SMALL = word_list("function")
_ORDINARY = _SMALL | word_list("chat")


def catalogue_of(articles: Iterable[Article], catalogue: Catalogue) -> Catalogue:
    """Return a catalogue that also knows the roles of some articles, by their names and by those that these define."""
    some = tuple(articles)
    named = catalogue.with_roles(sorted({role for article in some for role in article.roles}))
    known = dict(named.roles)
    for article in some:
        known |= {role: _abbreviated(known[role], article.text) for role in article.roles}
    return named.with_roles(known.values())


def with_abbreviations(catalogue: Catalogue, text: str, roles: Sequence[str]) -> Catalogue:
    """Return a catalogue that also knows the short names that a text defines for some roles."""
    return catalogue.with_roles([_abbreviated(catalogue.roles.get(role, Role(role)), text) for role in roles])


def _abbreviated(role: Role, text: str) -> Role:
    """Return a role with the short names that a text defines for it."""
    defined = _defined(text, role) if "(" in text else ()
    return replace(role, aliases=(*role.aliases, *defined)) if defined else role


def _defined(text: str, role: Role) -> tuple[str, ...]:
    """Return the short names in brackets behind a name of a role, or before one in brackets, that it has not yet."""
    names = {forms(name): name for name in (role.name, *role.aliases)}
    short: dict[str, None] = {}
    for found in _IN_BRACKETS.finditer(text):
        inside, before = _SAID_BESIDE.sub("", found[1].strip()), text[max(found.start() - _LONGEST, 0) : found.start()]
        last = _LAST_WORD.search(before)
        if named := names.get(forms(inside)):
            short |= {last[1].removesuffix("s"): None} if last and _abbreviates(last[1], named) else {}
        elif named := next((name for key, name in names.items() if forms(before)[-len(key) :] == key), None):
            short |= {inside.removesuffix("s"): None} if _abbreviates(inside, named) else {}
    return tuple(name for name in short if forms(name) not in names and not _is_a_word(name, text))


def _abbreviates(short: str, name: str) -> bool:
    """Say whether letters are made of the beginnings of a name's words: "PT", "HRBP", "DoP", "SysAdmin"."""
    written = short.removesuffix("s")
    letters = re.sub(r"[^a-z]", "", written.casefold())
    spelt = re.findall(r"[^\W_]+", name.casefold())
    capitals = sum(map(str.isupper, written))
    return bool(_LETTERS.fullmatch(written)) and capitals >= _CAPITALS and _begins_each(letters, spelt)


def _begins_each(letters: str, spelt: Sequence[str]) -> bool:
    if not spelt:
        return not letters
    first, rest = spelt[0], spelt[1:]
    if first in _SMALL and _begins_each(letters, rest):
        return True
    ends = range(1, min(len(first), len(letters)) + 1)
    return any(letters[:end] == first[:end] and _begins_each(letters[end:], rest) for end in ends)


def _is_a_word(short: str, text: str) -> bool:
    """Say whether the letters are an ordinary word, or are written like one in the text."""
    form = "".join(forms(short))
    everyday = len(form) >= _SHORTEST_WORD and is_everyday(form)
    return form in _ORDINARY or everyday or bool(re.search(rf"\b{re.escape(short.casefold())}\b", text))
