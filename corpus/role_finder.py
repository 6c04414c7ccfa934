"""Find the names of roles in any text: longest name first, typing errors included."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.article import Span
from corpus.spelling import is_english
from corpus.words import Word, forms, word_list, words

Names = Mapping[tuple[str, ...], tuple[str, ...]]

_SHORTEST_MISSPELT = 5  # shorter words have too many neighbours one letter away
_SHORTEST_MISSPELT_ALONE = 8  # a misspelt name of one word has no second word to confirm it
_LONG_WORD = 8  # from here on two wrong letters are forgiven, below one

_SHORTEST_CUT = 3  # letters that stay when a word is cut short
_VOWELS = frozenset("aeiou")
_MOST_KINDS = 3  # content words before the noun of a title: "deep sea fisherman"

_POSSESSIVE = re.compile(r"['’]s$")
_PARTED = re.compile(r"[;?!:/+]")  # never stands inside a name
_NO_WORD = re.compile(r"\W*(?:\d\w*|\w)\W*")  # a number or a single letter
_NO_KIND: frozenset[str] = frozenset().union(
    *(word_list(name) for name in ("function", "plain", "grades", "comparing", "describing", "no_kinds"))
)
_OPENERS = word_list("title_openers") | word_list("determiners")
_DETERMINERS = word_list("determiners")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names a role. More than one role: the name is ambiguous."""

    span: Span
    roles: tuple[str, ...]


class RoleFinder:
    """Names mapped to roles, ready to be found in texts."""

    def __init__(
        self, names: Names, short: Collection[tuple[str, ...]] = (), *, abbreviated: Names | None = None
    ) -> None:
        """Find `names`; those of them that are `short` count only where no other word makes another title of them.

        With the short name "nurse", a "dental nurse" is not found. Of the names that may be `abbreviated`, all words
        but the last may be cut short where typing errors are forgiven: "fin controller".
        """
        self._names = dict(names)
        self._short = frozenset(short)
        self._sizes = sizes(names)
        self._vocabulary = sorted({word for name in names for word in name if len(word) >= _SHORTEST_MISSPELT})
        self._known_words = frozenset(self._vocabulary)
        self._telling = _telling(names)
        self._read: dict[str, tuple[Mention, ...]] = {}
        self._by_last_word: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for name, roles in (abbreviated or {}).items():
            self._by_last_word.setdefault(name[-1], []).append((name, roles))

    def having_read(self, texts: Iterable[str]) -> RoleFinder:
        """Return a finder that knows at once what it finds in these texts."""
        reader = copy(self)
        reader._read = {text: self.find(text) for text in dict.fromkeys(texts)}
        return reader

    def find(self, text: str, *, misspelt: bool = False) -> tuple[Mention, ...]:
        """Return the mentions in `text` in reading order; with `misspelt`, also names with typing errors."""
        if not misspelt and text in self._read:
            return self._read[text]
        spelt = forms(text)
        if not misspelt and self._sizes.keys().isdisjoint(spelt):
            return ()
        found = words(text)
        mentions = self._mentions(text, found, spelt, typed=misspelt)
        if misspelt:
            corrected = [self._corrected(word.form, text[word.start : word.end]) for word in found]
            for mention in self._cut_short(text, found, corrected):
                if not any(_overlap(mention.span, other.span) for other in mentions):
                    mentions.append(mention)
            taken = [mention.span for mention in mentions]
            for mention in self._mentions(text, found, corrected, typed=True):
                if not any(_overlap(mention.span, span) for span in taken) and _credible(mention, found, corrected):
                    mentions.append(mention)
            mentions.sort(key=lambda mention: mention.span.start)
        return tuple(mentions)

    def hints(self, text: str) -> frozenset[str]:
        """Return the roles of whose names `text` has a word that the names of no other role have: "procurement"."""
        return frozenset(role for form in forms(text) for role in self._telling.get(form, ()))

    def _cut_short(self, text: str, found: Sequence[Word], spelt: Sequence[str]) -> Iterator[Mention]:
        """Yield the names of which words are cut short, with every role that they may stand for."""
        for at, last in enumerate(spelt):
            names = self._by_last_word.get(last, ())
            fitting = [
                (name, roles) for name, roles in names if _abbreviates(spelt[max(at + 1 - len(name), 0) : at], name)
            ]
            whole = [(name, roles) for name, roles in fitting if name[0][-1] == spelt[at + 1 - len(name)][-1]]
            for name, _ in fitting[:1]:
                inside = Span(found[at + 1 - len(name)].start, found[at].end)
                if not _PARTED.search(text[inside.start : inside.end]) and "," not in text[inside.start : inside.end]:
                    yield Mention(inside, tuple(dict.fromkeys(role for _, roles in whole or fitting for role in roles)))

    def _mentions(self, text: str, found: Sequence[Word], spelt: Sequence[str], *, typed: bool) -> list[Mention]:
        mentions: list[Mention] = []
        end = 0  # of the name found last
        for at in [at for at, form in enumerate(spelt) if form in self._sizes]:
            left = len(found) - at
            possible = self._sizes[spelt[at]] if at >= end else ()
            fitting = [size for size in possible if size <= left and self._is_name(text, found, spelt, at, size)]
            if not fitting:
                continue
            end = at + fitting[0]
            if not (tuple(spelt[at:end]) in self._short and _has_kind(text, found, at, typed=typed)):
                span = Span(found[at].start, found[end - 1].end)
                mentions.append(Mention(span, self._names[tuple(spelt[at:end])]))
        return mentions

    def _is_name(self, text: str, found: Sequence[Word], spelt: Sequence[str], at: int, size: int) -> bool:
        """Say whether words that stand together are a name; the pronoun of "where does it lead" begins none."""
        if tuple(spelt[at : at + size]) not in self._names:
            return False
        if size == 1:
            return True
        inside = text[found[at].start : found[at + size - 1].end]
        if inside.startswith("it ") and at and found[at - 1].form not in _DETERMINERS and not inside.endswith("r"):
            return False
        listed = "," in inside and (found[at].form in _NO_KIND or self._begins_another(text, found, spelt, at, size))
        return not _PARTED.search(inside) and not listed  # "who does it, manager or chef?"

    def _begins_another(self, text: str, found: Sequence[Word], spelt: Sequence[str], at: int, size: int) -> bool:
        """Say whether what stands behind a comma begins a name that goes on: "who leads a kitchen, head chef?"."""
        end = at + size
        behind = [place for place in range(at + 1, end) if "," in text[found[place - 1].end : found[place].start]]
        return any(
            place + longer > end and tuple(spelt[place : place + longer]) in self._names
            for place in behind
            for longer in self._sizes.get(spelt[place], ())
        )

    def _corrected(self, form: str, written: str) -> str:
        if len(form) < _SHORTEST_MISSPELT or form in self._known_words:
            return form
        if is_english(form) or is_english(written.casefold()):
            return form  # "inspection" is no misspelt "inspector"
        wrong_letters = 2 if len(form) >= _LONG_WORD else 1
        match = process.extractOne(form, self._vocabulary, scorer=OSA.distance, score_cutoff=wrong_letters)
        if match is None or match[0][0] != form[0] or match[0].startswith(form):
            return form  # "manage" is a verb, not a misspelt "manager"
        return str(match[0])


def _telling(names: Names) -> dict[str, set[str]]:
    """Return the role of every word that the own name of one role alone has, its other names left aside."""
    roles: dict[str, set[str]] = {}
    for name in {forms(role): role for named in names.values() for role in named}.items():
        for word in set(name[0]) - _NO_KIND:
            roles.setdefault(word, set()).add(name[1])
    return {word: named for word, named in roles.items() if len(named) == 1}


def sizes(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """Return how many words the names have that begin with each word, longest first: most words begin none."""
    found: dict[str, set[int]] = {}
    for name in names:
        if name:
            found.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


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


def _abbreviates(written: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether words are those of a name before its last, or cut short: "fin" or "fncl" from "financial"."""
    return len(written) == len(name) - 1 and all(
        one == whole or (one not in _NO_KIND and _cut(one, whole)) for one, whole in zip(written, name, strict=False)
    )


def _cut(short: str, whole: str) -> bool:
    if short[0] != whole[0] or not _SHORTEST_CUT <= len(short) < len(whole):
        return False
    rest = iter(whole[1:])
    inside = all(letter in rest for letter in short[1:])
    return whole.startswith(short) or (inside and (short[-1] == whole[-1] or not _VOWELS & set(short[1:])))


def kind_before(text: str, found: Sequence[Word], at: int) -> int:
    """Return the place of the first of the content words that stand right before a word ("dental" before "nurse").

    None do when the place is `at` itself: nothing but a possessive, a number or a small word stands there, or what
    stands there opens no title ("a lawyer may refuse consultants").
    """
    first = at
    while first and found[first].start - found[first - 1].end == 1 and _may_be_kind(text, found[first - 1]):
        first -= 1
        if at - first > _MOST_KINDS:
            return at
    if first == 0:
        return first if at <= 1 else at
    beside = not text[found[first - 1].end : found[first].start].strip()
    opened = found[first - 1].form in _OPENERS if beside else True
    return first if opened and at - first <= _MOST_KINDS else at


def _has_kind(text: str, found: Sequence[Word], at: int, *, typed: bool) -> bool:
    """Say whether a content word stands right before a word and makes another title of it.

    What is `typed` in a hurry strings words together; there a title needs a word that opens it.
    """
    if typed:
        return kind_before(text, found, at) < at
    beside = at > 0 and found[at].start - found[at - 1].end == 1
    return beside and _may_be_kind(text, found[at - 1])


def _may_be_kind(text: str, word: Word) -> bool:
    written = text[word.start : word.end]
    return word.form not in _NO_KIND and not _POSSESSIVE.search(written) and not _NO_WORD.fullmatch(written)


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def _credible(mention: Mention, found: Sequence[Word], corrected: Sequence[str]) -> bool:
    inside = [n for n, word in enumerate(found) if _overlap(word.span, mention.span)]
    return len(inside) > 1 or len(corrected[inside[0]]) >= _SHORTEST_MISSPELT_ALONE
