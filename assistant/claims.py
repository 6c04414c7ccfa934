"""Keep only the claims that their citations support: the words must be the sentence's, the roles must be its roles.

`supported` takes verbatim claims alone. `verdict` also judges claims in other words than the sentence's, by rules on
words: it would rather turn down a true claim than let a wrong one through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import Citation, Claim, Verdict
from assistant.checks.comparison import Against, against, loosened
from assistant.checks.naming import Naming
from assistant.checks.pairing import Pairing
from assistant.checks.speaking import Speaks, parts_of, speaks
from assistant.checks.wording import read

# Shares of a claim's content words that the sentence must have, by other words of the same meaning too.
# Chosen on the development half of tests/data/claims.
_ENOUGH = 0.5
_ENOUGH_TO_CONTRADICT = 0.6
_ALL_BUT_ONE = 0.75
_CONTRADICTING = frozenset({Against.DENIED, Against.OPPOSITE, Against.NUMBER, Against.EXCHANGED})


def supported(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims that say nothing but what the cited sentences say, about roles that they speak of."""
    return tuple(claim for claim in claims if _is_quoted(claim) and _is_about_its_roles(claim))


def verdict(text: str, roles: Sequence[str], citations: Sequence[Citation], naming: Naming) -> Verdict | None:
    """Say how the citations stand to a claim about `roles`; None: they do not say it, drop the claim.

    Each citation is judged alone, and the best for the claim counts; but what one contradicts is never supported.
    `naming` knows the roles of the whole library. Raises ValueError when `roles` or `citations` are empty.
    """
    if not roles or not citations:
        raise ValueError(f"A claim needs roles and a citation to be judged: {text!r}.")
    found = [_one_verdict(text, tuple(roles), citation, naming) for citation in citations]
    for worst_first in (Verdict.CONTRADICTED, Verdict.SUPPORTED, Verdict.PARTLY_SUPPORTED):
        if worst_first in found:
            return worst_first
    return None


def _one_verdict(text: str, roles: tuple[str, ...], citation: Citation, naming: Naming) -> Verdict | None:
    if not set(roles) <= set(citation.sentence.roles):
        return None
    if text == " ".join(citation.quote.split()):
        return Verdict.SUPPORTED
    finder = naming.around(citation.article)
    source = read(citation.quote, finder)
    pairing = Pairing(read(text, finder), source)
    parts = parts_of(citation, source, naming.of_article(citation.article))
    if speaks(pairing, roles, parts) is not Speaks.OF_THEM:
        return None
    found, coverage = against(pairing), pairing.coverage()
    if found & _CONTRADICTING and coverage >= _ENOUGH_TO_CONTRADICT:
        return Verdict.CONTRADICTED
    if found or coverage < (_ALL_BUT_ONE if pairing.adds_predicate() else _ENOUGH):
        return None
    return Verdict.PARTLY_SUPPORTED if loosened(pairing) or coverage < _ALL_BUT_ONE else Verdict.SUPPORTED


def _is_quoted(claim: Claim) -> bool:
    return all(claim.text == " ".join(citation.quote.split()) for citation in claim.citations)


def _is_about_its_roles(claim: Claim) -> bool:
    return all(set(claim.roles) <= set(citation.sentence.roles) for citation in claim.citations)
