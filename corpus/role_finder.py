"""Find the names of roles in any text: longest name first, typing errors included."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.article import Span
from corpus.words import Word, forms, word_list, words

Names = Mapping[tuple[str, ...], tuple[str, ...]]

_SHORTEST_MISSPELT = 5  # shorter words have too many neighbours one letter away
_SHORTEST_MISSPELT_ALONE = 8  # a misspelt name of one word has no second word to confirm it
_LONG_WORD = 8  # from here on two wrong letters are forgiven, below one

_POSSESSIVE = re.compile(r"['’]s$")
_NO_KIND: frozenset[str] = frozenset().union(
    *(word_list(name) for name in ("function", "plain", "grades", "comparing", "describing"))
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names a role. More than one role: the name is ambiguous."""

    span: Span
    roles: tuple[str, ...]


class RoleFinder:
    """Names mapped to roles, ready to be found in texts."""

    def __init__(self, names: Names, short: Collection[tuple[str, ...]] = ()) -> None:
        """Find `names`; those of them that are `short` count only where no other word makes another title of them.

        With the short name "nurse", a "dental nurse" is not found.
        """
        self._names = dict(names)
        self._short = frozenset(short)
        self._longest = max((len(name) for name in names), default=0)
        self._vocabulary = sorted({word for name in names for word in name if len(word) >= _SHORTEST_MISSPELT})

    def find(self, text: str, *, misspelt: bool = False) -> tuple[Mention, ...]:
        """Return the mentions in `text` in reading order; with `misspelt`, also names with typing errors."""
        found = words(text)
        mentions = self._mentions(text, found, [word.form for word in found])
        if misspelt:
            corrected = [self._corrected(word.form) for word in found]
            taken = [mention.span for mention in mentions]
            for mention in self._mentions(text, found, corrected):
                if not any(_overlap(mention.span, span) for span in taken) and _credible(mention, found, corrected):
                    mentions.append(mention)
        return tuple(sorted(mentions, key=lambda mention: mention.span.start))

    def _mentions(self, text: str, found: Sequence[Word], spelt: Sequence[str]) -> list[Mention]:
        mentions, at = [], 0
        while at < len(found):
            longest = min(self._longest, len(found) - at)
            size = next((n for n in range(longest, 0, -1) if tuple(spelt[at : at + n]) in self._names), 0)
            if size and not (tuple(spelt[at : at + size]) in self._short and _has_kind(text, found, at)):
                span = Span(found[at].span.start, found[at + size - 1].span.end)
                mentions.append(Mention(span, self._names[tuple(spelt[at : at + size])]))
            at += size or 1
        return mentions

    def _corrected(self, form: str) -> str:
        if len(form) < _SHORTEST_MISSPELT or form in self._vocabulary:
            return form
        wrong_letters = 2 if len(form) >= _LONG_WORD else 1
        match = process.extractOne(form, self._vocabulary, scorer=OSA.distance, score_cutoff=wrong_letters)
        if match is None or match[0][0] != form[0] or match[0].startswith(form):
            return form  # "manage" is a verb, not a misspelt "manager"
        return str(match[0])


def names_of(roles: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """Key every name by its comparable words. A role's own name beats another role's alias of the same words."""
    listed = [(role, tuple(aliases)) for role, aliases in roles]
    own = {forms(role): (role,) for role, _ in listed}
    table: dict[tuple[str, ...], tuple[str, ...]] = dict(own)
    for role, aliases in listed:
        for key in (forms(alias) for alias in aliases):
            if key and key not in own and role not in table.get(key, ()):
                table[key] = (*table.get(key, ()), role)
    return table


def _has_kind(text: str, found: Sequence[Word], at: int) -> bool:
    """Say whether a content word stands right before a word ("dental" before "nurse"), and no possessive does."""
    if at == 0 or found[at].span.start - found[at - 1].span.end != 1:
        return False
    before = found[at - 1]
    return before.form not in _NO_KIND and not _POSSESSIVE.search(text[before.span.start : before.span.end])


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _credible(mention: Mention, found: Sequence[Word], corrected: Sequence[str]) -> bool:
    inside = [n for n, word in enumerate(found) if _overlap(word.span, mention.span)]
    return len(inside) > 1 or len(corrected[inside[0]]) >= _SHORTEST_MISSPELT_ALONE
