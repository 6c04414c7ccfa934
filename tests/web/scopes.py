"""What the server knows of a request before it has read it."""

from __future__ import annotations

from starlette.types import Scope


def scope_of(host: str, **headers: str) -> Scope:
    """Return the scope of a question from an address, with headers whose names have `_` for `-`."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": "/api/ask", "client": (host, 1), "headers": pairs}
