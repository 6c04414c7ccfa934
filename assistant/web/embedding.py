"""The chat inside other people's pages: the script of the widget, the bare chat at /embed, and who may use them.

/embed is the chat page itself under another address; its own script and style sheet leave out the heading. A second
Gradio application would cost 4 MB and 0.2 s, and bring a second set of closed routes that somebody has to remember.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EMBED = "/embed"
_CONFIG = "/embed/config"  # Gradio's page asks beside itself for what it is to draw
WIDGET = "/widget.js"
WIDGET_SECONDS = 600  # how long a browser may use the script unasked: a new release reaches every page in ten minutes

_API = "/api/"
_STATIC = Path(__file__).parent / "static"
_FRAMED_BY_NOBODY = "frame-ancestors 'none'"
_THEMES = ("light", "dark")


def head(origins: tuple[str, ...]) -> str:
    """Return what the chat page's head holds for /embed. The script reads there whom it may talk to."""
    return (
        f'<meta name="rolewise-embed-origins" content="{" ".join(origins)}">\n'
        '<link rel="stylesheet" href="static/rolewise/embed.css">\n'
        '<script src="static/rolewise/embed.js" type="module"></script>\n'
    )


def widget_routes() -> APIRouter:
    """Return the route /widget.js. The file is read once and kept, compressed too."""
    router = APIRouter(include_in_schema=False)
    plain = (_STATIC / "widget.js").read_bytes()
    packed = gzip.compress(plain, mtime=0)
    tag = hashlib.sha256(plain).hexdigest()[:16]

    @router.api_route(WIDGET, methods=["GET", "HEAD"])
    async def widget(request: Request) -> Response:
        small = "gzip" in request.headers.get("accept-encoding", "")
        headers = {
            "ETag": f'W/"{tag}"',
            "Cache-Control": f"public, max-age={WIDGET_SECONDS}",
            "Vary": "Accept-Encoding",
        }
        if f'"{tag}"' in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if small:
            headers["Content-Encoding"] = "gzip"
        return Response(packed if small else plain, headers=headers, media_type="text/javascript")

    return router


class ApiCors:
    """ASGI middleware that lets pages of the named origins call the JSON interface, without cookies."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._open = CORSMiddleware(
            app, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["Content-Type"]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        app = self._open if scope["type"] == "http" and _path(scope).startswith(_API) else self._app
        await app(scope, receive, send)


class EmbedPage:
    """ASGI middleware, the innermost: answers /embed with the chat page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request. Addresses on the page are relative, so a final slash is led away from."""
        path = _path(scope) if scope["type"] == "http" else ""
        root = scope.get("root_path", "").rstrip("/")
        query = scope.get("query_string", b"").decode("latin-1")
        if path == _CONFIG:
            await self._app(_at(scope, f"{root}/config"), receive, send)
        elif (path, query) == (EMBED, _with_theme(query)):
            await self._app(_at(scope, f"{root}/"), receive, send)
        elif path.rstrip("/") == EMBED:
            wanted = _with_theme(query)
            await RedirectResponse(f"{root}{EMBED}?{wanted}" if wanted else f"{root}{EMBED}")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class EmbedHeaders:
    """ASGI middleware, outside of the one that sets the headers: loosens two of them, on /embed and on the script."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        path = _path(scope) if scope["type"] == "http" else ""
        change = {EMBED: self._let_frame, WIDGET: _let_read}.get(path.rstrip("/"))

        async def changed(message: Message) -> None:
            if change and message["type"] == "http.response.start":
                change(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, changed)

    def _let_frame(self, headers: MutableHeaders) -> None:
        policy = headers.get("Content-Security-Policy", "")
        if self._origins and _FRAMED_BY_NOBODY in policy:
            allowed = f"frame-ancestors {' '.join(self._origins)}"
            headers["Content-Security-Policy"] = policy.replace(_FRAMED_BY_NOBODY, allowed)
            del headers["X-Frame-Options"]


def _let_read(headers: MutableHeaders) -> None:
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _path(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


def _at(scope: Scope, path: str) -> Scope:
    return {**scope, "path": path, "raw_path": path.encode()}


def _with_theme(query: str) -> str:
    """Return the query with the theme, when one is asked for, in Gradio's own name for it as well."""
    given = parse_qs(query)
    theme = given.get("theme", ["auto"])[-1]
    if theme not in _THEMES or given.get("__theme") == [theme]:
        return query
    return urlencode({**given, "__theme": [theme]}, doseq=True)
