"""Say which role each part of a sentence speaks of, and whether a claim says it of the same one."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_ONE = re.compile(r"\bthe one\b(?! (?:who|to|that|which))", re.I)
_OTHER = re.compile(r"\bthe other\b", re.I)
_MUTUAL = re.compile(r"\b(?:each other|one another|neither|equals?|the other)\b", re.I)


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
        if _RELATIVE.match(clause) and named:
            owners.append(named[-1])
        elif owners and (not own or _GOES_ON.match(clause)):
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


def speaks_of_others(pairing: Pairing, roles: Roles, parts: Parts) -> bool:
    """Say whether the sentence says what is claimed of another role, or with the roles exchanged."""
    claim, source = pairing.claim, pairing.source
    known = {role for item in source.named() for role in item.roles} | set(parts.of_sentence)
    if any(not set(item.roles) & known for item in claim.named()):
        return True
    named_at_all = {role for item in claim.of(Kind.ROLE) for role in item.roles}
    if named_at_all and not named_at_all & set(roles):
        return True
    subject: Roles = roles
    for clause, text in enumerate(claim.clauses):
        named = _in_order(claim, clause)
        subject = named[0] if named and not _GOES_ON.match(text) else subject
        if clause in pairing.best and _of_another(pairing, clause, (subject, named), parts):
            return True
    return False


def _of_another(pairing: Pairing, clause: int, claimed: tuple[Roles, list[Roles]], parts: Parts) -> bool:
    subject, named = claimed
    best = pairing.best[clause]
    said = _in_order(pairing.source, best)
    turned = pairing.turned()
    if len(named) >= _PAIR and len(said) >= _PAIR and not _MUTUAL.search(pairing.source.clauses[best]):
        both_said = named[0] in said and named[1] in said and not _joined(pairing.source, best)
        return both_said and (said.index(named[0]) > said.index(named[1])) != turned
    if len(named) < _PAIR and _farthest_of_another(pairing, clause, subject, parts):
        return True
    if len(said) >= _PAIR and pairing.told_by_the_other():
        return not set(subject) & set(said[1])
    if len(said) >= _PAIR and not _joined(pairing.source, best) and not _MUTUAL.search(pairing.source.clauses[best]):
        acting = said[0] if not _GOES_ON.match(pairing.source.clauses[best]) else parts.owners[best]
        return not set(subject) & set(acting) and not turned and not _is_object(pairing, clause)
    if set(subject) & set(parts.owners[best]):
        return False
    return not (turned and len(named) >= _PAIR and set(named[1]) & set(parts.owners[best]))


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


def _is_object(pairing: Pairing, clause: int) -> bool:
    """Say whether words stand before the role in the claim, as in "a dispute goes to the editor"."""
    items = [item for item in pairing.claim.items if item.clause == clause]
    return bool(items) and not items[0].roles and not any(item.acts for item in items)


def _joined(wording: Wording, clause: int) -> bool:
    return any(item.joined for item in wording.named() if item.clause == clause)


def _in_order(wording: Wording, clause: int) -> list[Roles]:
    """Return the roles named in a clause, who acts first: "by the X" comes before what is named otherwise."""
    items = [item for item in wording.named() if item.clause == clause]
    return list(dict.fromkeys(item.roles for item in sorted(items, key=lambda item: (not item.acts, item.start))))
