"""What an answer leaves unsaid of what was asked, and why a question that is answered is not simply answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Claim, Evidence, Reason, Verdict
from assistant.by_relevance import offers_choice
from assistant.evidence import Found
from assistant.question import Question
from corpus.catalogue import Catalogue
from corpus.spelling import is_comparative

_ONLY = re.compile(
    r"\b(?:only|solely|exclusively|reserved for|(?:nobody|no one|none) (?:but|except)(?: for)?)\s+"
    r"(?:(?:by|to|for|with|an?|the|his|her|their)\s+)*$",
    re.I,
)
_ALONE = re.compile(r"['’]?s?\s+(?:alone\b|and (?:nobody|no one) else\b)", re.I)
_THE_OTHER = re.compile(r"\b(?:the other(?!\s+\w{3})|each other|one another|than either)\b", re.I)
_GREATER = re.compile(r"\b(?:is|has|have|had|holds?|bears?|carr(?:y|ies)|gets?|keeps?) the (\w+er)\b")
_NEAR = 0.05  # relevance from which a sentence has to do with a question, whether it answers it or not


def missing_roles(question: Question, evidence: Sequence[Evidence], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the roles asked about that no sentence found speaks of. Who asks which one it is misses no other."""
    if offers_choice(question):
        return ()
    return tuple(role for role in question.roles if not any(_speaks_of(role, item, catalogue) for item in evidence))


def _speaks_of(role: str, item: Evidence, catalogue: Catalogue) -> bool:
    """Say whether a sentence says something of a role: about it, by its name, or by setting it against another one.

    "Only the pharmacist may sign" and "the pharmacist has the larger share" say something of the other one too.
    """
    article, text = item.article, item.article.quote(item.sentence.span)
    if role in item.sentence.roles:
        return True
    mentions = catalogue.finder_for(dict.fromkeys((*article.roles, role))).find(text)
    if any(role in mention.roles for mention in mentions) or role not in article.roles:
        return any(role in mention.roles for mention in mentions)
    alone = any(_ONLY.search(text[: one.span.start]) or _ALONE.match(text, one.span.end) for one in mentions)
    return alone or bool(_THE_OTHER.search(text)) or any(map(is_comparative, _GREATER.findall(text)))


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
