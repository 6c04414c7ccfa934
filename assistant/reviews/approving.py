"""Approve an answer: every claim must stand on its sentences as they are now, in the reviewer's wording too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer, Claim, Verdict
from assistant.checks.naming import Naming
from assistant.claims import verdict
from assistant.render import to_object
from assistant.reviews.rebuilding import rebuilt
from corpus.library import Library

LONGEST_WORDING = 1000  # characters of a claim; the longest sentence of the shipped articles has half as many

_REFUSED = {
    Verdict.CONTRADICTED: "the cited sentence says otherwise.",
    Verdict.PARTLY_SUPPORTED: "the cited sentence says this only in part. Say no more than it does.",
    None: "the cited sentence does not say this about {roles}. Keep to its words.",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reviewer wants to approve: the answer object to store, or for each claim the reason why it cannot be."""

    answer: Mapping[str, Any] | None
    problems: tuple[str, ...] = ()


def drafted(stored: Mapping[str, Any], wordings: Sequence[str], library: Library) -> Draft:
    """Check an answer object with new wordings for its claims; an empty one keeps the claim as it is."""
    answer = rebuilt(stored, library)
    if answer is None:
        return Draft(None, ("A sentence that it cites has changed. Ask the question again and approve that answer.",))
    if not answer.claims:
        return Draft(None, ("It claims nothing, so there is nothing to stand for.",))
    claims, problems = [], []
    naming = Naming(library.catalogue)
    for number, claim in enumerate(answer.claims, start=1):
        wording = new_wording(wordings, number - 1, claim.text)
        claims.append(replace(claim, text=wording) if wording else claim)
        said = _problem(claim, wording, naming)
        problems += [f"Claim {number}: {said}"] if said else []
    if problems:
        return Draft(None, tuple(problems))
    return Draft(to_object(_unmarked(answer, tuple(claims))))


def new_wording(wordings: Sequence[str], claim: int, text: str) -> str:
    """Return what a reviewer wrote for a claim; empty when that is its text, however a browser spaces it."""
    written = " ".join(wordings[claim].split()) if claim < len(wordings) else ""
    return "" if written == " ".join(text.split()) else written


def _unmarked(answer: Answer, claims: tuple[Claim, ...]) -> Answer:
    return replace(answer, claims=claims, checked=None)


def _problem(claim: Claim, wording: str, naming: Naming) -> str:
    """Say what is wrong with a new wording; empty when nothing is."""
    if not wording:
        return ""
    if len(wording) > LONGEST_WORDING:
        return f"it has {len(wording)} characters; {LONGEST_WORDING} are enough."
    found = verdict(wording, claim.roles, claim.citations, naming)
    if found is claim.verdict is Verdict.CONTRADICTED:
        return ""  # what was asked does not arise, in other words
    return "" if found is Verdict.SUPPORTED else _REFUSED[found].format(roles=" and ".join(claim.roles))
