"""Fetch one article from an http or https address: the only place where anything leaves this machine, and on purpose.

Where the connection goes is checked at the moment it is opened, on the very address that is connected to, for the
first request and for each redirect; a name that resolves to something else a moment later gains nothing by it.
"""

from __future__ import annotations

import time
import urllib.parse
from collections.abc import Iterable
from pathlib import Path

import httpcore

from corpus.article import CorpusError
from corpus.connection import CheckedBackend
from corpus.reading import LARGEST_FILE
from corpus.reading.blocks import one_line
from corpus.shelf import Offer

_LONGEST_FETCH = 30.0  # seconds for everything, redirects included
_LONGEST_WAIT = 10.0  # seconds for one answer
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_FINE = 200
_PORTS = {"http": 80, "https": 443}
_HEADERS = [
    ("Accept", "text/html, text/plain, text/markdown;q=0.9, */*;q=0.1"),
    ("Accept-Encoding", "identity"),
    ("User-Agent", "rolewise"),
]
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_TEXT = frozenset([".html", ".txt", ".md"])
_FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
)
_CURE = "Save the page in a browser and add the file."


def is_address(given: str) -> bool:
    """Say whether what was given to be added is an address and no path."""
    return given.lower().startswith(("http://", "https://"))


def fetch(address: str, *, private: bool = False, seconds: float = _LONGEST_FETCH) -> Offer:
    """Return the article at an address. Raise CorpusError, which names the address, for all that goes wrong.

    Loopback, private, link-local and other addresses that are not public are refused unless `private`.
    """
    backend = CheckedBackend(time.monotonic() + seconds, private=private)
    url = address
    try:
        with httpcore.ConnectionPool(network_backend=backend, retries=0) as pool:
            for _ in range(_MOST_REDIRECTS + 1):
                got = _get(pool, url)
                if isinstance(got, Offer):
                    return got
                _check_redirect(url, got)
                url = got
    except CorpusError as error:
        raise CorpusError(f"{_shown(address)}: {error}") from error
    except _FAILURES as error:
        reason = one_line(str(error)) or "no answer in time"
        raise CorpusError(f"{_shown(address)}: cannot be fetched ({reason}). {_CURE}") from error
    raise CorpusError(f"{_shown(address)}: redirects over {_MOST_REDIRECTS} times. {_CURE}")


def _get(pool: httpcore.ConnectionPool, url: str) -> Offer | str:
    """Return what stands at an address, or the address that it redirects to."""
    wait = dict.fromkeys(("connect", "read", "write", "pool"), _LONGEST_WAIT)
    with pool.stream("GET", _encoded(url), headers=_HEADERS, extensions={"timeout": wait}) as response:
        said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in _REDIRECTS and said.get("location"):
            return urllib.parse.urljoin(url, said["location"].strip())
        if response.status != _FINE:
            raise CorpusError(f"the server answers with status {response.status}. Check the address.")
        if said.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise CorpusError(f"the server sends it packed ({said['content-encoding'][:30]}). {_CURE}")
        kind, _, parameters = said.get("content-type", "text/html").partition(";")
        suffix = _suffix(kind.strip().lower())
        content = _limited(response.iter_stream(), LARGEST_FILE[suffix], said.get("content-length", ""))
    return Offer(Path(_name(url) + suffix), _in_utf8(content, suffix, parameters), url)


def _suffix(kind: str) -> str:
    suffix = _SUFFIXES.get(kind, "")
    if suffix not in LARGEST_FILE:
        raise CorpusError(f"is of the kind {kind[:60]!r}, which is not read. Give the address of a web page or text.")
    return suffix


def _limited(parts: Iterable[bytes], largest: int, announced: str) -> bytes:
    content = bytearray()
    too_large = CorpusError(f"is larger than {largest:,} bytes. Save the article alone and add the file.")
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > largest:
        raise too_large
    for part in parts:
        content += part
        if len(content) > largest:
            raise too_large
    return bytes(content)


def _in_utf8(content: bytes, suffix: str, parameters: str) -> bytes:
    """Return text in UTF-8 when the server says what encoding it has, as the file will not say so any more."""
    charset = next((part.partition("=")[2] for part in parameters.split(";") if "charset=" in part.lower()), "")
    if suffix not in _TEXT or not charset:
        return content
    try:
        return content if _is_utf8(content) else content.decode(charset.strip("\"' ")).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return content


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _check_redirect(url: str, target: str) -> None:
    before, after = urllib.parse.urlsplit(url).scheme.lower(), target.partition(":")[0].lower()
    if after not in _PORTS or (before == "https" and after == "http"):
        raise CorpusError(f"redirects from {before} to {_shown(target)}. Give the address of the article itself.")


def _encoded(url: str) -> httpcore.URL:
    """Return an address as it is sent; raise CorpusError when it has no host, or a name and password in it."""
    try:
        parts = urllib.parse.urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # also what the encoding of a host name raises
        raise CorpusError(f"is no address that can be used ({one_line(str(error))}). Check it.") from error
    if not host or parts.username or parts.password:
        raise CorpusError("is no address that can be used. Give it as https://host/path, without a password.")
    path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{urllib.parse.quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return httpcore.URL(scheme=parts.scheme.lower(), host=host, port=port, target=path + query)


def _name(url: str) -> str:
    """Return a file name without suffix for an address: its last part, or its host."""
    parts = urllib.parse.urlsplit(url)
    last = urllib.parse.unquote(parts.path).rstrip("/").rpartition("/")[2]
    return (
        (last.rpartition(".")[0] or last if last else parts.hostname or "article").replace("/", "-").replace("\0", "")
    )


def _shown(address: str) -> str:
    return "".join(character for character in address[:200] if character.isprintable())
