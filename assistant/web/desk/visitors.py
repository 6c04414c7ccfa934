"""Who may in: reviewers who know the password, and people whom a trusted proxy has signed in. Else nobody."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from assistant.reviews.passwords import is_password
from assistant.settings import Settings
from assistant.web.desk.attempts import Attempts
from assistant.web.desk.sessions import Sessions

COOKIE = "rolewise-review"
LONGEST_NAME = 80  # characters of a reviewer's name


@dataclass(frozen=True, slots=True)
class Visitor:
    """A reviewer who is in. What they send must carry `token`; `by_proxy` tells that the proxy signs them out."""

    name: str
    token: str
    by_proxy: bool = False


class ThrottledError(Exception):
    """Too many passwords were tried."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Wait {seconds:.0f} seconds.")
        self.seconds = seconds


class SignIn:
    """Lets reviewers in, as the settings say. Safe to use from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions = Sessions()
        self._attempts = Attempts()
        self._key = secrets.token_bytes(32)
        self._one_at_a_time = Lock()  # a try takes 32 MiB of memory and a core

    @property
    def by_password(self) -> bool:
        """Whether reviewers sign in with a password."""
        return self._settings.review_password_hash is not None

    @property
    def by_proxy(self) -> bool:
        """Whether a proxy may sign reviewers in."""
        return self._settings.review_proxy_secret is not None

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Return who sends a request, None for somebody who is not signed in."""
        name = self._named_by_proxy(connection) if self.by_proxy else ""
        if name:
            token = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
            return Visitor(name, token, by_proxy=True)
        session = self._sessions.of(connection.cookies.get(COOKIE, "")) if self.by_password else None
        return Visitor(session.name, session.token) if session else None

    def enter(self, client: str, name: str, password: str) -> str | None:
        """Return the key of a new session, or None when the password is wrong.

        Raise ThrottledError when too many were tried from this client, or from all together.
        """
        late = self._attempts.wait(client)
        if late:
            raise ThrottledError(late)
        hashed = self._settings.review_password_hash
        with self._one_at_a_time:
            right = hashed is not None and is_password(password, hashed.get_secret_value())
        if not right:
            return None
        self._attempts.succeeded(client)
        return self._sessions.begin(name)

    def leave(self, connection: HTTPConnection) -> None:
        """End the session of whoever sends this."""
        self._sessions.end(connection.cookies.get(COOKIE, ""))

    def comes_from_here(self, connection: HTTPConnection) -> bool:
        """Tell whether a browser sent this from one of our own pages. No word on it counts as no."""
        site = connection.headers.get("sec-fetch-site")
        origin = connection.headers.get("origin", "")
        if site is not None and site != "same-origin":
            return False
        try:
            parts = urlsplit(origin)
            served = {name.strip() for name in self._settings.hosts.split(",") if name.strip()}
            return bool(parts.netloc) and (
                parts.netloc == connection.headers.get("host") or (parts.hostname in served and parts.port is None)
            )
        except ValueError:
            return False

    def _named_by_proxy(self, connection: HTTPConnection) -> str:
        """Return the name in the proxy's header, empty unless the right secret came with it, each exactly once."""
        secret = self._settings.review_proxy_secret
        given = connection.headers.getlist(self._settings.review_proxy_secret_header)
        names = connection.headers.getlist(self._settings.review_proxy_user_header)
        if secret is None or len(given) != 1 or len(names) != 1:
            return ""
        same = hmac.compare_digest(given[0].encode("latin-1"), secret.get_secret_value().encode("utf-8"))
        return tidy_name(_in_utf8(names[0])) if same else ""


def tidy_name(name: str) -> str:
    """Return a reviewer's name in one line of printable characters; empty when nothing is left or it is too long."""
    tidy = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return tidy if len(tidy) <= LONGEST_NAME else ""


def _in_utf8(header: str) -> str:
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return header
