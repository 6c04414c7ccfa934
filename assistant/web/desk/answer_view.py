"""One answer as a reviewer sees it: each claim beside the section that its sentences stand in, or the refusal."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.reviews.nouns import ON_CLAIMS, ON_REFUSALS, Judgement, Verdict
from assistant.reviews.words import standing, words_on
from corpus.library import Library

AROUND = 3  # sentences shown before and after the cited one; a section may be a page long

JUDGEMENTS = {
    Judgement.SUPPORTED: "Supported",
    Judgement.WRONG_ROLE: "Wrong role",
    Judgement.NOT_SUPPORTED: "Not supported",
    Judgement.OUTDATED: "Outdated",
    Judgement.REFUSED_RIGHTLY: "Refused rightly",
    Judgement.SHOULD_ANSWER: "Should have answered",
}
REASONS = (
    "the sentence is about the other role",
    "it does not answer the question",
    "another sentence answers better",
    "a number or a name differs",
    "the article is wrong or out of date",
)
REFUSAL_REASONS = (
    "an article answers it",
    "the question was misunderstood",
    "the articles should cover it",
    "it is not about job roles",
)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited sentence in its section. `stands` tells whether the article still holds it."""

    number: int
    article_id: str
    title: str
    heading: str
    url: str
    quote: str
    stands: bool
    sentences: tuple[tuple[str, bool], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, its sources, the last word of each reviewer on it, and the id of the next verdict from this page.

    `name` is what it is called: "Claim 2", or "The refusal", which has neither roles nor sources.
    """

    index: int
    name: str
    text: str
    roles: tuple[str, ...]
    topic: str | None
    verdict: str
    sources: tuple[SourceView, ...]
    mine: Verdict | None
    others: tuple[Verdict, ...]
    next_id: str


def claims_of(
    answer: Mapping[str, Any], library: Library, verdicts: Sequence[Verdict], reviewer: str
) -> tuple[ClaimView, ...]:
    """Return the claims of an answer object with what `reviewer` and others found of them; of a refusal, itself."""
    whole = {"text": answer["markdown"], "roles": [], "topic": None, "verdict": "supported", "citations": []}
    views = []
    for index, claim in enumerate(answer["claims"] or [whole]):
        words = words_on(verdicts, index)
        sources = [source_view(each, library) for each in answer["citations"] if each["number"] in claim["citations"]]
        others = tuple(verdict for name, verdict in words.items() if name != reviewer)
        views.append(
            ClaimView(
                index, _name(answer["claims"], index), claim["text"], tuple(claim["roles"]), claim["topic"],
                claim["verdict"], tuple(sources),
                words.get(reviewer), others, secrets.token_hex(16),
            )
        )  # fmt: skip
    return tuple(views)


def judgements_of(answer: Mapping[str, Any]) -> dict[Judgement, str]:
    """Return what can be found of the claims of an answer object, or of a refusal, with the words for it."""
    return {one: JUDGEMENTS[one] for one in (ON_CLAIMS if answer["claims"] else ON_REFUSALS)}


def reasons_of(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the reasons that a verdict on an answer object may be given with one click."""
    return REASONS if answer["claims"] else REFUSAL_REASONS


def undo_view(verdicts: Sequence[Verdict], reviewer: str) -> dict[str, Any]:
    """Return what `reviewer` may undo on an answer: `undo`, None for nothing; and `undone`: what just was, or ""."""
    mine = [verdict for verdict in verdicts if verdict.reviewer == reviewer]
    last = standing(mine)[-1:]
    back = next((one for one in mine if one.id == mine[-1].undoes), None) if mine else None
    undo = {"id": last[0].id, "said": _called(last[0])} if last else None
    return {"undo": undo, "undone": f"Undone: {_called(back)}." if back else ""}


def _called(verdict: Verdict) -> str:
    refusal = verdict.judgement in ON_REFUSALS
    return f"{_name([] if refusal else [verdict], verdict.claim)}, {JUDGEMENTS[verdict.judgement]}"


def _name(claims: Sequence[object], index: int) -> str:
    return f"Claim {index + 1}" if claims else "The refusal"


def source_view(citation: Mapping[str, Any], library: Library) -> SourceView:
    """Return a citation with the sentences around it as the articles in use have them now."""
    quote, article = citation["quote"], library.articles.get(citation["article_id"])
    around: tuple[tuple[str, bool], ...] = ((quote, True),)
    stands = cut = False
    number = 0
    for section in article.sections if article else ():
        words = [article.quote(sentence.span) for sentence in section.sentences] if article else []
        if quote in words and (not stands or section.heading == citation["heading"]):
            place = words.index(quote)
            first, last = max(0, place - AROUND), place + AROUND + 1
            around = tuple((text, at == place) for at, text in enumerate(words) if first <= at < last)
            stands, cut, number = True, len(around) < len(words), section.sentences[place].number
    return SourceView(
        citation["number"], citation["article_id"], citation["article_title"], citation["heading"],
        f"/articles/{citation['article_id']}" + (f"#s{number}" if stands else ""), quote, stands, around, cut,
    )  # fmt: skip
