"""What every response carries, and the order in which the guards stand before the app."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.doors import Doors, Larger
from assistant.web.embedding import ApiCors, EmbedHeaders, EmbedPage
from assistant.web.failures import Failures
from assistant.web.journal import Journal
from assistant.web.rates import Rates, Streams

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

# Gradio's scripts are files of its package and of ours, never inline; it does write style attributes.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'none'",
        "worker-src 'none'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_NOT_NEEDED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts",
    "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_NEEDED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
# Only said over TLS, where it holds: a listed proxy tells by X-Forwarded-Proto. Other names of the domain are not ours.
TRANSPORT_SECURITY = "max-age=31536000"


def protect(app: FastAPI, settings: Settings, larger: Larger = lambda _scope: None) -> None:
    """Put the guards before an app. Pages of the `embed_origins` may show the chat in a frame and call the API.

    `larger` says of a request how many bytes it may carry when that is more than others may.

    A request meets them from the last to the first.
    """
    names = [*LOOPBACK, *(name.strip() for name in settings.hosts.split(",") if name.strip())]
    app.add_middleware(EmbedPage)
    app.add_middleware(Failures)
    app.add_middleware(Doors, larger=larger)
    app.add_middleware(Streams)
    app.add_middleware(Rates, per_minute=settings.questions_per_minute)
    # Its presence also switches off Gradio's own, which would let every foreign page read the answers.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(ApiCors, origins=settings.embed_origins)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    app.add_middleware(Headers)
    app.add_middleware(EmbedHeaders, origins=settings.embed_origins)
    app.add_middleware(Journal)


def headers_for(scope: Scope) -> dict[str, str]:
    """Return what the response to a request carries; EmbedHeaders loosens two of them where others may frame."""
    return {**HEADERS, "Strict-Transport-Security": TRANSPORT_SECURITY} if scope["scheme"] == "https" else HEADERS


class Headers:
    """ASGI middleware that adds the security headers to every response, streams included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers_for(scope))
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
