"""Figures at a glance, and the record to take away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from tempfile import SpooledTemporaryFile

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from assistant.reviews.agreement import agreement
from assistant.reviews.desk import Day
from assistant.reviews.exchange import csv_lines, json_lines
from assistant.web.desk.answer_view import JUDGEMENTS
from assistant.web.desk.drawing import Bar, chart
from assistant.web.desk.parts import Desk

PERIODS = (7, 30, 90)  # days to look back at
_TOPICS = 15
_IN_MEMORY = 4 * 1024 * 1024  # bytes of an export: some thousand verdicts; a larger one waits on the disk


def add_figures(router: APIRouter, desk: Desk) -> None:
    """Add the routes /review/figures and /review/export.*."""

    @router.get("/figures")
    def figures(request: Request, days: str = "30") -> Response:
        period = next((one for one in PERIODS if str(one) == days), PERIODS[1])
        today = datetime.now(UTC)
        found = desk.reviews.figures(_midnight(today - timedelta(days=period - 1)), lambda text: _topics(desk, text))
        every_day = _every_day(found.days, today.date(), period)
        verdicts = dict(found.verdicts)
        return desk.frame.draw(
            request, "figures.html", period=period, periods=PERIODS, found=found, days=every_day,
            asked=sum(day.asked for day in every_day), answered=sum(day.answered for day in every_day),
            chart=chart([Bar(f"{day.day.day} {day.day:%b}", day.asked, day.answered) for day in every_day]),
            topics=found.uncovered_topics[:_TOPICS],
            verdicts=[(label, verdicts.get(one.value, 0)) for one, label in JUDGEMENTS.items()],
            agreement=agreement(desk.reviews.every_verdict()),
        )  # fmt: skip

    @router.get("/export.csv")
    def export_csv() -> Response:
        return _download(csv_lines(desk.reviews), "text/csv; charset=utf-8", "csv")

    @router.get("/export.jsonl")
    def export_json() -> Response:
        return _download(json_lines(desk.reviews), "application/jsonl; charset=utf-8", "jsonl")


def _download(lines: Iterator[str], media_type: str, suffix: str) -> Response:
    name = f"rolewise-reviews-{datetime.now(UTC):%Y-%m-%d}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    with ExitStack() as opened:  # read whole first: what a failing database leaves off would be missed by nobody
        file = opened.enter_context(SpooledTemporaryFile(_IN_MEMORY))
        file.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
        file.seek(0)
        close = BackgroundTask(opened.pop_all().close)
    return StreamingResponse(file, 200, headers, media_type, close)


def _topics(desk: Desk, question: str) -> Collection[str]:
    """Return the topics that a question names and, where it names roles, that no article treats with one of them."""
    library = desk.answers.library
    topics = set(library.catalogue.find_topics(question))
    roles = {role for mention in library.catalogue.find_roles(question) for role in mention.roles}
    about = [article for article in library.articles.values() if not roles or roles & set(article.roles)]
    return topics - {section.topic for article in about for section in article.sections}


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _every_day(days: Collection[Day], today: date, period: int) -> list[Day]:
    """Return a day for each of the period, those without a question too."""
    known = {day.day: day for day in days}
    dates = [today - timedelta(days=back) for back in reversed(range(period))]
    return [known.get(one, Day(one, 0, 0)) for one in dates]
