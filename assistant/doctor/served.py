"""What others see of the server: at which address, under which names, and with which headers.

A server that runs at the address is asked itself. Without one, the app is put together as `rolewise serve` does it, but
with nobody who answers, and asked in this process.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import anyio
from starlette.types import Message, Scope

from assistant.answer import Answer
from assistant.doctor.installation import FindingError, Installation
from assistant.listening import LOOPBACK, check_free, check_hosts
from assistant.records.kept import NothingKept
from assistant.settings import Settings, SettingsError
from corpus.library import Library

_SECONDS = 3.0  # a server answers /healthz in milliseconds, also while it is busy
_ALIVE = "/healthz"
_PAGES = (_ALIVE, "/articles", "/there-is-no-such-page")
_FOREIGN = "foreign.invalid"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, the headers by their names in lower case, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Asked = Callable[[str, Mapping[str, str]], Reply]  # by path and headers


def address(installation: Installation) -> str:
    """See who may reach the server, and that host names are names."""
    settings = installation.settings
    check_hosts(settings)
    names = [name.strip() for name in settings.hosts.split(",") if name.strip()]
    for name in names:
        if name == "*":
            raise SettingsError("ROLEWISE_HOSTS is *, so a page of any name can read answers. List the names served.")
        if set(name) & set("/:") and not name.startswith("["):
            raise SettingsError(f"ROLEWISE_HOSTS names {name!r}, which no browser asks for. Write the name alone.")
    if settings.host in LOOPBACK:
        return f"{settings.host}, this machine alone{_also(names)}"
    return f"{settings.host}, reached by others{_also(names)}"


def port(installation: Installation) -> str:
    """See that the port is free, or that it is Rolewise who has it."""
    settings = installation.settings
    try:
        check_free(settings)
    except SettingsError:
        if _running(settings) is None:
            raise
        return f"{settings.port} is served by Rolewise"
    return f"{settings.port} is free"


def headers(installation: Installation) -> str:
    """See that every response is guarded, a foreign name refused, and no foreign page let in."""
    from assistant.web.security import HEADERS  # noqa: PLC0415 - slow to import; other commands need it not

    running = _running(installation.settings)
    ask = running or _in_process(installation)
    for path in _PAGES:
        held = ask(path, {}).headers
        missing = [name for name, value in HEADERS.items() if held.get(name.lower()) != value]
        if missing:
            raise FindingError(f"{path} comes without {', '.join(missing)}, or with another value. {_CURE}")
    if ask(_ALIVE, {"Host": _FOREIGN}).status != http.client.BAD_REQUEST:
        raise FindingError(f"A request for the host {_FOREIGN} is answered. {_CURE}")
    if "access-control-allow-origin" in ask("/api/articles", {"Origin": f"https://{_FOREIGN}"}).headers:
        raise FindingError(f"A page of https://{_FOREIGN} may read answers. {_CURE}")
    who = "by the server that runs" if running else "in an app put together for this"
    return f"set on {len(_PAGES)} pages, a foreign host refused, a foreign page kept out; asked {who}"


_CURE = "A proxy may change it; otherwise install Rolewise again, or report this."


def _also(names: Sequence[str]) -> str:
    return f", under the names {', '.join(names)}" if names else ""


def _running(settings: Settings) -> Asked | None:
    """Return how to ask the server at the address, if there is one and it is Rolewise."""

    def ask(path: str, sent: Mapping[str, str]) -> Reply:
        connection = http.client.HTTPConnection(settings.host, settings.port, timeout=_SECONDS)
        try:
            connection.request("GET", path, headers=dict(sent))
            response = connection.getresponse()
            return Reply(response.status, _lowered(response.getheaders()), response.read())
        finally:
            connection.close()

    try:
        reply = ask(_ALIVE, {})
    except (OSError, http.client.HTTPException):
        return None
    return ask if (reply.status, reply.body) == (http.client.OK, b'{"status":"ok"}') else None


def _in_process(installation: Installation) -> Asked:
    from assistant.web.app import create_app  # noqa: PLC0415 - slow to import; other commands need it not

    app = create_app(_Nobody(installation.library), installation.settings, NothingKept())

    def ask(path: str, sent: Mapping[str, str]) -> Reply:
        lines = {"Host": "127.0.0.1", **sent}.items()
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in lines],
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", installation.settings.port), "state": {},
        }  # fmt: skip
        sent_back: list[Message] = []

        async def run() -> None:
            async def receive() -> Message:
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: Message) -> None:
                sent_back.append(message)

            await app(scope, receive, send)

        anyio.run(run)
        start = sent_back[0]
        pairs = [(name.decode(), value.decode()) for name, value in start["headers"]]
        return Reply(start["status"], _lowered(pairs), b"")

    return ask


def _lowered(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in pairs}


class _Nobody:
    """Who answers in an app that is asked for its headers: nobody."""

    generation = ""

    def __init__(self, library: Library) -> None:
        self.library = library

    def answer(self, turns: Sequence[str]) -> Answer:
        """Refuse."""
        raise FindingError(f"A question of {len(turns)} turns was asked where none is answered.")
