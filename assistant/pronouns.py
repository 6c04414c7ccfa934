"""What "she", "them" or "his" in a message may stand for, and a role's name in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question_words import AUXILIARY
from assistant.rewording import (
    BOTH,
    as_question,
    asks_who,
    named,
    plural_verb,
    possessive,
    put,
    singular_verb,
)
from corpus.role_finder import Mention

# After an object, where after a possessive the noun would stand: "ask her for advice", "ask her".
_NO_NOUN = (
    r"(?=\s*(?:[^\w\s'’-]|$)|\s+(?:an?|the|this|that|these|those|any|some|every|all|my|our|your|to|for|about|of|in|on|at|"
    r"with|from|by|into|as|than|if|when|while|because|before|after|during|without|under|over|up|down|out|off|back|"
    r"and|or|but|what|who|how|why|where|whether|too|also|again|anyway|instead|then|there|do|directly|personally|today|"
    r"tomorrow|afterwards|later|now)\b)"
)
PRONOUN = re.compile(
    r"\b(?:(?P<subject>they|he|she|(?:that|this|the same) (?:one|person))|(?P<own>theirs|hers|his(?=\W*$))"
    rf"|(?P<object>them|him|her{_NO_NOUN})|(?P<owner>their|his|her))\b(?!['’])",
    re.I,
)
_PLURAL = ("they", "them", "their", "theirs")
_OF = re.compile(r"\b(?:of|behind)\s+$", re.I)  # "which of them", "the person behind them"
_MODAL = re.compile(r"\b(?:can|could|may|might|must|shall|should|will|would|did|had)(?:n['’]t| not)?\s+$", re.I)
# Between a name and a pronoun of another clause, which may stand for that name: "what does the nurse do if she ..."
_CLAUSE = re.compile(
    r"[,;:.?!]|\b(?:that|which|who|when|if|because|while|whether|and|but|or|than|before|after|since|so|as|how|what|why)\b"
    r"|\bto\s+\w+\s",
    re.I,
)
# Sets somebody against the one named: "does the vet earn more than she does", "what does he do that she doesn't?"
_THAN = re.compile(r"\bthan\s+$", re.I)
_THAT_NOT = (re.compile(r"\b(?:that|which)\s+$", re.I), re.compile(rf"\s+{AUXILIARY}(?:n['’]t|\s+not|not)\b", re.I))
# Whom else a pronoun of the same message may stand for: "if a guest complains, does he ..."
_SOMEBODY = re.compile(r"\b(?:an?|my|our|your|some|every)\s+\w+|\b(?:some|any|every)(?:one|body)\b", re.I)


def one_person(pronoun: re.Match[str]) -> bool:
    """Say whether a pronoun stands for one person: "she", not "they"."""
    return pronoun.group().lower() not in _PLURAL


def pronoun_in(message: str) -> re.Match[str] | None:
    """Return the pronoun that may stand for the roles: "they" and "their" rather than "them".

    In "Who gives them a table?" the object is somebody else, for the role is asked for; "who helps him?" asks for the
    one who helps the role.
    """
    found = [match for match in PRONOUN.finditer(message) if not _OF.search(message[: match.start()])]
    subjects = [match for match in found if not match["object"]]
    objects = [match for match in found if one_person(match)] if asks_who(message) else found
    return next(iter(subjects or objects), None)


def pointing_back(message: str, mentions: Sequence[Mention]) -> re.Match[str] | None:
    """Return the pronoun of a message with names that stands for none of these, but for a role spoken of before.

    That is one that comes before the names ("can she become a dentist?"), one in the place of the object of what
    somebody named does ("does the dentist supervise her?"), and one that is set against somebody named.
    """
    for found in PRONOUN.finditer(message):
        before = message[: found.start()]
        if _OF.search(before) or (found["object"] and asks_who(message) and not one_person(found)):
            continue
        earlier = [mention for mention in mentions if mention.span.end <= found.start()]
        rest = "".join(
            message[start:end]
            for start, end in zip(
                [0, *(mention.span.end for mention in earlier)],
                [*(mention.span.start for mention in earlier), found.start()],
                strict=True,
            )
        )
        if _SOMEBODY.search(rest):
            return None
        if not earlier or _set_against(message, found):
            return found
        gap = message[earlier[-1].span.end : found.start()]
        return found if found["object"] and not _CLAUSE.search(gap) else None
    return None


def _set_against(message: str, found: re.Match[str]) -> bool:
    before, after = message[: found.start()], message[found.end() :]
    that, unlike = _THAT_NOT
    return bool(_THAN.search(before) or (that.search(before) and unlike.match(after)))


def spelt_out(message: str, roles: Sequence[str]) -> str | None:
    """Return a message with the roles in the place of its first pronoun; None where that would not read well."""
    together = BOTH.search(message)
    if together and len(roles) > 1:
        return put(message, together, named(roles))
    found = pronoun_in(message)
    return replaced(message, found, roles) if found else None


def replaced(message: str, found: re.Match[str], roles: Sequence[str]) -> str | None:
    """Return a message with the roles in the place of a pronoun; None where that would not read well."""
    following = re.match(r"\s+([^\W\d_]+)", message[found.end() :])
    if found["own"] or (found["owner"] and following):
        return put(message, found, " and ".join(f"the {possessive(role)}" for role in roles))
    before, after = message[: found.start()], message[found.end() :]
    if len(roles) > 1 and (plural := plural_verb(before)):  # "does he", asked of two
        return as_question(f"{plural}{named(roles)}{after}")
    if (found["subject"] or "").lower() != "they" or len(roles) > 1 or _MODAL.search(before):
        return put(message, found, named(roles))
    singular = singular_verb(before)
    return as_question(f"{singular}{named(roles)}{after}") if singular else None
