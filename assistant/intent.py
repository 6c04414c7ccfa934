"""What kind of answer a question wants, told by its form."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum

from assistant.question_words import AUXILIARY
from corpus.article import Span
from corpus.words import word_list

RANK = "rank and reporting"  # the topic of questions about who is above whom


class Intent(Enum):
    """What kind of answer is asked for."""

    ASK = "ask"
    COMPARE_ALL = "compare all topics"
    COMMON = "what the roles have in common"
    DESCRIBE = "describe the roles"
    SECTION = "what stands under a heading"
    HIERARCHY = "who is above whom"
    YES_NO = "yes or no"
    WHICH = "which of the roles"


_COMPARING, _SHARING, _DESCRIBING, _WHOLE, _WEIGHT, _MANNER = map(
    word_list, ("comparing", "sharing", "describing", "whole", "weight", "manner")
)
# Words of a question that asks for everything, in whatever way, and for nothing in particular.
OF_A_COMPARISON = _COMPARING | _SHARING | _DESCRIBING | _WHOLE | _WEIGHT | _MANNER
_OF_A_DESCRIPTION = _DESCRIBING | _MANNER
_PARTICULAR, _ACTIVE = word_list("particular"), word_list("active")
_PAIR = 2

_HIERARCHY = re.compile(
    r"\b(?:report(?:s|ing)? (?:directly |straight )?(?:in)?to|reports? to whom|direct reports?|above whom|outranks?|"
    r"(?:rank|ranks|ranked|graded?|sits?|stands?|placed) (?:higher|lower|above|below|over|under|beneath)|"
    r"higher(?:[- ]rank(?:ed|ing)?| up| rank| position)|lower(?:[- ]rank(?:ed|ing)?| rank)|(?:more|is|which) senior|"
    r"senior to|"
    r"rung (?:above|below)|level (?:above|below)|pecking order|chain of command|"
    r"(?:take|takes|taking|give|gives|giving) orders|"
    r"answers? (?:directly |straight )?to (?!for\b)|['’]s (?:direct )?(?:boss|superior)|the boss of|"
    r"to whom (?:do|does) .{2,60} (?:report|answer)|hierarch\w*|"
    r"(?:stands?|is|are|be|comes?|directly|just|always|rank) (?:above|over|under|below|beneath)"
    r"(?= (?:the|a|an|whom?|him|her|them|both|each|each other|one another|it)\b|[?\s]*$))",
    re.I,
)
# What opens a question, at most three times: without a limit, many words "in the" would be tried in every partition.
_LEAD = r"(?:(?:so|and|but|then|well|hi|hello|hey|please|actually|in \w+(?: \w+){0,4}|on [^,]{3,40}),?\s+){0,3}"
_YES_NO = re.compile(
    rf"{_LEAD}{AUXILIARY}(?:n['’]t)?\s(?!.*\bor\b.*\?$)",
    re.I,
)
_TAG = re.compile(r",\s*(?:right|yes|no|correct|true|is that so|i take it|i suppose|am i right)\s*\?$", re.I)
_WHICH = re.compile(
    rf"{_LEAD}(?:(?:to|with|for|from|by|of|on|at|in|under|behind) )?"
    r"(?:who|whom|whose|which (?:of|one|role|job|post|person|manager|side)|which)\b",
    re.I,
)


# Asks for a verdict on what stands beside it.
_VERDICT = (
    r"(?:(?:is (?:that|this|it) )?(?:true or (?:false|not)|true ?/ ?false|right or wrong|"
    r"correct or (?:not|wrong|incorrect)|yes or no|fact or (?:fiction|myth)|myth or fact))"
)
_VERDICT_FIRST = re.compile(rf"^\W*{_VERDICT}\b\W*(?:that\s+)?(?P<said>\w.*\s.*)$", re.I | re.S)
_VERDICT_LAST = re.compile(rf"^(?P<said>.*\w\s.*\w)\W+{_VERDICT}\W*$", re.I | re.S)
_ASKED = re.compile(rf"\W*(?:{AUXILIARY}|who|whom|whose|what|which|where|when|why|how)\b", re.I)
_ARTICLE = re.compile(r"^(?:The|An?|In|On|At|Only|Both|Each|Every|No|It|They|There)\b")


# Opens what says for whom or why something is asked, and is no part of what is asked.
_ASIDE = re.compile(
    r"\s*[.?!;](?:\s[^?]*)?$|[\s,]*\b(?:(?:to|for) (?:me|us|my|our|beginners|dummies)|like|as if|as though|please|pls|"
    r"because|since|so that|i|we|thanks?)\b",
    re.I,
)
# Of two roles, each replaced by a bracket: "Is [] under []?"
_ONE_OVER_ANOTHER = re.compile(
    r"\[\] (?:\w+ ){0,2}(?:above|over|under|below|beneath) (?:(?:the|an?) )?\[\]"
    r"|to whom (?:do|does) (?:the |an? )?\[\] report",
    re.I,
)


def asked_for_truth(message: str) -> str:
    """Return "true or false: X" as the question that it is: "is it true that X?"; any other message as it is."""
    found = _VERDICT_FIRST.match(message) or _VERDICT_LAST.match(message)
    if not found:
        return message
    said = found["said"].rstrip(" .?!,;:-–—")
    return f"{said}?" if _ASKED.match(said) else f"Is it true that {_ARTICLE.sub(_lowered, said)}?"


def _lowered(found: re.Match[str]) -> str:
    return found.group().lower()


def whole_of(said: Collection[str], content: Collection[str], roles: int, *, in_a_row: bool) -> Intent | None:
    """Return how everything about some roles is asked for, None when something in particular is.

    `said` are the words of the question besides the names of `roles` roles, `content` those of them that say something;
    `in_a_row` tells whether the names are joined: "A and B", not "A works with B".
    """
    if OF_A_COMPARISON.issuperset(content):
        joined = roles >= _PAIR and in_a_row
        if not _COMPARING.isdisjoint(said) or (joined and not _WHOLE.isdisjoint(said)):
            return Intent.COMPARE_ALL
        if roles != 1 and not _SHARING.isdisjoint(said):
            return Intent.COMMON
    described = roles and in_a_row and _OF_A_DESCRIPTION.issuperset(content)
    return Intent.DESCRIBE if described and not _is_particular(said) else None


def _is_particular(said: Collection[str]) -> bool:
    """Say whether small words alone ask for something: "Where does a controller work?", "Who works for one?"."""
    return not _PARTICULAR.isdisjoint(said) or ("who" in said and not _ACTIVE.isdisjoint(said))


def compares_at_large(before: Collection[str], after: str) -> bool:
    """Say whether a comparison of roles is asked for in no respect in particular.

    `before` are the words that say something up to the last of the roles and of the words that compare, `after` is the
    text that follows: "to me like I'm five" says for whom it is, "in their shoes" names a respect.
    """
    return not _COMPARING.isdisjoint(before) and OF_A_COMPARISON.issuperset(before) and bool(_ASIDE.match(after))


def intent_of(question: str, names: Sequence[Span] = ()) -> Intent:
    """Return what kind of answer is asked for, by a question about something in particular with role names there."""
    anonymous = question
    for span in sorted(names, key=lambda span: -span.start):
        anonymous = f"{anonymous[: span.start]}[]{anonymous[span.end :]}"
    if _HIERARCHY.search(question) or _ONE_OVER_ANOTHER.search(anonymous):
        return Intent.HIERARCHY
    if _TAG.search(question) or _YES_NO.match(question):
        return Intent.YES_NO
    return Intent.WHICH if _WHICH.match(question) else Intent.ASK
