"""Words as names are compared by: lower case, singular, one spelling. Offsets point into the text as written."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from corpus.article import Span

NAMES_FOLDER = Path(__file__).parent / "names"

_WORD = re.compile(r"[^\W_]+(?:[&.][^\W_]+)*(?:['’][^\W_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
# "C.E.O.", "V.P."; a time of day is no product manager, and a country not us
_DOTTED = re.compile(r"(?!(?:A\.M|P\.M|U\.S)$)[A-Z](?:\.[A-Z])+(?:\.?s)?$")
_SHORTEST_PLURAL = 4  # "ops", "its" and "his" are no plurals


class Word(NamedTuple):
    """One word of a text: its comparable form, and where it stands. A tuple, as texts have many of them."""

    form: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return where the word stands."""
        return Span(self.start, self.end)


_word = functools.partial(tuple.__new__, Word)  # what Word() comes to, in a third of its time

# The same sentence is looked at several times in a row, by its words or by their forms.


@functools.lru_cache(maxsize=2_048)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in their comparable form, in order."""
    found = zip(forms(text), _WORD.finditer(text), strict=True)
    return tuple([_word((form, *match.span())) for form, match in found])


@functools.lru_cache(maxsize=2_048)
def forms(text: str) -> tuple[str, ...]:
    """Return only the comparable forms, as names are keyed by."""
    return tuple(map(comparable, _WORD.findall(text)))


@functools.lru_cache(maxsize=65_536)
def comparable(word: str) -> str:
    """Return the form under which a word is compared: folded, without possessive or plural, in one spelling."""
    written = _POSSESSIVE.sub("", word)
    form = (written.replace(".", "").removesuffix("s") if _DOTTED.match(written) else written).casefold()
    return _spellings().get(form) or _spellings().get(_singular(form)) or _singular(form)


def spellings(form: str) -> tuple[str, ...]:
    """Return a comparable form and every other spelling that is compared as it."""
    return (form, *(variant for variant, word in _spellings().items() if word == form))


def _singular(form: str) -> str:
    if len(form) < _SHORTEST_PLURAL or form.endswith(("ss", "us", "is")) or not form.endswith("s"):
        return form
    if form.endswith("ies"):
        return form[:-3] + "y"
    if form.endswith(("ches", "shes", "xes", "sses")):
        return form[:-2]
    return form[:-1]


@functools.cache
def word_list(name: str) -> frozenset[str]:
    """Return one list of `corpus/names/function_words.toml`: words that carry no content of a certain kind."""
    table = tomllib.loads((NAMES_FOLDER / "function_words.toml").read_text(encoding="utf-8"))
    return frozenset(table[name].split())


@functools.cache
def _spellings() -> dict[str, str]:
    table = tomllib.loads((NAMES_FOLDER / "spelling.toml").read_text(encoding="utf-8"))["words"]
    return {variant: word for word, variants in table.items() for variant in variants}
