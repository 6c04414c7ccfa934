"""Lines in which a page speaks of itself: who wrote it and when, how long it takes to read, what it is filed under.

They stand among the sentences of an article in every format and say nothing about any role.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable

from corpus.reading.blocks import Block, BlockKind, LeftOut
from corpus.reading.dates import MONTHS, days_in, without_days
from corpus.words import NAMES_FOLDER

_TITLE = 1  # the level of the heading that is the title, whatever it says besides
_NEAR_TOP = 3  # blocks within which a bare name or day is that of the article
_LONGEST = 160  # characters of such a line
_LONGEST_CALL_WORDS = 12
_LONGEST_FREE_WORDS = 5  # of a part that stands between others: a department, a series

_LISTS = tomllib.loads((NAMES_FOLDER / "remarks.toml").read_text(encoding="utf-8"))


def _any_of(*names: str) -> str:
    phrases = sorted((phrase for name in names for phrase in _LISTS[name]), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, phrases)) + ")"


_DAY = "\ufffc"  # stands for a day
_WORD = r"(?-i:[A-Z])[\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:(?:and|van|von|de|of|the|&) ){{0,2}}{_WORD}){{0,5}}"
_DATED = rf"{_any_of('dated')}(?: on| at)?:? ?{_DAY}"
_MINUTES = r"\d{1,3}(?: ?[-–] ?\d{1,3})?[ -]?min(?:ute)?s?\.?"
_READING = (
    rf"(?:estimated )?read(?:ing)? time:? ?(?:about |approx\. |~ ?)?{_MINUTES}|"
    rf"{_MINUTES}(?: to)? read(?:ing)?(?: time)?"
)
_EDITION = r"(?:version|revision|rev\.|edition|v\.?) ?\d[\d.]*"
_AUTHOR = rf"{_any_of('written_by')}:? {_NAME}"
_ANY_PART = rf"(?:{_DATED}|{_READING}|{_EDITION}|{_AUTHOR}|{_DAY})"
_PARTED = re.compile(r" *[|·•—–;] *| - ")
_LINE = re.compile(rf"{_ANY_PART}(?:(?: ?[,/(] ?| ){_ANY_PART})*[.)]?", re.I)
_TELLING = re.compile(rf"{_DATED}|{_READING}", re.I)
_ALONE = re.compile(rf"(?:{_EDITION}|{_AUTHOR}|{_DAY})\.?", re.I)
_FILED = re.compile(rf"{_any_of('filed')} ?: ?", re.I)
_FILED_OR_FACT = re.compile(rf"{_any_of('filed_or_fact')} ?: ?[^.!?]*", re.I)
_ADVERTISING = re.compile(rf"\W*{_any_of('advertising')}\W*", re.I)
_CALL = re.compile(rf"(?:.*[.?!] |\W*){_any_of('calls')}\b", re.I)
_LETTERS = re.compile(r"[a-z]+")
_NUMERIC = re.compile(r"\d[-.]\d")
# Every such line has one of these words or a day in figures. Most lines have none, and are looked at no further.
_CUES = (
    frozenset(phrase.split()[0] for phrases in _LISTS.values() for phrase in phrases)
    | MONTHS
    | frozenset(["v", "version", "rev", "revision", "edition", "min", "mins", "minute", "minutes"])
)


def remark(block: Block, place: int) -> str | None:
    """Return what a block says of the page itself, as the code of a finding; None for one that is of the article.

    `place` counts the blocks from the top.
    """
    if block.kind is BlockKind.CELL or len(block.text) > _LONGEST or not _may_be_one(block):
        return None
    line = f"{block.label}: {block.text}" if block.label else block.text
    if _FILED.match(line) or (block.kind is not BlockKind.ITEM and _FILED_OR_FACT.fullmatch(line)):
        return "filed-under"
    if _ADVERTISING.fullmatch(line) or (len(line.split()) <= _LONGEST_CALL_WORDS and _CALL.match(line)):
        return "site-banner"
    written, near_top = without_days(line, _DAY), place < _NEAR_TOP
    is_title = block.kind is BlockKind.HEADING and block.level == _TITLE
    alone = _of_author_or_time(written, near_top=near_top)
    return "byline" if alone or (not is_title and _among_others(written, near_top=near_top)) else None


def written_on(left_out: Iterable[LeftOut]) -> dt.date | None:
    """Return the last day that the first dated line names among those that were left out: an article may be revised."""
    bylines = (item.text for item in left_out if item.code == "byline" or _says_when(item))
    return next((max(days) for line in bylines if (days := days_in(line))), None)


def _says_when(item: LeftOut) -> bool:
    """Say whether the top or the bottom of a page tells when the article was written, and not when it was printed."""
    return item.code == "page-header" and _TELLING.search(without_days(item.text, _DAY)) is not None


def _may_be_one(block: Block) -> bool:
    """Say whether a block has a word of such lines at all; most have none."""
    text = block.text
    return bool(block.label) or not _CUES.isdisjoint(_LETTERS.findall(text.lower())) or bool(_NUMERIC.search(text))


def _of_author_or_time(line: str, *, near_top: bool) -> bool:
    """Say whether a line is about author and time alone."""
    if not _LINE.fullmatch(line):
        return False
    return _TELLING.search(line) is not None or (near_top and _ALONE.fullmatch(line) is not None)


def _among_others(line: str, *, near_top: bool) -> bool:
    """Say whether author or time are some of the short notes on a line, which bars or dashes part."""
    notes = _PARTED.split(line)
    known = [note for note in notes if _LINE.fullmatch(note)]
    others_are_short = all(len(note.split()) <= _LONGEST_FREE_WORDS for note in notes if note not in known)
    telling = any(near_top or _TELLING.search(note) for note in known)
    return len(notes) > 1 and others_are_short and telling and not line.endswith((".", "!", "?"))
