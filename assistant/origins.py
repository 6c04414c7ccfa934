"""Origins of other people's pages: `https://intranet.example`, as a browser writes them, and nothing wider."""

from __future__ import annotations

from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_origins(text: str) -> tuple[str, ...]:
    """Return the origins in a comma list as browsers send them, each once; raise ValueError that names a bad one."""
    return tuple(dict.fromkeys(_origin(part.strip()) for part in text.split(",") if part.strip()))


def _origin(text: str) -> str:
    if "*" in text:
        raise ValueError(f"{text!r} stands for many origins; name each one, such as https://intranet.example")
    if any(character.isspace() for character in text):
        raise ValueError(f"{text!r} holds white space; separate origins by commas")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{text!r} is no origin ({error}); write one such as https://intranet.example") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.netloc:
        raise ValueError(f"{text!r} must begin with https:// or http://, such as https://intranet.example")
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"{text!r} holds a user name; an origin is scheme, host and port only")
    if text.lower() != bare.lower():
        raise ValueError(f"{text!r} holds more than scheme, host and port; write {bare}")
    return _as_sent(parts.scheme, _host(parts.hostname or "", text), port)


def _host(host: str, text: str) -> str:
    """Return the host as it stands in headers; whatever could end a header's value or a policy's item is refused."""
    if not host.isascii():
        raise ValueError(f"{text!r} must be written in ASCII: {host.encode('idna').decode('ascii')} for its host")
    if ":" in host:
        return f"[{host}]"
    if not host or not all(character.isalnum() or character in "-._" for character in host):
        raise ValueError(f"{text!r} has no usable host name; write an origin such as https://intranet.example")
    return host


def _as_sent(scheme: str, host: str, port: int | None) -> str:
    return f"{scheme}://{host}" if port in {None, _DEFAULT_PORTS[scheme]} else f"{scheme}://{host}:{port}"
