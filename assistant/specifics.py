"""Questions for something specific, a number, a time or a name, and the sentences that state one.

Articles that compare roles seldom state any. A sentence on the very matter that leaves open what is asked is the
commonest near miss: "In which countries may she plead?" beside "She may plead in some countries".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from assistant.checks.words import number
from assistant.question_words import AUXILIARY
from corpus.words import forms, word_list, words

# What opens a clause of its own: nothing or a stop before it, at most a preposition or "and" between.
_OPENS = re.compile(
    r"(?:^|[.,;:?!(–—-])\W*(?:(?:and|but|so|or|then|exactly|roughly|about|for|in|on|at|by|to|from|until|since|within|over|"
    r"above|below|up|of) )*$",
    re.I,
)
_JOINED = re.compile(r"\b(?:and|or|but)\W+(?:(?:for|in|on|at|by|within|over|until|since) )?$", re.I)
_ASKS_WHO = re.compile(r"\b(?:who|whose|whom|which (?:of|one|role|job|post|person|side))\b", re.I)
_NONE_BY_ITSELF = {"1"}  # "one of them" counts nothing
_LATER_CAPITAL = re.compile(r"(?<=[\w,;:)”\"'’]\s)[“\"(]*([A-Z][\w&’'-]+)")

_MEASURE = (
    r"(?:limit|ratio|age|price|fee|amount|distance|height|weight|speed|temperature|sum|length|width|threshold|dose|salary|"
    r"score|quota|fine|penalty|deadline)"
)
_AMOUNT = (
    r"how (?:many|much|long)|what (?:percentage|percent|share|proportion)|"
    rf"(?:what|which) (?:exact )?(?:\w+ )?{_MEASURE}(?! of (?:them|these|the two))|(?:what|which) \w+ (?:level|rate)|"
    r"what (?:does|do|did|would|will) [^,?]{1,50}(?<!about)(?<!on)(?<!for)(?<!of) costs?(?: (?:me|us|you|them)\b)?"
    r"(?=[^,]*$)"
)
_TIME = (
    r"(?:until|till|since|from|by|before|after) (?:when|(?:what|which) (?:time|hour|date|day))|"
    rf"(?:what|which) (?:exact )?(?:time|hour|date|day|weekday|month|season|year|week|quarter)(?: of (?:the )?\w+)?"
    rf"(?= (?:{AUXILIARY}|in|on|before|after|to|that)\b|[?,.]|$)"
)
# "Which companies", "which company does", but not "which company car".
_NAME = (
    r"what(?:['’]s| is| was) the (?:exact |full )?name of|"
    r"(?:what|which) (?:countries|cities|towns|companies|brands|vendors|laws|acts|statutes|standards|universities|"
    r"schools|banks|unions|websites|platforms)|"
    r"(?:what|which) (?:country|city|town|company|brand|vendor|law|act|statute|standard|university|school|bank|union|"
    rf"website|platform)(?= (?:{AUXILIARY}|of|that|to)\b|[?,.]|$)"
)


@dataclass(frozen=True, slots=True)
class _Specific:
    """One kind of what is asked for; `stated` says whether a sentence has one, given the words of roles' names."""

    asked: re.Pattern[str]
    stated: Callable[[str, Collection[str]], bool]


def _has_number(sentence: str, _: Collection[str]) -> bool:
    return any(number(word.form) not in (None, *_NONE_BY_ITSELF) for word in words(sentence))


def _has_how_often(sentence: str, names: Collection[str]) -> bool:
    return _has_number(sentence, names) or not word_list("how_often").isdisjoint(forms(sentence))


def _has_time(sentence: str, names: Collection[str]) -> bool:
    return _has_number(sentence, names) or not word_list("times").isdisjoint(forms(sentence))


def _has_name(sentence: str, names: Collection[str]) -> bool:
    """Say whether a word within the sentence has a capital that no role gave it."""
    return any(not set(forms(found)) <= set(names) for found in _LATER_CAPITAL.findall(sentence))


_SPECIFICS = tuple(
    _Specific(re.compile(rf"\b(?:{asked})\b", re.I), stated)
    for asked, stated in (
        (_AMOUNT, _has_number),
        (r"how (?:often|frequently|regularly)", _has_how_often),
        (_TIME, _has_time),
        (_NAME, _has_name),
    )
)


def leaves_open(question: str, sentence: str, roles: Collection[str] = ()) -> bool:
    """Say whether a question asks for something specific of which a sentence on these roles states nothing."""
    asked = [one for one in _SPECIFICS if _asks(question, one.asked)]
    names = {form for role in roles for form in forms(role)}
    return bool(asked) and not any(one.stated(sentence, names) for one in asked)


def _asks(question: str, specific: re.Pattern[str]) -> bool:
    """Say whether something specific is what is asked for: "who knows how many there are?" asks who."""
    found = specific.search(question)
    if not found:
        return False
    before = question[: found.start()]
    return bool(_OPENS.search(before) or _JOINED.search(before)) or not _ASKS_WHO.search(question)
