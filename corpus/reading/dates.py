"""Days as people write them in English: "4 March 2026", "March 4th, 2026", "2026-03-04", "04.03.2026"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
MONTHS = frozenset(spelt for name in calendar.month_name if name for spelt in (name.lower(), name.lower()[:3], "sept"))
_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in calendar.month_name if name) + "|Sept"
_MONTH = rf"(?P<{{}}>{_NAMES})\b\.?"
_NTH = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_TIME = (
    r"(?:(?: at|,)? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?(?: (?:[+-]\d{4}|[A-Z]{2,4})\b)?|T\d[\d:.Z+-]*)?"
)
_DAY = re.compile(
    rf"(?<![\w.,/-]){_WEEKDAY}(?:"
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    rf"|{_NTH.format('day_first')} (?:of )?{_MONTH.format('month_after')},? (?P<year_after>\d{{4}})"
    rf"|{_MONTH.format('month_before')} {_NTH.format('day_after')},? (?P<year_last>\d{{4}})"
    r"|(?P<day_dotted>\d{1,2})\.(?P<month_dotted>\d{1,2})\.(?P<year_dotted>\d{4})"
    rf"){_TIME}(?![\w/-]|\.\d)",
    re.I,
)


def days_in(text: str) -> tuple[dt.date, ...]:
    """Return the days that a line names, in its order. "04/03/2026" is none: it may be in March or in April."""
    return tuple(day for match in _DAY.finditer(text) if (day := _day(match)))


def without_days(text: str, instead: str) -> str:
    """Return a line with another text in place of each day, the weekday and the time of day that stand with it."""
    return _DAY.sub(lambda match: instead if _day(match) else match[0], text)


def _day(match: re.Match[str]) -> dt.date | None:
    named = {name.split("_")[0]: part for name, part in match.groupdict().items() if part}
    month = _MONTHS.get(named["month"].lower()[:3]) or int(named["month"])
    try:
        return dt.date(int(named["year"]), month, int(named["day"]))
    except ValueError:  # the 31st of February
        return None
