"""What a message says to the assistant or about it, told by who is spoken of and by the words that are left."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from corpus.words import NAMES_FOLDER, word_list

_THERE = {"you", "there", "all", "every", "here"}  # of the library, not of one of its articles
_MOST = 12  # words; a longer message tells a story


class Addressed(Enum):
    """What is said to the assistant; the values are the names of their words in `corpus/names/talk.toml`."""

    HUMAN = "human"
    TONGUES = "tongues"
    PRIVACY = "privacy"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    DENIED = "denied"
    ABOUT = "about"
    SOURCES = "sources"
    FEELING = "feelings"
    NOW = "now"
    ERRAND = "errands"


class Listed(Enum):
    """What a message asks a list of."""

    ROLES = "roles"
    ARTICLES = "articles"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class _Subject:
    """The words by which a subject is known."""

    meant: Addressed
    marks: tuple[str, ...]
    telling: frozenset[str]
    words: frozenset[str]
    asks: bool

    def fits(self, bare: str, content: set[str]) -> bool:
        """Say whether a message with these words of content is about the subject."""
        told = not self.telling or bool(content & self.telling)
        return told and content <= self.words and any(f" {mark} " in f" ^ {bare} $ " for mark in self.marks)


def addressed(message: str) -> Addressed | None:
    """Return what a message says to the assistant; None when it asks something of the articles."""
    bare = plain(message)
    if _errand().fullmatch(bare):
        return Addressed.ERRAND
    spoken = bare.split()
    content = {word for word in spoken if word not in _empty()}
    if len(spoken) > _MOST:
        return None
    asking = message.rstrip().endswith("?")
    denied = bool(set(spoken) & _set("denials"))
    return next(
        (
            subject.meant
            for subject in _subjects()
            if (subject.asks or not asking) and (denied or subject.meant is not Addressed.DENIED)
            if subject.fits(bare, content)
        ),
        None,
    )


def listed(message: str) -> Listed | None:
    """Return what a message, less the role names and what else it is about, asks a list of."""
    lists, spoken = _table()["lists"], set(plain(message).split())
    named = [kind for kind in Listed if spoken & set(lists[kind.value].split())]
    if len(named) != 1 or spoken & set(lists["no_list"].split()):
        return None
    content = {word for word in spoken if word not in _empty()} - set(lists[named[0].value].split())
    words = set(lists["words"].split())
    wants = bool(spoken & set(lists["asking"].split())) and bool((content | spoken & _THERE) & (words | _THERE))
    return named[0] if content <= words and (wants or len(spoken) == 1) else None


def of_all(message: str) -> bool:
    """Say whether a message speaks of all that there is: "which roles do you know?", whatever was spoken of before."""
    return not _THERE.isdisjoint(plain(message).split())


def narrowed(message: str) -> tuple[str, str]:
    """Take a message about articles or roles apart: what it asks, and "on ..." what they are to be about."""
    bare = plain(message)
    found = _narrowing().match(bare)
    return (found["head"], found["about"].strip()) if found else (bare, "")


@functools.cache
def _narrowing() -> re.Pattern[str]:
    nouns = "|".join(noun for kind in Listed for noun in _table()["lists"][kind.value].split())
    return re.compile(rf"(?P<head>.*\b(?:{nouns})\b.*?)\b(?:about|on|for|of|with)\b(?P<about>.*)")


def plain(message: str) -> str:
    """Return the words of a message as typed, in lower case, without punctuation."""
    return " ".join(re.sub(r"[^\w\s]", " ", message).casefold().split())


@functools.cache
def _errand() -> re.Pattern[str]:
    """Return what tells somebody to do something for the user: "book me a room", "could you reset my password"."""
    words = {name: "|".join(text.split()) for name, text in _table()["errands"].items()}
    opening = (
        r"(?:(?:please|kindly|just|now|hey|hi|hello|ok|okay|and|then|quickly|go) )*"
        r"(?:(?:can|could|would|will) you (?:please |kindly )?|i (?:want|need|would like|d like) you to |"
        r"i (?:want|need|would like|d like) to (?=\w+ (?:me|my|us|our)\b))?"
    )
    for_me = r"(?:\w+ ){0,3}?(?:me|us|my|our)\b.*"
    told = rf"(?!.*\b(?:{words['tellings']})\b)"
    advice = (
        rf"(?:recommend|suggest) {told}(?!.*\b(?:{words['choices']})\b)(?:me |us )?(?:an?|some|any|good|nice|great) "
        r"(?:\w+ ){0,2}\w+(?: nearby| near \w+| around here| in town| tonight| today| for (?:me|us|tonight|lunch)"
        r"| to (?:watch|read|eat|see|visit|play|listen to|go to))?"
    )
    own = rf"(?:(?:all|the|every|this|an?|your|these) )*(?:{words['possessions']})"
    into = rf".* into (?:{'|'.join(_table()['tongues']['telling'].split())})"
    return re.compile(
        rf"{opening}(?:(?:(?:{words['verbs']}) {told}|(?:{words['deeds']}) )(?:{for_me}|{own}|{into})|{advice})"
        r"|(?:please )?(?:tell|sing|play) (?:me |us )?(?:an?|some|another) (?:joke|story|song|music|poem)"
        r"(?: (?:about|on|for|with) .+)?"
    )


@functools.cache
def _subjects() -> tuple[_Subject, ...]:
    return tuple(_subject(kind) for kind in Addressed if kind is not Addressed.ERRAND)


def _subject(kind: Addressed) -> _Subject:
    row = _table()[kind.value]
    marks = row["marks"] if isinstance(row["marks"], list) else row["marks"].split()
    telling = frozenset(row.get("telling", "").split())
    return _Subject(kind, tuple(marks), telling, telling | frozenset(row["words"].split()), row.get("asks", True))


@functools.cache
def _empty() -> frozenset[str]:
    """Return the words without content, "it" and "you" among them."""
    return (word_list("function") | _set("fillers")) - _set("others")


@functools.cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads((NAMES_FOLDER / "talk.toml").read_text(encoding="utf-8"))
