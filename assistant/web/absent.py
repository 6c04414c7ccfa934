"""What stands at an address where there is nothing: a page for people, a problem for programs."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from assistant.web.answers import Answers
from assistant.web.pages import Pages
from assistant.web.problems import problem

NOTHING = "There is nothing at this address."


class Absent:
    """Answers 404. `detail` is for programs: what is missing, and what to do."""

    def __init__(self, assistant: Answers, pages: Pages) -> None:
        self._assistant, self._pages = assistant, pages

    def __call__(self, request: Request, detail: str = NOTHING) -> Response:
        """Return the response for whoever asked: browsers say that they read HTML."""
        if request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", ""):
            response: Response = self._pages.missing(request, "page", len(self._assistant.library.articles))
        else:
            response = problem(404, detail=detail)
        response.headers["Vary"] = "Accept"
        return response
