"""The pages that the server draws by itself: one environment of templates, and the way from one to a response."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.dates import in_words

TEMPLATES = Path(__file__).parent / "templates"

_CODE = re.compile(r"`([^`]+)`")


class Pages:
    """Draws templates. Every one of them knows `root`, the path that the server stands under, empty for none."""

    def __init__(self) -> None:
        self._templates = template_environment()
        self._templates.filters |= {"with_code": with_code, "in_words": in_words}

    def draw(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return the page; `values` are what the template names."""
        text = self._templates.get_template(template).render(root=root_of(request), **values)
        return HTMLResponse(text, status_code=status)

    def missing(self, request: Request, what: str, article_count: int) -> HTMLResponse:
        """Return the page for an address where there is no `what`."""
        return self.draw(request, "missing.html", status=404, what=what, article_count=article_count)


@functools.cache
def template_environment() -> Environment:
    """Return what draws the templates: nothing in a value is markup, and a name without a value is an error.

    It is one for the process: a template is translated to Python when it is first drawn, which takes far longer than
    drawing it.
    """
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def root_of(request: Request) -> str:
    """Return the path that a proxy serves us under, without a slash at its end; empty for none."""
    scope = request.scope  # what is mounted has its own place in `root_path`
    return str(scope.get("app_root_path", scope.get("root_path", ""))).rstrip("/")


def with_code(text: str) -> Markup:
    """Return text in which what stands between backticks is drawn as code; nothing else in it is markup."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))
