"""Correct typing errors in a question towards the words that the library itself uses."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from corpus.words import comparable

_WORD = re.compile(r"[^\W\d_]+")
_TYPED = re.compile(r"([^\W\d_]+)(['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s$", re.I)
_SHORTEST = 4  # shorter words have too many neighbours one letter away
_SHORT = 4  # of these only a letter left out or two exchanged are forgiven
_LONG = 8  # from here on two errors are forgiven, below one, or two vowels left out
_ERRORS = 2
_OMISSION = 0.5  # a letter left out is the commonest error: it counts for less than a wrong one
_BRITISH = re.compile(r"(?<=[^\W\d_]{3}[iy])s(?=(?:e[drs]?|ers|ing|ations?)$)")  # the dictionary has "organizers" alone
_VOWEL = re.compile(r"[aeiou]")
_DERIVED = (re.compile(r"(?:ers?|ed|ing)$"), re.compile(r"(?<=e)(?:rs?|d)$"))  # "influencer", which no dictionary lists
_PLURAL = re.compile(r"(?<=[^\Wsuiaey\d_])s$|(?<=[^aeiou]e)s$")  # "maths", "standups"; not "busines"
_PREFIX = re.compile(r"(?:off|on|up|out|over|under|back|down|pre|un|non|sub|inter|multi|micro|super|cross)(?=\w{5})")
_AGENT = re.compile(r"er(?=s?$)")
_EVERYDAY = 2_000  # how often one that everybody uses was counted at least
_SIBILANT = re.compile(r"(?:(?<=[sxz])|(?<=[cs]h))es$")
_FAR_COMMONER = 2
_COMMON = 100  # how often a word must have been counted for the dictionary to be no error in what it was counted in


class Spelling:
    """Knows the words of some texts and puts misspelt ones of a question right.

    Words of the English dictionary stay as they are, and so do numbers and names: a capital letter alone, within a
    sentence, marks a name.
    """

    def __init__(self, texts: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        """Correct towards the words of `texts`; words that stand in `ordinary` are right as well."""
        self._count = Counter(word.casefold() for text in texts for word in _WORD.findall(text))
        right = set(self._count) | {word.casefold() for text in ordinary for word in _WORD.findall(text)}
        self._known = right | {comparable(word) for word in right}
        self._by_initial: dict[str, list[str]] = {}
        for word in sorted(self._count):
            if len(word) >= _SHORTEST:
                self._by_initial.setdefault(word[0], []).append(word)

    def corrected(self, text: str) -> str:
        """Return `text` with each unknown word replaced by the likeliest known word that is a typing error away."""
        shouted = text.isupper()
        return _TYPED.sub(lambda match: self._typed(match, folded=shouted or match.start() == 0), text)

    def _typed(self, match: re.Match[str], *, folded: bool) -> str:
        """Correct one word; a capital letter marks a name unless it is to be `folded`."""
        word, ending = match[1], match[2] or ""
        contracted = bool(ending) and not _POSSESSIVE.match(ending)  # "shouldn't"
        name = word[0].isupper() and not folded
        return match.group() if contracted or name else f"{self._word(word)}{ending}"

    def _word(self, word: str) -> str:
        form = word.casefold()
        right = {form, comparable(form)} & self._known or is_english(form) or _is_formed(form)
        if right or len(form) < _SHORTEST:
            return word
        found = process.extract(
            form, self._by_initial.get(form[0], []), scorer=OSA.distance, score_cutoff=_ERRORS, limit=None
        )
        near = [(str(word), int(errors)) for word, errors, _ in found]
        forgiven = _slip if _is_derived(form) else _forgiven
        likely = [(known, errors) for known, errors in near if forgiven(form, known, errors)]
        return min(likely, key=lambda item: self._unlikeliness(form, *item), default=(word, 0))[0]

    def _unlikeliness(self, form: str, near: str, errors: int) -> tuple[float, int, str]:
        return errors - _OMISSION * _omits(form, near), -self._count[near], near


def is_english(form: str) -> bool:
    """Say whether a word in lower case stands in the dictionary, in American or in British spelling."""
    return form in english_words() or _BRITISH.sub("z", form) in english_words()


def is_everyday(form: str) -> bool:
    """Say whether a word in lower case is one that people use daily: "cow", not "coo"."""
    return _dictionary()[form] > _EVERYDAY


def is_verb(form: str) -> bool:
    """Say whether a word in -s is a verb rather than a plural: its past is far commoner ("hires", not "tools").

    Where English knows no such past, what counts is "-ing": "writes".
    """
    base = _SIBILANT.sub("", form) if _SIBILANT.search(form) else form[:-1]
    base = f"{base[:-2]}y" if form.endswith("ies") else base
    stems = {base, base.removesuffix("e"), base + base[-1:], f"{base[:-1]}i" if base.endswith("y") else base}
    past, going = (max(_dictionary()[stem + ending] for stem in stems) for ending in ("ed", "ing"))
    return (past or going) > _FAR_COMMONER * _dictionary()[form]


def is_comparative(form: str) -> bool:
    """Say whether a word in lower case is an adjective raised: "bigger" beside "biggest"; "reminder" is none."""
    pairs = ("er", "est"), ("est", "er")
    return any(form.endswith(end) and is_english(form.removesuffix(end) + other) for end, other in pairs)


def _is_formed(form: str) -> bool:
    """Say whether a word is the plural of one of the dictionary, or one with a prefix: "maths", "offboarding"."""
    stems = {_PLURAL.sub("", form), _PREFIX.sub("", form)} - {form}
    return any(_dictionary()[stem] > _COMMON for stem in stems)


def _is_derived(form: str) -> bool:
    """Say whether a word is made of one of the dictionary: "influencer"."""
    stems = [ending.sub("", form) for ending in _DERIVED]
    return any(stem != form and len(stem) > _SHORTEST and is_english(stem) for stem in stems)


def _slip(form: str, near: str, errors: int) -> bool:
    """Say whether a word that is well made is none all the same: "controler", "auditer"."""
    return errors == 1 and (_omits(form, near) or _AGENT.sub("or", form) == near)


def _forgiven(form: str, near: str, errors: int) -> bool:
    if len(form) <= _SHORT:
        swapped = sorted(form) == sorted(near)
        return errors == 1 and form[-1] == near[-1] and (swapped or _omits(form, near))
    return errors == 1 or len(form) >= _LONG or (_omits(form, near) and _VOWEL.sub("", form) == _VOWEL.sub("", near))


def _omits(form: str, near: str) -> bool:
    """Say whether `form` is `near` with letters left out."""
    letters = iter(near)
    return len(form) < len(near) and all(letter in letters for letter in form)


@functools.cache
def english_words() -> frozenset[str]:
    """Return the English words of the dictionary, in lower case."""
    return frozenset(_dictionary())


@functools.cache
def _dictionary() -> Counter[str]:
    """Return how often each English word was counted."""
    return Counter(dict(SpellChecker(language="en").word_frequency.items()))
