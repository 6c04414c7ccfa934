"""Answer what a message wants of the answer before it: more sentences of the same sections, fewer, or their reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import overview
from assistant.answer import Answer, Claim, Evidence, Outcome
from assistant.claims import supported
from assistant.intent import Intent
from assistant.question import Question
from assistant.refusals import Refusals
from assistant.wish import Wants, Wish
from assistant.writer import Writer

_AT_ONCE = 4  # sentences more, few enough to be read
_SHORTEST = "This is as short as it gets: one sentence, word for word."
_REASON = re.compile(
    r"\b(?:because|since(?! \d)|so that|in order to|due to|owing to|therefore|hence|(?:that|this|which) is why|"
    r"for (?:this|that|which) reason|as a result|the reasons?)\b",
    re.I,
)


def gone_back(question: Question, answer: Answer, writer: Writer, refusals: Refusals) -> Answer:
    """Return what is wanted of an answer to a question, the answer itself if nothing is."""
    wish = question.wish
    if wish is None or not answer.claims:
        return answer
    if wish.wants is Wants.SOURCE:
        return replace(answer, message=" ".join(part for part in (_rests_on(answer), answer.message) if part))
    if wish.wants is Wants.SHORTER:
        return _shortened(answer)
    if wish.wants is Wants.MORE and question.intent is Intent.COMPARE_ALL:
        return refusals.nothing_more(question, answer)
    roles = tuple(dict.fromkeys(question.roles or (role for claim in answer.claims for role in claim.roles)))
    topics = wish.wants is Wants.MORE and question.intent is Intent.DESCRIBE
    near = list(_described(answer, roles) if topics else _around(answer, roles))
    claims = supported(writer.write(_further(answer, near, wish), roles))
    if not claims:
        return refusals.nothing_more(question, answer)
    told = replace(answer, claims=claims, outcome=Outcome.ANSWERED, reason=None, message="")
    return replace(told, comparison=None, conflicts=())


def _shortened(answer: Answer) -> Answer:
    """Return an answer with fewer of its claims: the best for each of several roles, or else the best of all.

    Of a table the first topic stays, and of claims that disagree the first two that do.
    """
    if len(answer.claims) == 1:
        return replace(answer, message=" ".join(part for part in (answer.message, _SHORTEST) if part))
    if answer.conflicts:
        kept = [answer.claims[place] for place in answer.conflicts[0]]
    elif answer.comparison:
        kept = [answer.claims[cell] for cell in answer.comparison.rows[0].cells if cell is not None]
    else:
        kept = _one_for_each(answer.claims)
    if len(kept) == len(answer.claims) and not answer.conflicts:
        kept = kept[:1]
    return replace(answer, claims=tuple(kept), comparison=None, conflicts=((0, 1),) if answer.conflicts else ())


def _one_for_each(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that are the first to speak of a role."""
    kept: list[Claim] = []
    for claim in claims:
        if not {role for one in kept for role in one.roles}.issuperset(claim.roles):
            kept.append(claim)
    return kept


def _further(answer: Answer, near: Sequence[Evidence], wish: Wish) -> tuple[Evidence, ...]:
    """Return of the sentences near an answer those that give reasons or go on from it; none when nothing more does."""
    if wish.wants is Wants.REASON:
        return tuple(item for item in near if _REASON.search(_quote(item)))[:_AT_ONCE]
    cited = {(one.article.id, one.sentence.number) for one in answer.citations()}
    new = [item for item in near if (item.article.id, item.sentence.number) not in cited]
    return tuple(new[(wish.times - 1) * _AT_ONCE : wish.times * _AT_ONCE])


def _rests_on(answer: Answer) -> str:
    """Return what to say to somebody who asks where an answer comes from."""
    citations = answer.citations()
    titles = " and ".join(dict.fromkeys(f"“{one.article.title}”" for one in citations))
    which = "this sentence" if len(citations) == 1 else "these sentences"
    return f"The answer rests on {which} of {titles}, quoted word for word."


def _described(answer: Answer, roles: Sequence[str]) -> Iterator[Evidence]:
    """Yield what the articles that an answer cites say of these roles on each of their topics."""
    for article in dict.fromkeys(one.article for one in answer.citations()):
        for role in roles:
            yield from overview.described(article, role)


def _around(answer: Answer, roles: Sequence[str]) -> Iterator[Evidence]:
    """Yield the sentences about these roles, or about anybody, of the sections that an answer cites."""
    meant = set(roles)
    for article, section in dict.fromkeys((one.article, one.section) for one in answer.citations()):
        for sentence in section.sentences:
            item = Evidence(article, section, sentence, 1.0)
            if sentence.roles and (not meant or meant & set(sentence.roles)) and not _quote(item).endswith("?"):
                yield item


def _quote(item: Evidence) -> str:
    return item.article.quote(item.sentence.span)
