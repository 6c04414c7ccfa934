"""The article reader: plain pages that need no JavaScript. A citation's address leads here, to its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.web.answers import Answers
from assistant.web.article_view import parts_of

TEMPLATES = Path(__file__).parent / "templates"

_MOST_DIGITS = 6  # no article has a million sentences, and reading endless numbers takes time


def reader_routes(assistant: Answers) -> APIRouter:
    """Return the routes /articles and /articles/{id}."""
    router = APIRouter(include_in_schema=False)
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        root = request.scope.get("root_path", "").rstrip("/")
        return HTMLResponse(templates.get_template(name).render(root=root, **values), status_code=status)

    @router.api_route("/articles", methods=["GET", "HEAD"])
    def articles(request: Request) -> HTMLResponse:
        library = assistant.library
        ordered = sorted(library.articles.values(), key=lambda article: article.title.casefold())
        return page(request, "articles.html", articles=ordered, role_count=len(library.roles()))

    @router.api_route("/articles/{article_id}", methods=["GET", "HEAD"])
    def article(request: Request, article_id: str, cited: str = "") -> HTMLResponse:
        library = assistant.library
        found = library.articles.get(article_id)
        if found is None:
            return page(request, "missing.html", status=404, article_count=len(library.articles))
        return page(request, "article.html", article=found, parts=tuple(parts_of(found)), cited=sentence_numbers(cited))

    return router


def sentence_numbers(text: str) -> frozenset[int]:
    """Return the numbers in "3,7"; whatever is no number is passed over, for addresses are typed by hand too."""
    return frozenset(
        int(part) for part in text.split(",") if part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS
    )
