"""Say which role each part of a sentence speaks of, and whether a claim says it of the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation, Evidence
from assistant.checks.items import Wording
from assistant.checks.pairing import Pairing
from assistant.checks.words import Kind
from corpus.attribution import spoken_of
from corpus.role_finder import RoleFinder

Roles = tuple[str, ...]

_PAIR = 2
_RELATIVE = re.compile(r"\W*(?:who|which|whom|whose)\b", re.I)
_GOES_ON = re.compile(
    r"\W*(?:(?:and|but|or|if|when|because|since|while|so)\s+)*"
    r"(?:some|they|he|she|it|this|these|many|most|few|their|his|her|its|often|usually|then)\b(?! the|(?-i: [A-Z]))",
    re.I,
)
_ONE = re.compile(r"\bthe (?:one|first)\b(?! (?:who|to|that|which))", re.I)
_OTHER = re.compile(r"\bthe (?:other|second)\b", re.I)
_POINTS = re.compile(r"\bthe (?:former|latter|one|other|first|second)\b", re.I)
_MUTUAL = re.compile(r"\b(?:each other|one another|neither|equals?|the other)\b", re.I)


class Speaks(StrEnum):
    """Of whom a sentence says what is claimed."""

    OF_THEM = "of them"
    OF_ANOTHER = "of another"
    OF_STRANGERS = "of strangers"  # the claim names a role that the sentence does not speak of at all
    EXCHANGED = "exchanged"  # of both, who does it and to whom it is done turned round


@dataclass(frozen=True, slots=True)
class Parts:
    """The roles that each clause of a sentence speaks of."""

    owners: tuple[Roles, ...]
    of_sentence: Roles


def parts_of(cited: Citation | Evidence, source: Wording, finder: RoleFinder) -> Parts:
    """Say of which roles the clauses of a sentence speak, `source` being its wording; `finder` knows its article."""
    article, section, sentence = cited.article, cited.section, cited.sentence
    before = [article.quote(other.span) for other in section.sentences if other.number < sentence.number]
    direct = spoken_of([*before, *_pointing(source)], article.roles, finder)[len(before) :]
    owners: list[Roles] = []
    for number, clause in enumerate(source.clauses):
        named = [item.roles for item in source.of(Kind.ROLE) if item.clause == number - 1]
        own = tuple(role for role in direct[number] if role in article.roles)
        goes_on = bool(_GOES_ON.match(clause)) and not _POINTS.search(clause)
        listed = clause.startswith(":") and bool(owners) and len(owners[-1]) == 1
        if _RELATIVE.match(clause) and named:
            owners.append(named[-1])
        elif owners and (not own or goes_on or listed):
            owners.append(owners[-1])
        else:
            owners.append(own or sentence.roles)
    return Parts(tuple(owners), sentence.roles)


def _pointing(source: Wording) -> list[str]:
    """Return the clauses with "the one" and "the other" written as "the former" and "the latter"."""
    text = " ".join(source.clauses)
    if not (_ONE.search(text) and _OTHER.search(text)):
        return list(source.clauses)
    return [_OTHER.sub("the latter", _ONE.sub("the former", clause)) for clause in source.clauses]


def speaks(pairing: Pairing, roles: Roles, parts: Parts) -> Speaks:
    """Say of whom the sentence says what is claimed of `roles`."""
    claim, source = pairing.claim, pairing.source
    known = {role for item in source.named() for role in item.roles} | set(parts.of_sentence)
    named_at_all = {role for item in claim.of(Kind.ROLE) for role in item.roles}
    if named_at_all and not named_at_all & set(roles):
        return Speaks.OF_STRANGERS
    subject: Roles = roles
    for clause, text in enumerate(claim.clauses):
        named = _in_order(claim, clause)
        subject = named[0] if named and not _GOES_ON.match(text) else subject
        found = _of_whom(pairing, clause, (subject, named), parts) if clause in pairing.best else Speaks.OF_THEM
        if found is not Speaks.OF_THEM:
            return found
    strangers = any(not set(item.roles) & known for item in claim.named())
    return Speaks.OF_STRANGERS if strangers else Speaks.OF_THEM


def _of_whom(pairing: Pairing, clause: int, claimed: tuple[Roles, list[Roles]], parts: Parts) -> Speaks:
    subject, named = claimed
    best = pairing.best[clause]
    text, said = pairing.source.clauses[best], _in_order(pairing.source, best)
    if len(named) >= _PAIR and any(
        _turned_in(pairing, number, named) for number in pairing.near[clause] if number != best
    ):
        return Speaks.EXCHANGED
    tells_of_two = len(said) >= _PAIR and not _MUTUAL.search(text)
    if tells_of_two and len(named) >= _PAIR:
        both_said = named[0] in said and named[1] in said and not _joined(pairing.source, best)
        turned = both_said and (said.index(named[0]) > said.index(named[1])) != pairing.turned()
        return Speaks.EXCHANGED if turned else Speaks.OF_THEM
    if len(named) < _PAIR and (
        _farthest_of_another(pairing, clause, subject, parts) or _goes_too_far(pairing, clause, subject, parts)
    ):
        return Speaks.OF_ANOTHER
    if len(said) >= _PAIR and pairing.told_by_the_other():
        return Speaks.OF_THEM if set(subject) & set(said[1]) else Speaks.OF_ANOTHER
    if tells_of_two and not _joined(pairing.source, best):
        acting = said[0] if not _GOES_ON.match(text) else parts.owners[best]
        right = set(subject) & set(acting) or pairing.turned() or _is_object(pairing, clause)
    else:
        other_side = pairing.turned() and len(named) >= _PAIR and set(named[1]) & set(parts.owners[best])
        right = set(subject) & set(parts.owners[best]) or other_side
    return Speaks.OF_THEM if right else Speaks.OF_ANOTHER


def _farthest_of_another(pairing: Pairing, clause: int, subject: Roles, parts: Parts) -> bool:
    """Say whether the word at the other end of the claim than its role belongs to another role in the sentence."""
    items = [
        item for item in pairing.claim.items if item.clause == clause and (item.roles or item.kind is Kind.CONTENT)
    ]
    content = [item for item in items if item.kind is Kind.CONTENT]
    if not content or not any(item.roles for item in items):
        return False
    farthest = content[-1] if items[0].roles else content[0]
    owners = [parts.owners[pair.said.clause] for pair in pairing.of(farthest)]
    return bool(owners) and not any(set(owner) & set(subject) for owner in owners)


def _turned_in(pairing: Pairing, number: int, named: list[Roles]) -> bool:
    """Say whether a clause of the sentence names the claim's two roles the other way round."""
    said = _in_order(pairing.source, number)
    if named[0] not in said or named[1] not in said or _joined(pairing.source, number):
        return False
    return (said.index(named[0]) > said.index(named[1])) != pairing.turned()


def _goes_too_far(pairing: Pairing, clause: int, subject: Roles, parts: Parts) -> bool:
    """Say whether a word of the claim stands only where the sentence has gone on to another role.

    The other way round is allowed: what is said of the second role may rest on words that were said of the first.
    """
    own = [number for number, owner in enumerate(parts.owners) if set(owner) & set(subject)]
    for item in pairing.claim.content():
        said = {pair.said.clause for pair in pairing.of(item)} if item.clause == clause else set()
        if said and own and min(said) > max(own) and not any(set(parts.owners[n]) & set(subject) for n in said):
            return True
    return False


def _is_object(pairing: Pairing, clause: int) -> bool:
    """Say whether the claim's roles only stand after "to" or "with", as in "a dispute goes to the editor"."""
    named = [item for item in pairing.claim.named() if item.clause == clause]
    return bool(named) and all(item.governed for item in named)


def _joined(wording: Wording, clause: int) -> bool:
    return any(item.joined for item in wording.named() if item.clause == clause)


def _in_order(wording: Wording, clause: int) -> list[Roles]:
    """Return the roles named in a clause, who acts first: "by the X" comes before what is named otherwise."""
    items = [item for item in wording.named() if item.clause == clause]
    return list(dict.fromkeys(item.roles for item in sorted(items, key=lambda item: (not item.acts, item.start))))
