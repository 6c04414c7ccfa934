"""A short page of help for each who meets Rolewise: the employee, the web master, the reviewer.

The web master's says how this very server is set up, as far as every visitor may know it: the origins stand in a header
of /embed, the path in every address, and how a request came its sender knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.limits import LONGEST_QUESTION
from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.clients import way_of
from assistant.web.examples import example_questions
from assistant.web.pages import Pages


@dataclass(frozen=True, slots=True)
class SettingEntry:
    """A setting as the web master's page lists it, without its value: some are secrets."""

    name: str
    about: str
    default: str


def help_routes(assistant: Answers, pages: Pages, origins: Sequence[str] = ()) -> APIRouter:
    """Return the routes /help, /help/web-master and /help/reviewer. Pages of the `origins` may show the chat."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/help", methods=["GET", "HEAD"])
    def employee(request: Request) -> HTMLResponse:
        library = assistant.library
        return pages.draw(
            request, "help/employee.html", questions=example_questions(library.articles.values()),
            article_count=len(library.articles), role_count=len(library.roles()), longest_question=LONGEST_QUESTION,
        )  # fmt: skip

    @router.api_route("/help/web-master", methods=["GET", "HEAD"])
    def web_master(request: Request) -> HTMLResponse:
        base, way = str(request.base_url).rstrip("/"), way_of(request.scope)
        return pages.draw(request, "help/web_master.html", base=base, origins=origins, way=way, settings=_settings())

    @router.api_route("/help/reviewer", methods=["GET", "HEAD"])
    def reviewer(request: Request) -> HTMLResponse:
        first = min(assistant.library.articles)
        return pages.draw(request, "help/reviewer.html", example=assistant.library.articles[first])

    @router.api_route("/help/{rest:path}", methods=["GET", "HEAD"])
    def no_such_page(request: Request, rest: str) -> HTMLResponse:
        del rest
        return pages.missing(request, "help page", len(assistant.library.articles))

    return router


def _settings() -> tuple[SettingEntry, ...]:
    plain = (str, int, float, bool)
    return tuple(
        SettingEntry(
            f"ROLEWISE_{name.upper()}",
            field.description or "",
            str(field.default).lower()
            if isinstance(field.default, bool)
            else str(field.default)
            if isinstance(field.default, plain)
            else "",
        )
        for name, field in Settings.model_fields.items()
    )
