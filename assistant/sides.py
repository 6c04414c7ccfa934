"""Which of the roles that a question names it asks about; the others stand there by the way.

In "Does the executive assistant plan trips for the CEO?" the chief executive is no side, though a role of the library.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from assistant.question_words import AUXILIARY
from corpus.article import Span
from corpus.role_finder import Mention
from corpus.words import forms, word_list

# Between two titles of which both are asked about.
_TOGETHER = re.compile(
    r"[^.?!;:]{0,40}\bthan\s+(?:(?:an?|the)\s+)?|"
    r"\W*(?:\b(?:and|or|vs|versus|with|to|from|n|compared|differs?|different|(?:the )?same as|like|unlike|apart)\b|"
    r"[,/&+])(?:\W|\b(?:and|or|to|with|from|an?|the|of|in)\b)*",
    re.I,
)
# Set one role against another, wherever they stand: "Is a district manager senior to a fleet manager?"
_AGAINST = re.compile(
    r"\b(?:than|between|above|below|beside|next to|outrank\w*|(?:senior|junior|superior|subordinate) to|as \w+ as)\b|"
    r"\bthat\b[^.?!]*(?:n['’]t|\bnot)\W*$",
    re.I,
)
_COMPARING = word_list("comparing")
# Before the one who does something: "Does the ...?", or the start of the only sentence.
_BEFORE_SUBJECT = re.compile(rf"(?:\b{AUXILIARY}(?:n['’]t)?\s+|(?P<start>^)\W*)(?:(?:the|an?|our|your|my)\s+)?$", re.I)
_NEXT_SENTENCE = re.compile(r"[.!;:]\s")
_POSSESSIVE = re.compile(r"['’]s?$")


def sides(text: str, mentions: Sequence[Mention], partners: Mapping[str, Container[str]]) -> tuple[str, ...]:
    """Return the roles that a text asks about, of those that it names for certain, in reading order.

    `partners` are the roles of the library, and with which each is compared. The one who does something is asked
    about, and any two that an article compares; others are when the text joins them to such a one. Where it compares
    roles in other words, or does not tell who does something, all are.
    """
    named = list(dict.fromkeys(mention.roles[0] for mention in mentions if len(mention.roles) == 1))
    compared = [role for role in named if any(other in partners.get(role, ()) for other in named)]
    subjects = [role for role in named if role in partners and _does_something(text, mentions, role)]
    chosen = [*compared, *subjects[:1]]
    if not chosen or (not compared and compares(text)):
        return tuple(named)
    for role in [*named, *reversed(named)]:  # "A, B or C": what is joined to a role joined is a side as well
        if role not in chosen and any(_joined(text, mentions, role, side) for side in chosen):
            chosen.append(role)
    return tuple(role for role in named if role in chosen)


def compares(text: str) -> bool:
    """Say whether a text sets one role against another, by words that do."""
    return bool(_AGAINST.search(text)) or not _COMPARING.isdisjoint(forms(text))


def in_a_row(text: str, mentions: Sequence[Mention]) -> bool:
    """Say whether nothing but joining words stands between the roles named: "A and B", "A, B or C"."""
    return all(
        first.roles == second.roles or beside(text, first.span, [second.span]) for first, second in pairwise(mentions)
    )


def beside(text: str, title: Span, others: Sequence[Span], joined: re.Pattern[str] = _TOGETHER) -> bool:
    """Say whether nothing but joining words stands between a title and one of the others."""
    return any(
        joined.fullmatch(text[min(title.end, other.end) : max(title.start, other.start)])
        for other in others
        if not (title.start < other.end and other.start < title.end)
    )


def _does_something(text: str, mentions: Sequence[Mention], role: str) -> bool:
    for mention in (mention for mention in mentions if mention.roles == (role,)):
        found = _BEFORE_SUBJECT.search(text[: mention.span.start])
        at_start = found and found["start"] is not None
        if found and not (at_start and _NEXT_SENTENCE.search(text[mention.span.end :])):
            return not _POSSESSIVE.search(text[mention.span.start : mention.span.end])
    return False


def _joined(text: str, mentions: Sequence[Mention], role: str, side: str) -> bool:
    spans = [mention.span for mention in mentions if mention.roles == (side,)]
    return any(beside(text, mention.span, spans) for mention in mentions if mention.roles == (role,))
