"""What every page of the desk has around it, and the way from a template to a response."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent.parent / "templates"


class Frame:
    """Draws the templates under `templates/desk`. Nothing in a value is ever markup."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES / "desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"moment": _moment, "day": _day, "words": _words, "percent": _percent}

    def draw(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page; it knows `root`, the path we stand under, and `visitor`, who is signed in, if anybody is."""
        visitor = getattr(request.state, "visitor", None)
        text = self._templates.get_template(template).render(root=root_of(request), visitor=visitor, **values)
        return HTMLResponse(text, status_code=status, headers={"Cache-Control": "no-store"})


def root_of(request: Request) -> str:
    """Return the path that a proxy serves us under, without a slash at its end; empty for none."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def _moment(value: datetime) -> str:
    return f"{value.day} {value:%b %Y, %H:%M} UTC"


def _day(value: datetime) -> str:
    return f"{value.day} {value:%B %Y}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
