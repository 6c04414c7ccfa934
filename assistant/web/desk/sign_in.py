"""Signing in and out."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from assistant.reviews.passwords import LONGEST
from assistant.web.clients import client_of
from assistant.web.desk.frame import Frame
from assistant.web.desk.guard import Guard, form_of, text_in, wants_page
from assistant.web.desk.sessions import LONGEST_SECONDS
from assistant.web.desk.visitors import COOKIE, LONGEST_NAME, SignIn, ThrottledError, tidy_name
from assistant.web.pages import root_of
from assistant.web.problems import problem

_OF_THE_DESK = re.compile(r"/review(?:/[\w./-]*)?(?:\?[\w=&.%+-]*)?", re.ASCII)


def sign_in_routes(frame: Frame, guard: Guard, sign_in: SignIn) -> APIRouter:
    """Return the routes /review/sign-in, for everybody, and /review/sign-out."""
    router = APIRouter(prefix="/review", include_in_schema=False)
    everybody, reviewers = [Depends(guard.open_to_all)], [Depends(guard.reviewers_only)]

    page = functools.partial(_page, frame, sign_in)

    @router.get("/sign-in", dependencies=everybody)
    def ask(request: Request, to: str = "") -> Response:
        if sign_in.visitor(request):
            return RedirectResponse(root_of(request) + within(to), status_code=303)
        return page(request, within(to))

    @router.post("/sign-in", dependencies=everybody)
    def enter(request: Request) -> Response:
        form = form_of(request)
        to, name = within(text_in(form, "to", 1000)), tidy_name(text_in(form, "name", 2 * LONGEST_NAME))
        given = form.get("password")
        if not name or not isinstance(given, str):
            return page(request, to, f"Give your name, up to {LONGEST_NAME} characters, and the password.", 422)
        client = client_of(request.scope)
        try:
            key = sign_in.enter(client, name, given[:LONGEST])
        except ThrottledError as error:
            seconds = math.ceil(error.seconds)
            said = f"Too many passwords were tried. Wait {seconds} seconds."
            response = page(request, to, said, 429) if wants_page(request) else problem(429, detail=said)
            response.headers["Retry-After"] = str(seconds)
            return response
        if key is None:
            return page(request, to, "That is not the password.", 401)
        sign_in.leave(request)  # the session of this browser so far, if it has one: its cookie is replaced
        response = RedirectResponse(root_of(request) + to, status_code=303)
        _set_cookie(request, response, key)
        return response

    _add_sign_out(router, sign_in, reviewers)
    return router


def _add_sign_out(router: APIRouter, sign_in: SignIn, reviewers: list[Any]) -> None:
    @router.post("/sign-out", dependencies=reviewers)
    def leave(request: Request) -> Response:
        sign_in.leave(request)
        response = RedirectResponse(f"{root_of(request)}/review/sign-in", status_code=303)
        response.delete_cookie(COOKIE, path=f"{root_of(request)}/review")
        return response


def _page(frame: Frame, sign_in: SignIn, request: Request, to: str, said: str = "", status: int = 200) -> Response:
    return frame.draw(request, "sign_in.html", status=status, to=to, said=said, by_password=sign_in.by_password)


def within(to: str) -> str:
    """Return the path to go on to: one of the desk, whatever was asked for."""
    return to if _OF_THE_DESK.fullmatch(to) and "//" not in to and ".." not in to else "/review"


def _set_cookie(request: Request, response: Response, key: str) -> None:
    secure = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
    response.set_cookie(
        COOKIE,
        key,
        max_age=int(LONGEST_SECONDS),
        path=f"{root_of(request)}/review",
        httponly=True,
        samesite="strict",
        secure=secure,
    )
