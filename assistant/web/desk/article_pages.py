"""The articles: upload one, see what was understood beside the source, correct it, publish it, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant.reviews.keeping import ArticleDraft
from assistant.web.desk.guard import form_of, text_in
from assistant.web.desk.parts import Desk
from assistant.web.pages import root_of
from corpus.article import Article, CorpusError
from corpus.check import check_article
from corpus.corrections import correction
from corpus.library import Library
from corpus.reading import READERS

UPLOAD_LIMIT = 10 * 1024 * 1024  # bytes of a whole upload; a larger file goes in by `rolewise articles add`
UPLOAD_PATH = "/review/articles"
_LONGEST = 4000  # characters of a title or a list of roles
_SHOWN = 100_000  # characters of a source shown; a book is no article


class Progress:
    """What was published or withdrawn here and is not in use yet: the running server takes it over in its own time.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._published: dict[str, str] = {}
        self._withdrawn: set[str] = set()
        self._lock = Lock()

    def published(self, article: Article) -> None:
        """Note that an article is on the shelf."""
        with self._lock:
            self._published[article.id] = article.content_hash()
            self._withdrawn.discard(article.id)

    def withdrawn(self, identifier: str) -> None:
        """Note that an article is off the shelf."""
        with self._lock:
            self._published.pop(identifier, None)
            self._withdrawn.add(identifier)

    def waiting(self, library: Library, own: Mapping[str, object]) -> dict[str, str]:
        """Return what is still to come, by article: "being taken in" or "being taken out"."""
        with self._lock:
            used = {name: library.articles[name].content_hash() for name in self._published if name in library.articles}
            self._published = {name: made for name, made in self._published.items() if used.get(name) != made}
            self._withdrawn = {name for name in self._withdrawn if name in library.articles and name not in own}
            coming = dict.fromkeys({*self._published, *(set(own) - set(library.articles))}, "being taken in")
            return coming | dict.fromkeys(self._withdrawn, "being taken out")


def add_articles(router: APIRouter, desk: Desk) -> None:
    """Add the routes under /review/articles."""
    progress = Progress()

    @router.get("/articles")
    def articles(request: Request) -> Response:
        return _list(request, desk, progress)

    @router.get("/articles/state")
    def state() -> JSONResponse:
        """Say what is still on its way, for the page to look at now and then."""
        waiting = progress.waiting(desk.answers.library, desk.keeper.own())
        return JSONResponse({"waiting": waiting}, headers={"Cache-Control": "no-store"})

    @router.post("/articles")
    def upload(request: Request) -> Response:
        file = form_of(request).get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return _list(request, desk, progress, said="Choose a file first.")
        draft = desk.keeper.take(file.filename, file.file.read(), desk.answers.library)
        return _to(request, f"/review/articles/drafts/{draft.id}")

    @router.post("/articles/own/{identifier}/correct")
    def reopen(request: Request, identifier: str) -> Response:
        try:
            draft = desk.keeper.reopen(identifier, desk.answers.library)
        except CorpusError as error:
            return _list(request, desk, progress, said=str(error))
        return _to(request, f"/review/articles/drafts/{draft.id}")

    @router.post("/articles/own/{identifier}/withdraw")
    def withdraw(request: Request, identifier: str) -> Response:
        try:
            desk.keeper.withdraw(identifier)
        except CorpusError as error:
            return _list(request, desk, progress, said=str(error))
        progress.withdrawn(identifier)
        return _to(request, "/review/articles")

    _add_drafts(router, desk, progress)


def _add_drafts(router: APIRouter, desk: Desk, progress: Progress) -> None:
    @router.get("/articles/drafts/{draft_id}")
    def look(request: Request, draft_id: str) -> Response:
        draft = desk.keeper.draft(draft_id)
        return _draft(request, desk, draft) if draft else _gone(request, desk)

    @router.post("/articles/drafts/{draft_id}/correct")
    def correct(request: Request, draft_id: str) -> Response:
        draft, form = desk.keeper.draft(draft_id), form_of(request)
        if draft is None:
            return _gone(request, desk)
        roles = tuple(text_in(form, "roles", _LONGEST).splitlines())
        known = correction(text_in(form, "title", _LONGEST), roles, draft.known.source)
        desk.keeper.correct(draft, known, desk.answers.library)
        return _to(request, f"/review/articles/drafts/{draft_id}")

    @router.post("/articles/drafts/{draft_id}/publish")
    def publish(request: Request, draft_id: str) -> Response:
        draft = desk.keeper.draft(draft_id)
        if draft is None:
            return _gone(request, desk)
        try:
            progress.published(desk.keeper.publish(draft))
        except CorpusError as error:
            return _draft(request, desk, draft, said=str(error))
        return _to(request, "/review/articles")

    @router.post("/articles/drafts/{draft_id}/discard")
    def discard(request: Request, draft_id: str) -> Response:
        desk.keeper.discard(draft_id)
        return _to(request, "/review/articles")


def _list(request: Request, desk: Desk, progress: Progress, said: str = "") -> Response:
    library, own = desk.answers.library, desk.keeper.own()
    known = {name: library.articles.get(name) for name in own}
    findings = {name: check_article(article, library) for name, article in known.items() if article}
    shipped = [article for name, article in library.articles.items() if name not in own]
    return desk.frame.draw(
        request, "articles.html", status=422 if said else 200, said=said, own=known, findings=findings,
        shipped=shipped, waiting=progress.waiting(library, own), suffixes=sorted(READERS), limit=UPLOAD_LIMIT,
        generation=desk.answers.generation,
    )  # fmt: skip


def _draft(request: Request, desk: Desk, draft: ArticleDraft, said: str = "") -> Response:
    roles = draft.known.roles or (draft.article.roles if draft.article else ())
    title = draft.known.title or (draft.article.title if draft.article else "")
    return desk.frame.draw(
        request, "draft.html", status=422 if said else 200, draft=draft, said=said, roles=roles, title=title,
        source=draft.source[:_SHOWN], cut=len(draft.source) > _SHOWN,
    )  # fmt: skip


def _gone(request: Request, desk: Desk) -> Response:
    said = "This draft is no longer kept: it was published or discarded, or the server was started again."
    return desk.frame.draw(request, "nothing.html", status=404, said=said)


def _to(request: Request, path: str) -> Response:
    return RedirectResponse(root_of(request) + path, status_code=303)
