"""Tell two things apart that a question asks of one subject: "Does the chef plan the menu and also buy the fish?"."""

from __future__ import annotations

import re

from assistant.question_words import AUXILIARY
from corpus.words import word_list

_ASKS_WHETHER = re.compile(rf"\W*{AUXILIARY}\b", re.I)
# Subjects that are no role's name: "Does the same person ...?"
ANYBODY = re.compile(r"\b(?:the same (?:person|one|job|role)|one (?:person|of (?:them|the two))|s?he|they)\b", re.I)
_WHO = re.compile(r"\s+(?:who|that)\b", re.I)
_AND = re.compile(r"\s*,?\s+and\s+(?P<also>(?:also|then)\s+)?", re.I)
_TOO = re.compile(r"(?:\s+(?P<too>as well|too))?[\s?.!]*$", re.I)
_BOTH = re.compile(r"(?P<shared>.*)\bboth\s+(?P<first>.*)", re.I | re.S)
_OF_BOTH = re.compile(
    r"(?P<first>[^,;:?!]+?)\s+and\s+(?P<second>[^,;:?!]+?)\s*[,;:]\s*(?P<asked>[^?]*?)(?:\s*\bfor)?\s*\bboth\b\s*(?P<rest>.*)",
    re.I | re.S,
)
_LINKING = frozenset({"for", "of", "to", "with", "on", "in", "at", "about"})
_DETERMINERS = word_list("determiners")


def predicates(text: str, subject: int) -> tuple[str, ...]:
    """Return a question for each of two things asked of the subject that ends at `subject`; none where one is asked.

    What follows "and" must show that it is no further object of the same verb: by "also", by the preposition of the
    first thing, or as a verb with an object of its own.
    """
    who = _WHO.match(text, subject)
    start = who.end() if who else subject
    joints = list(_AND.finditer(text, start))
    if len(joints) != 1 or not _ASKS_WHETHER.match(text):
        return ()
    first, second = text[start : joints[0].start()].strip(), text[joints[0].end() :]
    end = _TOO.search(second)
    emphatic = bool(joints[0]["also"] or (end and end["too"]))
    second = second[: end.start()] if end else second
    shared = _shared(first, second, emphatic=emphatic) if first and second.strip() else None
    if shared is None:
        return ()
    both = _BOTH.fullmatch(first)
    first = both["shared"] + both["first"] if both else first
    return f"{text[:start]} {first}?", f"{text[:start]} {shared}{second}?"


def _shared(first: str, second: str, *, emphatic: bool) -> str | None:
    """Return what of the first thing belongs to the second too: "responsible" of "responsible for X" and "for Y"."""
    verb, other, *objects = (word.casefold() for word in (*first.split()[:1], *second.split()))
    if other in _LINKING and (at := f" {first.casefold()} ".find(f" {other} ")) > 0:
        return first[:at]
    if both := _BOTH.fullmatch(first):
        return both["shared"]
    acts = emphatic or (objects and objects[0] in _DETERMINERS)
    return "" if acts and other not in _DETERMINERS and (verb[-1:] == "s") == (other[-1:] == "s") else None


def topics_of_both(text: str) -> tuple[str, ...]:
    """Return a question for each of two things of which one asks whether both are somebody's, none elsewhere."""
    found = _OF_BOTH.fullmatch(text.strip())
    if not found:
        return ()
    asked = " ".join(f"{found['asked']} {found['rest']}".split()).strip(" ?.!")
    return tuple(f"{found[thing]}: {asked}?" for thing in ("first", "second"))
