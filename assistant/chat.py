"""From the messages of a conversation to an answer: understand, find, judge, write, check.

One line for each step stands in `Assistant._answer`; what each step does is in the module it names.
"""

from __future__ import annotations

import secrets
import time
import weakref
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from assistant import overview
from assistant.answer import Answer, Outcome, Reason, Verdict
from assistant.asking_back import offer_for
from assistant.candidates import Search
from assistant.checks.naming import Naming
from assistant.claims import supported
from assistant.confidence import CERTAINLY_NOT, confidence, is_off_topic, threshold
from assistant.contradictions import against_premise, conflicts, judged, unspoken_premise
from assistant.evidence import Found
from assistant.going_back import gone_back
from assistant.ground import Ground
from assistant.intent import Intent
from assistant.listing import Listing
from assistant.offer import Offer
from assistant.question import Question, QuestionReader
from assistant.refusals import Refusals, disagreement, suggest
from assistant.several import gather_each, not_stated, side_by_side
from assistant.smalltalk import ORDER, is_order, reply_to
from assistant.unsaid import missing_roles, reason_of, strange_roles
from assistant.writer import ExtractiveWriter, Writer
from corpus.library import Library
from index.hits import Ranker

_PAIR = 2
LOOKED_BACK = 3  # messages before the last whose answers are looked up again; what lies further back is seldom meant
REMEMBERED = 512  # questions whose evidence is kept in memory, so that a follow-up need not search for it again
_CERTAIN = 1.0 - CERTAINLY_NOT  # of an answer that needs no judgement: a comparison, a contradiction


class Assistant:
    """Answers questions from one library and one opened index. Safe to use from several threads."""

    generation = ""  # known to whoever opened the index

    def __init__(
        self, library: Library, search: Search, writer: Writer | None = None, *, ranker: Ranker | None = None
    ) -> None:
        """Take the parts; without a ranker the search alone decides, which is weaker."""
        self.library = library
        self._writer = writer or ExtractiveWriter()
        self._reader = QuestionReader(library)
        self._naming = Naming(library.catalogue)
        self._refusals = Refusals(library)
        self._listing = Listing(library)
        self._gather = lru_cache(REMEMBERED)(partial(gather_each, library=library, search=search, ranker=ranker))
        me = weakref.proxy(self)  # what is remembered keeps no assistant alive that was replaced
        self._ground = lru_cache(REMEMBERED)(lambda turns: me._find_ground(turns))
        self._sentences = sum(1 for article in library.articles.values() for _ in article.sentences())

    def answer(self, turns: Sequence[str], answer_id: str | None = None) -> Answer:
        """Answer the last of the user's messages `turns` (oldest first, at least one).

        The answer's id is `answer_id`, or 128 random bits. Raises ValueError when the last message is blank.
        """
        if not turns or not turns[-1].strip():
            raise ValueError("The question is empty. Ask something, for example: Who has the bigger budget?")
        started = time.perf_counter()
        question = self._read(tuple(turns))
        answer = self._respond(question)
        alone = self._self_contained(question, answer)
        elapsed = round((time.perf_counter() - started) * 1000)
        return replace(answer, id=answer_id or secrets.token_urlsafe(16), standalone_question=alone, elapsed_ms=elapsed)

    def _read(self, turns: tuple[str, ...]) -> Question:
        """Read the last turn, knowing where the turns just before it were answered."""
        before = range(1, len(turns))
        grounds = [self._ground(turns[:end]) if end >= len(turns) - LOOKED_BACK else None for end in before]
        return self._reader.read(turns, grounds)

    def _find_ground(self, turns: tuple[str, ...]) -> Ground | Offer | None:
        """Return where the last of these turns is answered, or what it is offered instead; None when neither is so."""
        question = self._read(turns)
        if self._talk(question):
            return None
        if offer := offer_for(question, self.library, self._gather):
            return offer
        return None if question.unknown_roles and not question.roles else self._answering(question)

    def _answering(self, question: Question) -> Ground | None:
        if question.intent is Intent.SECTION:
            return question.ground
        if question.intent in (Intent.COMPARE_ALL, Intent.COMMON, Intent.DESCRIBE):
            article = overview.article_comparing(self.library, question.roles)
            return Ground(article.id, None, article.roles, question.roles) if article else None
        found = self._gather(question)
        if confidence(question, found, self.library.catalogue) < threshold(found) or not found.evidence:
            return None
        best = found.ranked[0] if found.ranked and question.intent is Intent.WHICH else None
        return Ground.of(found.evidence, question.roles, best)

    def _respond(self, question: Question) -> Answer:
        return gone_back(question, self._answer(question), self._writer, self._refusals)

    def _answer(self, question: Question) -> Answer:
        if reply := self._talk(question):
            return self._refusals.small_talk(question, reply)
        if asked := self._ask_back(question):
            return asked
        if question.unknown_roles and (not question.roles or question.intent is Intent.COMPARE_ALL):
            return self._refusals.unknown_role(question)
        whole = {
            Intent.COMPARE_ALL: self._compare, Intent.COMMON: self._in_common, Intent.DESCRIBE: self._describe,
            Intent.SECTION: self._section,
        }  # fmt: skip
        return whole.get(question.intent, self._ask)(question)

    def _self_contained(self, question: Question, answer: Answer) -> str:
        """Return the question that has this answer by itself, as far as naming where it stands makes it so."""
        if question.ground is None or question.told or not answer.claims:
            return question.standalone
        for one in (question, self._reader.naming_its_ground(question)):
            alone = self._respond(self._reader.read([one.standalone]))
            if (alone.outcome, alone.citations()) == (answer.outcome, answer.citations()):
                return one.standalone
        return question.standalone

    def _talk(self, question: Question) -> str | None:
        """Return what is said to a message that asks nothing of the articles."""
        if question.wish or question.chosen or question.way:
            return None
        said = reply_to(question.message) or (ORDER if is_order(question.message) else None)
        return said or self._listing.reply_to(question.message, question.roles)

    def _ask_back(self, question: Question) -> Answer | None:
        """Return the answer that asks which role is meant, if a question leaves it open."""
        offer = offer_for(question, self.library, self._gather)
        return self._refusals.asking_back(question, offer) if offer else None

    def _ask(self, question: Question) -> Answer:
        found = self._gather(question)
        opposite = against_premise(question, found.ranked, self._naming)
        if opposite is not None:
            return self._answered(
                question, replace(found, evidence=(opposite,), roles=opposite.sentence.roles), _CERTAIN
            )
        sure = confidence(question, found, self.library.catalogue)
        if is_off_topic(question, found, self._sentences):
            return self._refusals.off_topic(question)
        premise = unspoken_premise(question, found.evidence, self._naming, unsure=sure < threshold(found))
        if premise:
            return self._refusals.unspoken_premise(question, premise, found, min(sure, threshold(found) / 2))
        if sure < threshold(found):
            return self._refusals.topic_not_covered(question, found, sure)
        return self._answered(question, found, sure)

    def _compare(self, question: Question) -> Answer:
        article = overview.article_comparing(self.library, question.roles)
        missing = [role for role in question.roles if article is None or role not in article.roles]
        if article is None or missing:
            composed = self._compose(question)
            told = {role for claim in composed.claims for role in claim.roles}
            if article is None or told.issuperset(question.roles):
                return composed
        roles = [role for role in question.roles if role in article.roles] or list(article.roles)
        claims, comparison = overview.compare(article, roles if len(roles) >= _PAIR else article.roles, self._writer)
        if not claims:  # an article without topics
            return self._ask(question)
        said = [f"From “{article.title}”:", self._refusals.remark(question, missing, (), (), apart=False)]
        return _draft(
            question,
            outcome=Outcome.PARTLY_ANSWERED if missing else Outcome.ANSWERED,
            reason=None,
            claims=claims,
            confidence=_CERTAIN,
            message=" ".join(reversed(said)).strip(),
            comparison=comparison,
        )

    def _compose(self, question: Question) -> Answer:
        claims, comparison = overview.compose(self.library, question.roles, self._writer)
        if not any(sum(cell is not None for cell in row.cells) >= _PAIR for row in comparison.rows):
            return self._refusals.no_comparison(question)
        besides = overview.treated_besides(self.library, question.roles)
        titles = tuple(dict.fromkeys(citation.article.title for claim in claims for citation in claim.citations))
        return _draft(
            question,
            outcome=Outcome.ANSWERED,
            reason=Reason.PAIR_NOT_COMPARED,
            claims=claims,
            confidence=_CERTAIN,
            message=self._refusals.composed(question, titles, besides),
            comparison=comparison,
        )

    def _section(self, question: Question) -> Answer:
        evidence = overview.under_a_heading(self.library, question.ground, question.roles)
        return self._answered(question, Found(evidence, question.roles, 1.0, 1.0, 1.0), _CERTAIN)

    def _in_common(self, question: Question) -> Answer:
        article = overview.article_comparing(self.library, question.roles)
        roles = question.roles or (article.roles if article else ())
        if not roles:
            return self._refusals.no_comparison(question)
        evidence = overview.in_common(article, roles) if article else ()
        return self._answered(question, Found(evidence, roles, 1.0, 1.0, 1.0), _CERTAIN)

    def _describe(self, question: Question) -> Answer:
        together = overview.article_comparing(self.library, question.roles)
        evidence = tuple(
            item
            for role in question.roles
            for article in [together if together and role in together.roles else self.library.about(role)[0]]
            for item in overview.describe(article, role)
        )
        return self._answered(question, Found(evidence, question.roles, 1.0, 1.0, 1.0), _CERTAIN)

    def _answered(self, question: Question, found: Found, sure: float) -> Answer:
        claims = judged(question, supported(self._writer.write(found.evidence, found.roles)), self._naming)
        if not claims:
            return self._refusals.topic_not_covered(question, found, min(sure, threshold(found)))
        claims, comparison = side_by_side(question, found, claims)
        disagreeing = conflicts(claims, found.evidence, self._naming)
        unsaid, strange = not_stated(found, self.library.catalogue), strange_roles(question, found.evidence)
        missing = () if unsaid else missing_roles(question, found.evidence, self.library.catalogue)
        apart = len(question.roles) >= _PAIR and overview.article_comparing(self.library, question.roles) is None
        told = tuple(dict.fromkeys(role for claim in claims for role in claim.roles))
        said = self._refusals.remark(question, missing, strange, told, apart=apart)
        if any(claim.verdict is Verdict.CONTRADICTED for claim in claims):  # what was asked does not arise
            missing, unsaid, strange, apart, said = (), (), (), False, "The articles say otherwise."
        return _draft(
            question,
            outcome=Outcome.PARTLY_ANSWERED if missing or unsaid or strange else Outcome.ANSWERED,
            reason=reason_of(claims, apart=apart, strange=bool(strange)),
            claims=claims,
            confidence=sure,
            message=" ".join(part for part in (said, *unsaid, disagreement(claims, disagreeing)) if part),
            comparison=comparison,
            conflicts=disagreeing,
            suggestions=suggest(found.evidence),
        )


def _draft(question: Question, **told: Any) -> Answer:
    """Return an answer to a question; its id and how long it took are known at the end."""
    return Answer(id="", question=question.message, standalone_question=question.text, **told)
