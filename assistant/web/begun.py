"""Whether a response has begun: what has can no longer be replaced by another, only ended."""

from __future__ import annotations

from starlette.types import Message, Send


class Begun:
    """Sends the messages of one response on. `begun` says whether its status is already on the way to the client."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        """Send a message on."""
        self.begun = self.begun or message["type"] == "http.response.start"
        await self._send(message)

    async def end(self) -> None:
        """End the response where it stands, as if it were complete."""
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})
