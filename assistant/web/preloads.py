"""Our style sheet and scripts are named in a header of the chat page, so that browsers fetch them at once.

Gradio adds them to the page only after its own scripts have run and its configuration has come: without the header the
page is drawn without our styles first, and each script is asked for when the one before it has arrived.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def link_header(folder: str, names: Sequence[str]) -> str:
    """Return the value of a Link header for the files of a folder, which is relative to the page."""
    kinds = {True: "modulepreload", False: "preload; as=style"}
    return ", ".join(f"<{folder}/{name}>; rel={kinds[name.endswith('.js')]}" for name in names)


class Preloads:
    """ASGI middleware that adds a Link header to the pages of these paths."""

    def __init__(self, app: ASGIApp, paths: Sequence[str], link: str) -> None:
        self._app = app
        self._paths = frozenset(paths)
        self._link = link

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request."""
        is_page = scope["type"] == "http" and scope["path"].removeprefix(scope.get("root_path", "")) in self._paths

        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Link"] = self._link
            await send(message)

        await self._app(scope, receive, with_link if is_page else send)
