"""Put evidence into words. The default writer is extractive: a claim says what its sentence says, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Citation, Claim, Evidence, Verdict


class Writer(Protocol):
    """Drafts one claim or more from evidence; `assistant/claims.py` decides which of them are said."""

    def write(self, evidence: Sequence[Evidence], sides: Sequence[str]) -> tuple[Claim, ...]:
        """Return the claims, in the order of the `sides` (roles) that they speak of."""


class ExtractiveWriter:
    """Quotes: one claim for each sentence, the role named before it."""

    def write(self, evidence: Sequence[Evidence], sides: Sequence[str]) -> tuple[Claim, ...]:
        """Return one verbatim claim for each piece of evidence, those about the first side first."""
        order = {side: place for place, side in enumerate(sides)}
        claims = [_quoted(item, sides) for item in evidence]
        return tuple(sorted(claims, key=lambda claim: min(order.get(role, len(order)) for role in claim.roles)))


def _quoted(item: Evidence, sides: Sequence[str]) -> Claim:
    citation = Citation(item.article, item.section, item.sentence)
    roles = tuple(role for role in sides if role in item.sentence.roles) or item.sentence.roles
    return Claim(" ".join(citation.quote.split()), roles, item.section.topic, Verdict.SUPPORTED, (citation,))
