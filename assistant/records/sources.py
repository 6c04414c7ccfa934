"""By what a sentence is known again: the hash of its words. An approval hangs on it."""

from __future__ import annotations

import hashlib


def quote_hash(quote: str) -> str:
    """Return the SHA-256 of a quote in hexadecimal; one changed character makes another hash."""
    return hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest()
