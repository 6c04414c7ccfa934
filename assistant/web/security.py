"""What every response carries and what no request may do: headers, host names, sizes, closed routes."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.embedding import ApiCors, EmbedHeaders, EmbedPage
from assistant.web.failures import Failures
from assistant.web.problems import problem

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LimitOf = Callable[[Scope, int], int]

BODY_LIMIT = 512 * 1024  # bytes; 20 turns of 2,000 characters, each escaped in JSON, fit in

# Gradio's scripts are files of its package and of ours, never inline; it does write style attributes.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "worker-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# The part of Gradio's server interface that the chat page needs: without /info it does not send a message. The rest
# (uploads, files, proxies, recordings, direct calls that skip the queue) answers 404.
_GRADIO = "/gradio_api"
_GRADIO_OPEN = (
    "/info",
    "/queue/join",
    "/queue/data",
    "/heartbeat/",
    "/startup-events",
    "/theme.css",
    "/cancel",
    "/reset",
)
_GRADIO_CLOSED_PAGES = ("/monitoring", "/login", "/logout", "/pwa_icon", "/svelte")
_OWN_PAGES = (
    "/articles",
    "/answers",
    "/roles",
    "/help",
    "/docs",
    "/review",
    "/openapi.json",
    "/api/",
    "/healthz",
    "/readyz",
    "/manifest.json",
)


def protect(
    app: FastAPI, hosts: str, embed_origins: tuple[str, ...] = (), limit_of: LimitOf = lambda _scope, usual: usual
) -> None:
    """Put the guards before an app.

    `hosts` are the names served besides the loopback ones, separated by commas; pages of `embed_origins` may show the
    chat in a frame and call the API.
    """
    names = [*LOOPBACK, *(name.strip() for name in hosts.split(",") if name.strip())]
    app.add_middleware(EmbedPage)
    app.add_middleware(Failures)
    app.add_middleware(Doors, limit_of=limit_of)
    # Its presence also switches off Gradio's own, which would let every foreign page read the answers.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(ApiCors, origins=embed_origins)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    app.add_middleware(Headers)
    app.add_middleware(EmbedHeaders, origins=embed_origins)


class Headers:
    """ASGI middleware that adds the security headers to every response, streams included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Doors:
    """ASGI middleware that closes what is not offered, refuses bodies over the limit, and ignores a final slash."""

    def __init__(self, app: ASGIApp, limit_of: LimitOf = lambda _scope, usual: usual) -> None:
        """Take who says how many bytes a request may carry; the second argument is what others may."""
        self._app = app
        self._limit_of = limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        prefix = scope.get("root_path", "")
        path = scope["path"].removeprefix(prefix)
        if _is_closed(path):
            await problem(404, detail="There is nothing at this address.")(scope, receive, send)
            return
        if path.startswith(_OWN_PAGES) and path.endswith("/"):
            scope = {**scope, "path": prefix + path.rstrip("/")}
        await self._within_limit(scope, receive, send)

    async def _within_limit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, at most the limit of it, before anybody else does; then hand it on."""
        body, limit = bytearray(), self._limit_of(scope, BODY_LIMIT)
        while scope["method"] in {"POST", "PUT", "PATCH"}:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            if len(body) > limit:
                detail = (
                    f"The request is larger than {limit // 1024:,} KB. Send fewer or shorter turns, or a smaller file."
                )
                await problem(413, detail=detail)(scope, receive, send)
                return
            if not message.get("more_body"):
                break
        whole: Message | None = {"type": "http.request", "body": bytes(body), "more_body": False}

        async def replay() -> Message:
            nonlocal whole
            message, whole = whole, None
            return message or await receive()

        await self._app(scope, replay if body else receive, send)


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return not path.removeprefix(_GRADIO).startswith(_GRADIO_OPEN)
    return path.startswith(_GRADIO_CLOSED_PAGES)
