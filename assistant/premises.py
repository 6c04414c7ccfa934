"""Find what a question takes for granted, and say whether a sentence speaks for it, against it or not of it.

"Why does the sous chef write the menu?" takes for granted that the sous chef writes it. A sentence goes against that
only when it clearly says the opposite: the same of the other role, a denial, the opposite comparison, another number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Evidence
from assistant.checks.amounts import opposite_amounts
from assistant.checks.comparison import Against, against
from assistant.checks.naming import Naming
from assistant.checks.pairing import Pairing
from assistant.checks.speaking import Speaks, parts_of, speaks
from assistant.checks.wording import read
from assistant.question_words import AUXILIARY

# Shares of the premise's content words that the sentence must have. Chosen on the development half of
# tests/data/claims/premises.jsonl.
_ENOUGH = 0.6
_ENOUGH_OF_ANOTHER = 0.75
_ENOUGH_TO_CONFIRM = 0.75
_FEWEST_WORDS = 2  # a premise of one content word says too little to be confirmed, or denied by another role's sentence

_OPPOSED = frozenset({Against.DENIED, Against.OPPOSITE, Against.NUMBER, Against.EXCHANGED})

_NOT = r"(?:n['’]t|\s+not)?"
_ANNOUNCED = (
    r"(?:so\s+)?(?:is(?:n['’]t)? it (?:true|correct|right|the case|a fact)|am i (?:right|correct)(?: in thinking)?|"
    r"i (?:have |was |am )?(?:heard|read|hear|told|think|thought|believe|assume|understand)|they say|people say|"
    r"it is said|why is it|how come|the fact is)(?: to say)?"
)
_TAG = (
    r"(?:,\s*|\.\s*)(?:right|correct|true|no|yes|or not|is (?:that|this) (?:right|true|correct|so)|"
    rf"{AUXILIARY}(?:n['’]t)?\s+(?:it|he|she|they|that|not))\s*\?*\s*$"
)
_OPENED = re.compile(rf"^\W*(?:and |but |so )?{_ANNOUNCED}\s*(?:that\s+)?(.+)$", re.I | re.S)
_GIVEN = re.compile(
    r"^\W*(?:and |but |so )?(?:since|because|as|given(?: that)?|considering(?: that)?|seeing that|now that|"
    r"assuming(?: that)?|if, as you say,?)\s+(.+?),\s+\S.*$",
    re.I | re.S,
)
_TAGGED = re.compile(rf"^(.+?){_TAG}", re.I | re.S)
_ASKED_HOW = re.compile(
    rf"^\W*(?:and |but |so )?(?:why|when|where|how|for what reason|in what way)\s+({AUXILIARY}{_NOT}\s+.+?)\W*$",
    re.I | re.S,
)
_YES_OR_NO = re.compile(rf"^\W*(?:and |but |so )?({AUXILIARY}{_NOT}\s+.+?)\W*$", re.I | re.S)
_BESIDES = re.compile(r"([^,.]{3,60}),\s+whom?\s+([^,]+),", re.I)
_SHAPES = (
    (_GIVEN, False),
    (_BESIDES, False),
    (_OPENED, True),
    (_TAGGED, True),
    (_ASKED_HOW, False),
    (_YES_OR_NO, True),
)


_CANNOT, _WILL_NOT = re.compile(r"\bcan(?:not|['’]t)\b", re.I), re.compile(r"\bwon['’]t\b", re.I)


class Stance(StrEnum):
    """How a sentence stands to a premise."""

    CONTRADICTED = "contradicted"
    CONFIRMED = "confirmed"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Premise:
    """What a question takes for granted, in its own words. `asked`: it asks whether that is so ("Is it true that")."""

    text: str
    asked: bool = False


def premise_of(question: str) -> Premise | None:
    """Return what a question takes for granted or asks to be confirmed, None when it leaves all open ("who ...?")."""
    text = _CANNOT.sub("can not", _WILL_NOT.sub("will not", " ".join(question.split())))
    for pattern, asked in _SHAPES:
        if found := pattern.search(text):
            said = " ".join(group for group in found.groups() if group)
            return Premise(_TAGGED.sub(r"\1", said).rstrip(" ?.") if asked else said, asked)
    return None


def stance(premise: Premise, roles: Sequence[str], evidence: Evidence, naming: Naming) -> Stance:
    """Say how a sentence stands to what a question about `roles` takes for granted."""
    finder = naming.around(evidence.article)
    source, claim = read(evidence.article.quote(evidence.sentence.span), finder), read(premise.text, finder)
    named = tuple(dict.fromkeys(role for item in claim.named() for role in item.roles)) or tuple(roles)
    if not set(named) & set(evidence.article.roles):
        return Stance.SILENT
    pairing = Pairing(claim, source)
    coverage, found = pairing.coverage(), against(pairing)
    spoken = speaks(pairing, named[:1], parts_of(evidence, source, naming.of_article(evidence.article)))
    if coverage < _ENOUGH or spoken is Speaks.OF_STRANGERS:
        return Stance.SILENT
    if spoken is Speaks.EXCHANGED:
        return Stance.SILENT if found else Stance.CONTRADICTED
    if spoken is Speaks.OF_ANOTHER:
        enough = coverage >= _ENOUGH_OF_ANOTHER and len(claim.content()) >= _FEWEST_WORDS
        return Stance.CONTRADICTED if enough and not found and _can_be_only_one(pairing) else Stance.SILENT
    if found & _OPPOSED or opposite_amounts(pairing):
        return Stance.CONTRADICTED
    clear = coverage >= _ENOUGH_TO_CONFIRM and len(claim.content()) >= _FEWEST_WORDS
    return Stance.CONFIRMED if clear and not found and not pairing.adds_predicate() else Stance.SILENT


def _can_be_only_one(pairing: Pairing) -> bool:
    """Say whether what is said of one role cannot hold for the other too: "the menu", "larger", not "a team"."""
    paired = [pair for pair in pairing.all() if pair.sign > 0]
    definite = any(pair.said.definite and not pair.claimed.compared for pair in paired)
    return definite or any(pair.said.compared or pair.said.degree for pair in paired)
