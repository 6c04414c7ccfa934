"""The queue of the review desk: answers by the reasons to look at them, page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Row, case, cast, func, select

from assistant.records.database import Database
from assistant.records.review_tables import articles_seen, standing, verdicts
from assistant.records.tables import answers, cited, thumbs
from assistant.reviews.desk import Flag, Order, Page, QueueItem

LOW_CONFIDENCE = 0.5  # below this an answer is likelier not to be in the articles than to be in them
# What weighs how much in the order of risk: a reader who complains more than all that a program can suspect. A guess.
_RISK = {Flag.THUMBS_DOWN: 8, Flag.CHANGED_SOURCE: 4, Flag.LOW_CONFIDENCE: 2, Flag.NEW_ARTICLE: 1}
_RISK_STEP = 2**40  # more answers than this are never kept
NEW_DAYS = 30  # how long an article is new: as long as answers are kept by default

_JUDGED = (
    select(func.count(verdicts.c.claim.distinct()))
    .where(verdicts.c.answer_id == answers.c.id, standing())
    .scalar_subquery()
)


class Queue:
    """Reads the queue. A page costs as much at its end as at its beginning: pages begin below a number."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def page(self, flags: Collection[Flag], below: int | None, limit: int, order: Order) -> Page:
        """Return answers to which all the flags apply, from below a place on."""
        kept, place = answers.c, self._place(order)
        wanted = select(
            place.label("place"), kept.id, kept.asked, kept.outcome, kept.reason, kept.confidence, kept.claims,
            kept.understood, kept.turns, _JUDGED.label("judged"), thumbs.c.up, thumbs.c.reason.label("thumb_reason"),
            *(self._applies(flag).label(flag.value) for flag in Flag),
        ).join_from(answers, thumbs, isouter=True)  # fmt: skip
        conditions = [self._applies(flag) for flag in flags]
        if below is not None:
            conditions.append(place < below)
        wanted = wanted.where(*conditions).order_by(place.desc()).limit(limit + 1)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        items = tuple(_item(row) for row in rows[:limit])
        return Page(items, items[-1].place if len(rows) > limit else None)

    def _place(self, order: Order) -> ColumnElement[int]:
        if order is Order.LATEST:
            return answers.c.number
        applies = [case((self._applies(flag), weight), else_=0) for flag, weight in _RISK.items()]
        risk = case((self._applies(Flag.UNREVIEWED), sum(applies[1:], applies[0])), else_=0)
        return cast(risk, BigInteger) * _RISK_STEP + answers.c.number

    def waiting(self) -> Mapping[Flag, int]:
        """Return to how many answers each flag applies."""
        counts = {}
        with self._database.reading() as connection:
            for flag in Flag:
                counted = select(func.count()).select_from(answers).where(self._applies(flag))
                counts[flag] = connection.execute(counted).scalar_one()
        return counts

    def _applies(self, flag: Flag) -> ColumnElement[bool]:
        kept = answers.c
        if flag is Flag.REFUSED:
            return kept.claims == 0
        if flag is Flag.UNREVIEWED:
            return case((kept.claims == 0, 1), else_=kept.claims) > _JUDGED  # a refusal is judged as a whole
        if flag is Flag.LOW_CONFIDENCE:
            return (kept.claims > 0) & (kept.confidence < LOW_CONFIDENCE)
        if flag is Flag.THUMBS_DOWN:
            return kept.number.in_(select(thumbs.c.answer_number).where(thumbs.c.up.is_(False)))
        sentences = select(cited.c.answer_number)
        if flag is Flag.CHANGED_SOURCE:
            return kept.number.in_(sentences.where(cited.c.stands.is_(False)))
        recent = articles_seen.c.first_seen >= self._clock() - timedelta(days=NEW_DAYS)
        new = select(articles_seen.c.article_id).where(recent)
        return kept.number.in_(sentences.where(cited.c.article_id.in_(new)))


def _item(row: Row[tuple[object, ...]]) -> QueueItem:
    return QueueItem(
        row.place, row.id, row.asked, row.turns[-1], row.understood, row.outcome, row.reason, row.confidence,
        row.claims, row.judged, row.up, row.thumb_reason or "",
        tuple(flag for flag in Flag if getattr(row, flag.value)),
    )  # fmt: skip
