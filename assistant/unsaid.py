"""What an answer leaves unsaid of what was asked, and why a question that is answered is not simply answered."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Claim, Evidence, Reason, Verdict
from assistant.by_relevance import offers_choice
from assistant.evidence import Found
from assistant.question import Question
from corpus.catalogue import Catalogue

_NEAR = 0.05  # relevance from which a sentence has to do with a question, whether it answers it or not


def missing_roles(question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the roles asked about that no sentence found speaks of. Who asks which one it is misses no other."""
    if offers_choice(question):
        return ()
    return tuple(role for role in question.roles if not any(role in item.sentence.roles for item in evidence))


def reason_of(claims: Sequence[Claim], *, apart: bool, strange: bool) -> Reason | None:
    """Return why a question that is answered is not simply answered."""
    if any(claim.verdict is Verdict.CONTRADICTED for claim in claims):
        return Reason.FALSE_PREMISE
    return Reason.PAIR_NOT_COMPARED if apart else Reason.UNKNOWN_ROLE if strange else None


def strange_roles(question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the unknown roles asked about that the sentences found do not so much as name."""
    found = " ".join(item.article.quote(item.sentence.span) for item in evidence).casefold()
    return tuple(role for role in question.unknown_roles if role.casefold() not in found)


def is_silent_on(topic: str, found: Found, catalogue: Catalogue) -> bool:
    """Say whether no sentence that may be about what is asked, though it does not answer, has words of a topic."""
    near = (item.article.quote(item.sentence.span) for item in found.ranked if item.score >= _NEAR)
    return not any(topic in catalogue.find_topics(text) for text in near)
