"""The web application: everything under one roof, handed the assistant that answers. Nothing runs at import."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant.records.kept import NothingKept, Records
from assistant.settings import Settings
from assistant.web import embedding
from assistant.web.absent import Absent
from assistant.web.answer_pages import answer_routes
from assistant.web.answers import Answers
from assistant.web.api import api_routes, state_routes
from assistant.web.api_articles import article_data_routes
from assistant.web.api_docs import ABOUT, DescribedApp, docs_routes
from assistant.web.api_errors import add_error_handlers, fallback_routes
from assistant.web.approved import Approvals, NoApprovals
from assistant.web.chat_page import chat_blocks, chat_theme
from assistant.web.desk.room import Room
from assistant.web.doors import close_gradio
from assistant.web.help_pages import help_routes
from assistant.web.history import Conversations
from assistant.web.journal import Noted
from assistant.web.pages import Pages, root_of
from assistant.web.preloads import Preloads, link_header
from assistant.web.reader import reader_routes
from assistant.web.security import protect
from assistant.web.turns import Turns

STATIC = Path(__file__).parent / "static"
STATIC_PATH = "/static/rolewise"  # Gradio has files of its own under /static

# Relative addresses: the page may stand under a path of somebody's proxy.
_HEAD = """
<meta name="color-scheme" content="light dark">
<link rel="icon" href="static/rolewise/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="static/rolewise/chat.css">
<script src="static/rolewise/chat.js" type="module"></script>
"""


_FILES = ("chat.css", "chat.js", "answers.js", "conversation.js", "copying.js", "dom.js", "panel.js", "preview.js")


def _always() -> bool:
    return True


def create_app(
    assistant: Answers,
    settings: Settings,
    records: Records,
    room: Room | None = None,
    ready: Callable[[], bool] = _always,
) -> FastAPI:
    """Return the application: chat at /, articles at /articles, /answers, /help, the JSON side (described at /docs).

    With a `room`, the review desk is at /review, and approved answers come first. `ready` is what /readyz tells.
    """
    app = DescribedApp(**ABOUT, docs_url=None, redoc_url=None)
    app.add_middleware(Preloads, paths=("/",), link=link_header("static/rolewise", _FILES))
    assistant, approvals = _guarded(app, assistant, settings, room)
    assistant = Noted(assistant, questions=settings.log_questions)
    turns = Turns(settings.answers_at_once)
    pages = Pages()
    state = state_routes(assistant, ready)
    absent = Absent(assistant, pages)
    add_error_handlers(app, absent)
    _add_data_routes(app, (api_routes(assistant, records, turns), article_data_routes(assistant), state))
    help_pages = help_routes(assistant, pages, settings.embed_origins)
    read = (reader_routes(assistant, approvals, pages), help_pages, embedding.widget_routes())
    for router in (docs_routes(app, pages), *read):
        app.include_router(router)
    if room is not None:
        room.furnish(app, assistant)
    conversations = Conversations()
    days = 0 if isinstance(records, NothingKept) else settings.keep_questions_days
    app.include_router(answer_routes(records, conversations, days, pages))
    _serve_files(app)
    _mount_chat(app, chat_blocks(assistant, records, conversations, days, turns.take), settings)
    close_gradio(app, absent)
    return app


def _mount_chat(app: FastAPI, blocks: gr.Blocks, settings: Settings) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        theme=chat_theme(),
        head=_HEAD + embedding.head(settings.embed_origins),
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        max_file_size=1,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )


def _guarded(app: FastAPI, assistant: Answers, settings: Settings, room: Room | None) -> tuple[Answers, Approvals]:
    """Put the guards before the app; return the answers to give, and who knows which of them are approved."""
    if room is None:
        protect(app, settings)
        return assistant, NoApprovals()
    protect(app, settings, room.may_carry)
    return room.approved_first(assistant), room.approvals(assistant)


def _add_data_routes(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    for router in (*routers, fallback_routes(*routers)):
        app.include_router(router)


def _serve_files(app: FastAPI) -> None:
    mimetypes.add_type("image/svg+xml", ".svg")  # a bare machine does not know it
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC), name="rolewise-static")

    @app.get("/favicon.ico", include_in_schema=False)
    async def favicon() -> FileResponse:
        return FileResponse(STATIC / "mark.svg", media_type="image/svg+xml")

    @app.get("/manifest.json", include_in_schema=False)
    async def manifest(request: Request) -> JSONResponse:
        root = root_of(request)
        icon = {"src": f"{root}{STATIC_PATH}/mark.svg", "sizes": "any", "type": "image/svg+xml"}
        about = {"name": "Rolewise", "short_name": "Rolewise", "start_url": f"{root}/", "icons": [icon]}
        return JSONResponse(about, media_type="application/manifest+json")
