"""The chat asked as its page asks it, without a browser."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Said:
    """What the chat did: the status of the way in, and what was shown, if anything was."""

    status: int
    shown: str
    success: bool


def event_of(config: dict[str, Any], kind: str) -> int:
    """Return the number of the event of this kind, such as "load" or "submit"."""
    return next(
        int(event["id"]) for event in config["dependencies"] if any(kind == name for _, name in event["targets"])
    )


def submit_of(config: dict[str, Any]) -> int:
    """Return the number of the event that sends what is in the box."""
    return event_of(config, "submit")


def body_of(event: int, question: Any, session: str = "") -> dict[str, Any]:
    return {"data": [question, ""], "fn_index": event, "session_hash": session or secrets.token_hex(6)}


def chat(client: httpx.Client, event: int, question: Any, session: str = "") -> Said:
    """Send a message and read the stream to its end. The client may be Starlette's test client too."""
    return _done(client, body_of(event, question, session))


def visit(client: httpx.Client, question: str) -> Said:
    """Do what a browser does that opens the page and asks."""
    client.get("/").raise_for_status()
    config = client.get("/config").json()
    opened = _done(client, {**body_of(event_of(config, "load"), ""), "data": []})
    return chat(client, submit_of(config), question) if opened.success else opened


def _done(client: httpx.Client, body: dict[str, Any]) -> Said:
    joined = client.post(
        "/gradio_api/queue/join", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    if joined.status_code != httpx.codes.OK:
        return Said(joined.status_code, "", False)
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": body["session_hash"]}) as stream:
        for line in stream.iter_lines():
            message = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if message.get("msg") == "process_completed":
                return Said(200, json.dumps(message["output"]), bool(message["success"]))
    return Said(200, "", False)
