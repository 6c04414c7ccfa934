"""What every page of the desk has around it, and the way from a template to a response."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistant.dates import in_words
from assistant.web.pages import root_of, template_environment


class Frame:
    """Draws the templates under `templates/desk`. Nothing in a value is ever markup."""

    def __init__(self) -> None:
        self._templates = template_environment()
        self._templates.filters |= {"moment": _moment, "day": in_words, "words": _words, "percent": _percent}

    def draw(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page; it knows `root`, the path we stand under, and `visitor`, who is signed in, if anybody is."""
        visitor = getattr(request.state, "visitor", None)
        text = self._templates.get_template(f"desk/{template}").render(root=root_of(request), visitor=visitor, **values)
        return HTMLResponse(text, status_code=status, headers={"Cache-Control": "no-store"})


def _moment(value: datetime) -> str:
    return f"{value.day} {value:%b %Y, %H:%M} UTC"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
