"""The reviewers' password: only its hash is ever kept, made slow with scrypt so that a leaked one cannot be guessed."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import secrets

SHORTEST = 12  # characters; shorter ones are guessed, also behind a throttle, once a hash has leaked
LONGEST = 1000

# OWASP's "Password Storage Cheat Sheet" for scrypt: N=2^15, r=8, p=3 is one of its choices; 32 MiB a try.
_LOG_COST, _BLOCK, _LANES = 15, 8, 3
_MOST_LOG_COST = 17  # what a hash from elsewhere may ask for: 128 MiB with a block of 8
_MEMORY = 200 * 1024 * 1024
_SALT, _LENGTH = 16, 32  # bytes


class PasswordError(Exception):
    """A password is too weak, or what is set is no hash of one. The message says what to do next."""


def hash_password(password: str, log_cost: int = _LOG_COST) -> str:
    """Return the hash to put into the settings; raise PasswordError for a password that is too short or too long.

    A try takes 2^log_cost times a kilobyte of memory; less than the default is for passwords that guard nothing.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordError(
            f"The password has {len(password)} characters. Take {SHORTEST} to {LONGEST}, for example four words."
        )
    salt = secrets.token_bytes(_SALT)
    made = _scrypt(password, salt, (log_cost, _BLOCK, _LANES))
    return ":".join(["scrypt", str(log_cost), str(_BLOCK), str(_LANES), _written(salt), _written(made)])


def is_password(password: str, hashed: str) -> bool:
    """Tell whether this is the password that was hashed. Raise PasswordError when `hashed` is no hash of ours."""
    numbers, salt, wanted = _parts(hashed)
    return hmac.compare_digest(_scrypt(password[:LONGEST], salt, numbers), wanted)


def check_hash(hashed: str) -> None:
    """Raise PasswordError when this is no hash of ours; it is not repeated in the message."""
    _parts(hashed)


def _parts(hashed: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    kind, _, rest = hashed.strip().partition(":")
    numbers, fitting = (0, 0, 0), False
    salt = wanted = b""
    with contextlib.suppress(ValueError, binascii.Error):
        cost, block, lanes, *words = rest.split(":")
        numbers = (int(cost), int(block), int(lanes))
        salt, wanted = (base64.urlsafe_b64decode(word) for word in words)
        fitting = 1 <= numbers[0] <= _MOST_LOG_COST and numbers[1] == _BLOCK and 1 <= numbers[2] <= _LANES
    if kind != "scrypt" or not fitting or len(wanted) != _LENGTH:
        raise PasswordError("This is no hash of a password. Make one: rolewise reviewers password")
    return numbers, salt, wanted


def _scrypt(password: str, salt: bytes, numbers: tuple[int, int, int]) -> bytes:
    cost, block, lanes = numbers
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=2**cost, r=block, p=lanes, maxmem=_MEMORY, dklen=_LENGTH)


def _written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode("ascii")
