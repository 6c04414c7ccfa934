"""Answer a question that asks for several things: each of them alone, and what is not stated is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Claim, Comparison, Evidence, Row
from assistant.candidates import Search
from assistant.confidence import confidence, threshold, topics_found
from assistant.evidence import Found, FoundPart, gather
from assistant.question import Question
from assistant.unsaid import missing_roles
from corpus.catalogue import Catalogue
from corpus.library import Library
from corpus.words import forms, word_list
from index.hits import Ranker

_PAIR = 2
# Relevance below which half of a question is not answered, and below which where one refers back to the other.
# Chosen on the development questions that ask for two things.
_HALF_LEAST, _REFERRING_LEAST = 0.15, 0.5
_EMPTY = word_list("function") | word_list("plain")


def gather_each(question: Question, library: Library, search: Search, ranker: Ranker | None = None) -> Found:
    """Find the evidence for a question, for each of its parts alone if it has any and a ranker reads them.

    When no part is answered, the question as a whole is what counts.
    """
    whole = gather(question, library, search, ranker)
    if ranker is None or not question.parts:
        return whole
    least = _HALF_LEAST if all(part.whole for part in question.parts) else _REFERRING_LEAST
    parts = tuple(_found(part, library, search, ranker, least) for part in question.parts)
    if any(part.answered for part in parts) and len({part.content for part in question.parts}) == 1:
        parts = tuple(_side_of(whole, part) for part in parts)
    evidence = [item for part in parts if part.answered for item in part.found.evidence]
    if not evidence:
        return whole
    once = {(item.article.id, item.sentence.number): item for item in reversed(evidence)}
    kept = tuple(item for item in evidence if once[item.article.id, item.sentence.number] is item)
    return replace(whole, evidence=kept, parts=parts)


def _found(part: Question, library: Library, search: Search, ranker: Ranker, least: float) -> FoundPart:
    """Find the evidence for one part. A topic that is listed is asked for by itself, a half of a sentence less so.

    Such a half is answered from the relevance `least` on.
    """
    found = gather(part, library, search, ranker)
    sure = confidence(part, found, library.catalogue)
    if part.about:
        enough = sure >= threshold(found) or _is_on_it(part, found, library.catalogue)
    else:
        enough = found.telling or (bool(found.ranked) and found.ranked[0].score >= least)
    return FoundPart(part, found, sure, bool(found.evidence) and enough)


def _side_of(whole: Found, part: FoundPart) -> FoundPart:
    """Answer what is asked of one role as of another by the other side of the whole, if it has no answer alone."""
    told = {role for item in part.found.evidence for role in item.sentence.roles}
    own = tuple(item for item in whole.evidence if item.sentence.roles == part.question.roles)
    if not own or (part.answered and not told.isdisjoint(part.question.roles)):
        return part
    return replace(part, found=replace(part.found, evidence=own), answered=True)


def _is_on_it(part: Question, found: Found, catalogue: Catalogue) -> bool:
    """Say whether a section on the very topic was found that speaks of the roles: whoever lists topics asks no more."""
    told = {role for item in found.evidence[:1] for role in item.sentence.roles}
    return bool(set(part.topics) & set(topics_found(found, catalogue)) and set(part.roles) & told)


def not_stated(found: Found, catalogue: Catalogue) -> tuple[str, ...]:
    """Return a sentence for each part of a question that is not answered, for one of its roles or for all of them."""
    cited = found.evidence
    return tuple(
        _said(part.question, missing_roles(part.question, part.found.evidence if part.answered else (), catalogue))
        for part in found.parts
        if _is_missing(part, cited, catalogue)
    )


def _is_missing(part: FoundPart, cited: Sequence[Evidence], catalogue: Catalogue) -> bool:
    """Say whether the articles leave out a part, as far as that can be told of it alone."""
    if part.answered:
        return bool(part.question.about and missing_roles(part.question, part.found.evidence, catalogue))
    alone = bool(part.question.about) or (part.question.whole and part.confidence < threshold(part.found))
    return alone and not _spoken_of(part.question, cited, catalogue)


def _spoken_of(part: Question, evidence: Sequence[Evidence], catalogue: Catalogue) -> bool:
    """Say whether a part is after all what the sentences cited for the others are about."""
    asked = set(forms(part.about)) - _EMPTY
    words = {
        word for item in evidence for word in forms(f"{item.section.heading} {item.article.quote(item.sentence.span)}")
    }
    topics = {item.section.topic for item in evidence}
    return bool(asked and asked <= words) or bool(topics & set(catalogue.find_topics(part.about)))


def _said(part: Question, roles: Sequence[str]) -> str:
    about = f" for the {' and the '.join(roles)}" if roles else ""
    if part.about:
        return f"The articles do not say anything about {part.about}{about}."
    return f"The articles do not say: “{part.text.strip(' ?.!')}”."


def side_by_side(
    question: Question, found: Found, claims: Sequence[Claim]
) -> tuple[tuple[Claim, ...], Comparison | None]:
    """Return the claims for each thing asked for about each of two roles or more as a table; as they are if not so."""
    if len(question.roles) < _PAIR or not found.parts or not all(part.question.about for part in found.parts):
        return tuple(claims), None
    table = [(part, [_cell(part, role, claims) for role in question.roles]) for part in found.parts]
    kept = [place for place in range(len(claims)) if any(place in cells for _, cells in table)]
    rows = tuple(
        Row(part.question.about.capitalize(), tuple(None if cell is None else kept.index(cell) for cell in cells))
        for part, cells in table
    )
    return tuple(claims[place] for place in kept), Comparison(question.roles, rows)


def _cell(part: FoundPart, role: str, claims: Sequence[Claim]) -> int | None:
    """Return the place of the first claim about a role that answers a part, one about it alone before others."""
    cited = {(item.article.id, item.sentence.number) for item in part.found.evidence if part.answered}
    places = [
        place
        for place, claim in enumerate(claims)
        if role in claim.roles and any((one.article.id, one.sentence.number) in cited for one in claim.citations)
    ]
    alone = [place for place in places if claims[place].roles == (role,)]
    return next(iter((*alone, *places)), None)
