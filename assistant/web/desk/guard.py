"""Before every page of the desk: whether it is open at all, who this is, and whether they really sent it."""

from __future__ import annotations

import hmac
import re
import secrets
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from assistant.web.desk.frame import Frame
from assistant.web.desk.visitors import SignIn, Visitor
from assistant.web.pages import root_of
from assistant.web.problems import problem

_READING = ("GET", "HEAD")
_ID = re.compile(r"[0-9a-f]{32}")
TOKEN = "token"  # the field of a form, and with "x-" before it the header of a script, that carries the token


class GuardError(Exception):
    """A request that does not get in. `status` and `said` are for who sent it."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class ClosedError(GuardError):
    """Nobody has set up a way to sign in."""

    def __init__(self) -> None:
        super().__init__(403, "The review desk is closed until a way to sign in is set up.")


class StrangerError(GuardError):
    """Whoever sent this is not signed in."""

    def __init__(self) -> None:
        super().__init__(401, "Sign in at /review/sign-in first.")


class ForgedError(GuardError):
    """This did not come from a page of the desk, or from an old one."""

    def __init__(self) -> None:
        super().__init__(403, "This page is out of date, or the request came from another site. Load the page again.")


class Guard:
    """Dependencies of the routes. What they find stays with the request: `visitor_of`, `form_of`."""

    def __init__(self, sign_in: SignIn) -> None:
        self._sign_in = sign_in

    async def open_to_all(self, request: Request) -> None:
        """Let everybody in once the desk is set up: the page to sign in."""
        if not (self._sign_in.by_password or self._sign_in.by_proxy):
            raise ClosedError
        if request.method not in _READING:
            if not self._sign_in.comes_from_here(request):
                raise ForgedError
            request.state.form = await request.form()

    async def reviewers_only(self, request: Request) -> None:
        """Let reviewers in, and what they send only with the token of their session."""
        if not (self._sign_in.by_password or self._sign_in.by_proxy):
            raise ClosedError
        visitor = self._sign_in.visitor(request)
        if visitor is None:
            raise StrangerError
        request.state.visitor = visitor
        if request.method in _READING:
            return
        if not self._sign_in.comes_from_here(request):
            raise ForgedError
        form = await request.form()
        given = request.headers.get(f"x-{TOKEN}") or form.get(TOKEN)
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), visitor.token.encode()):
            raise ForgedError
        request.state.form = form


def visitor_of(request: Request) -> Visitor:
    """Return the reviewer who sends a request that the guard has let in."""
    visitor: Visitor = request.state.visitor
    return visitor


def form_of(request: Request) -> FormData:
    """Return the form that came with a request that the guard has let in."""
    form: FormData = request.state.form
    return form


def text_in(form: FormData, name: str, longest: int) -> str:
    """Return a field of a form as text without white space around it, at most so many characters of it."""
    value: Any = form.get(name)
    return value.strip()[:longest] if isinstance(value, str) else ""


def id_in(form: FormData) -> str:
    """Return the id that a page has given to what it sends, or a new one where it is none."""
    given = text_in(form, "id", 32)
    return given if _ID.fullmatch(given) else secrets.token_hex(16)


def wants_page(request: Request) -> bool:
    """Tell whether a person waits for a page, and not a script for an object."""
    return "text/html" in request.headers.get("accept", "")


def show_refusals(app: FastAPI, frame: Frame, sign_in: SignIn) -> None:
    """Say no in the form that was asked for: a page, the way to the sign-in, or a problem object."""

    async def refuse(request: Request, error: Exception) -> Response:
        if not isinstance(error, GuardError):
            raise error
        if not wants_page(request):
            return problem(error.status, detail=error.said, headers={"Cache-Control": "no-store"})
        if isinstance(error, ClosedError):
            return frame.draw(request, "closed.html", status=error.status)
        if isinstance(error, StrangerError) and sign_in.by_password and request.method in _READING:
            query = f"?{request.url.query}" if request.url.query else ""
            wanted = urlencode({"to": request.url.path.removeprefix(root_of(request)) + query})
            return RedirectResponse(f"{root_of(request)}/review/sign-in?{wanted}", status_code=303)
        return frame.draw(
            request, "refused.html", status=error.status, said=error.said, by_password=sign_in.by_password
        )

    app.add_exception_handler(GuardError, refuse)
