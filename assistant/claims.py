"""Keep only the claims that their citations support: the words must be the sentence's, the roles must be its roles."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import Claim


def supported(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims that say nothing but what the cited sentences say, about roles that they speak of."""
    return tuple(claim for claim in claims if _is_quoted(claim) and _is_about_its_roles(claim))


def _is_quoted(claim: Claim) -> bool:
    return all(claim.text == " ".join(citation.quote.split()) for citation in claim.citations)


def _is_about_its_roles(claim: Claim) -> bool:
    return all(set(claim.roles) <= set(citation.sentence.roles) for citation in claim.citations)
