"""Read a letter or an e-mail that was saved as text: its subject and day, and the part of it that is on the matter.

The fields over it, the greeting, and all from the sign-off on are left out.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.reading.blocks import LeftOut, one_line
from corpus.reading.dates import days_in
from corpus.words import NAMES_FOLDER

_FEWEST_FIELDS = 2  # of those that every message has; an article may have a topic "Date: ..."
_LONGEST_GREETING_WORDS = 8
_LONGEST_NAME_WORDS = 6
_LONGEST_NOTICE = 2_000  # characters; longer paragraphs are on the matter

_LISTS = tomllib.loads((NAMES_FOLDER / "letters.toml").read_text(encoding="utf-8"))
_FIELD = re.compile(r"\W{0,3}(?P<name>[A-Za-z][A-Za-z-]{1,40})\*?\s*:\*?(?:\s+(?P<value>.*))?$")
_PREFIX = re.compile(rf"(?:(?:{'|'.join(_LISTS['prefixes'])})(?:\[\d+\])?: *|\[[^\]]{{1,20}}\] *)+", re.I)
_PHONE = re.compile(rf"(?:{'|'.join(_LISTS['phones'])})\.?:? *\+?[\d ()/.-]{{6,}}", re.I)
_SIGNATURE = re.compile(r"-- ?")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a text says, line by line. One that is no letter has no subject and no day, and nothing was left out."""

    lines: tuple[str, ...]
    subject: str = ""
    day: dt.date | None = None
    left_out: tuple[LeftOut, ...] = ()


def opened(lines: Sequence[str]) -> Letter:
    """Return the letter that lines of a text are."""
    fields, start = _fields(lines)
    if not _is_head(fields):
        start = 0
        fields = {}
    greeting = _first(lines, start)
    greets = greeting < len(lines) and _greets(lines[greeting])
    if not (fields or greets):
        return Letter(tuple(lines))
    body = lines[greeting + 1 :] if greets else lines[start:]
    body, closing = _without_closing(body)
    body, notices = _without_notices(body)
    left_out = [
        ("letter-head", lines[:start]),
        ("letter-greeting", lines[greeting : greeting + 1] if greets else []),
        ("letter-closing", closing),
        ("letter-notice", notices),
    ]
    return Letter(
        tuple(body),
        _PREFIX.sub("", _of(fields, "subject"), count=1),
        next(iter(days_in(_of(fields, "date"))), None),
        tuple(LeftOut(code, text) for code, out in left_out if (text := one_line(" ".join(out)))),
    )


def _fields(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """Return the fields over a message by their names, and where its body starts; a long one goes on further in."""
    fields: dict[str, str] = {}
    name, end = "", 0
    for number, line in enumerate(lines):
        field = _FIELD.match(line)
        if field and (field["name"].lower() in _LISTS["fields"] or (fields and "-" in field["name"])):
            name = field["name"].lower()
            fields.setdefault(name, one_line(field["value"] or ""))
        elif name and end == number and line[:1].isspace() and line.strip():
            fields[name] = one_line(f"{fields[name]} {line}")
        elif line.strip() and (fields or not _is_above(line)):
            break
        end = number + 1 if line.strip() else end
    return fields, end


def _is_above(line: str) -> bool:
    return line.strip(" -_*:").casefold() in _LISTS["above"]


def _is_head(fields: dict[str, str]) -> bool:
    known = [name for name in fields if name in _LISTS["fields"]]
    return len(known) >= _FEWEST_FIELDS and bool(_of(fields, "subject") or "from" in fields)


def _of(fields: dict[str, str], kind: str) -> str:
    return next((fields[name] for name in _LISTS[kind] if fields.get(name)), "")


def _first(lines: Sequence[str], start: int) -> int:
    """Return where the first line with words stands from a place on."""
    return next((at for at in range(start, len(lines)) if lines[at].strip()), len(lines))


def _greets(line: str) -> bool:
    words = line.casefold().strip(" ,!:–-").split()
    opens = any(words[: len(known.split())] == known.split() for known in _LISTS["greetings"])
    return opens and len(words) <= _LONGEST_GREETING_WORDS and not line.rstrip().endswith((".", "?"))


def _without_closing(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Part a body from what follows its sign-off, or the two dashes above a signature."""
    sizes = [len(line.strip()) for line in lines]
    whole, before = sum(sizes), 0
    for number, line in enumerate(lines):
        is_last = before >= whole - before  # a short "Thanks" at the top ends nothing
        if is_last and (_SIGNATURE.fullmatch(line) or (_closes(line) and _signs(lines, number + 1))):
            return lines[:number], lines[number:]
        before += sizes[number]
    return lines, []


def _closes(line: str) -> bool:
    return line.strip(" ,.!–-").casefold() in _LISTS["closings"]


def _signs(lines: Sequence[str], start: int) -> bool:
    """Say whether a name may stand next, or nothing any more."""
    place = _first(lines, start)
    return place == len(lines) or len(lines[place].split()) <= _LONGEST_NAME_WORDS


def _without_notices(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Part a body from lines with a telephone number and paragraphs that say for whom a message is."""
    kept: list[str] = []
    out: list[str] = []
    for _, group in groupby(lines, key=lambda line: bool(line.strip())):
        paragraph = list(group)
        told = one_line(" ".join(paragraph)).casefold()
        is_notice = len(told) <= _LONGEST_NOTICE and any(notice in told for notice in _LISTS["notices"])
        for line in paragraph:
            (out if is_notice or _PHONE.fullmatch(line.strip()) else kept).append(line)
    return kept, out
