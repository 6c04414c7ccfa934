"""Take reviews away and bring them back: JSON Lines hold everything, CSV holds the verdicts, for a spreadsheet.

What is imported twice is stored once: every verdict, approval and step has an id of its own.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from assistant.reviews.desk import Reviews
from assistant.reviews.nouns import Approval, ApprovalStep, Verdict
from assistant.reviews.objects import approval_of, step_of, verdict_of

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
COLUMNS = ("id", "answer_id", "claim", "judgement", "reviewer", "noted", "seconds", "reason", "note", "question",
           "undoes", "claim_text", "roles", "topic", "sources")  # fmt: skip

# What begins with one of these may be taken for a formula (OWASP, "CSV Injection"). An apostrophe before it makes it
# text; one more before an apostrophe, so that reading takes away what writing put there. Where the comma is the decimal
# sign, Excel parts cells by semicolons, whatever the quotes: so one may begin within the text, too.
_BEGIN = r"(^|[;\t\r\n])"
_FORMULA = re.compile(_BEGIN + r"(?=[\s\"]*[=+\-@＝＋－＠]|[\t\r\n'])")
_GUARDED = re.compile(_BEGIN + "'")

Entry = Verdict | Approval | ApprovalStep


class ExchangeError(Exception):
    """A file is no export of reviews. The message names the line and what to do next."""


def json_lines(reviews: Reviews) -> Iterator[str]:
    """Yield every verdict, every approval and what became of it, one object a line."""
    for verdict in reviews.every_verdict():
        yield _line("verdict", asdict(verdict))
    names = set()
    for standing in reviews.approvals():
        names.add(standing.approval.id)
        yield _line("approval", {**asdict(standing.approval), "answer": dict(standing.approval.answer)})
    for step in reviews.every_step():
        if step.approval_id in names:  # not of an approval that came while this was written
            yield _line("step", asdict(step))


def csv_lines(reviews: Reviews) -> Iterator[str]:
    """Yield the verdicts as CSV (RFC 4180) with a byte order mark, every cell in quotes; no cell is a formula."""
    yield BYTE_ORDER_MARK + _row(COLUMNS)
    for verdict in reviews.every_verdict():
        judged = verdict.judged
        roles, sources = json.dumps(judged.roles, ensure_ascii=False), [asdict(one) for one in judged.sources]
        yield _row(
            (
                verdict.id, verdict.answer_id, str(verdict.claim), verdict.judgement.value, verdict.reviewer,
                verdict.noted.isoformat(), repr(verdict.seconds), verdict.reason, verdict.note, verdict.question,
                verdict.undoes or "", judged.text, roles, judged.topic or "", json.dumps(sources, ensure_ascii=False),
            )
        )  # fmt: skip


def take_in(reviews: Reviews, text: str) -> tuple[int, int]:
    """Store what an export holds; return how many entries were new, and how many were there already.

    Raise ExchangeError before anything is stored when a line is none of an export.
    """
    table = text.removeprefix(BYTE_ORDER_MARK)
    if table.startswith((f"{COLUMNS[0]},", f'"{COLUMNS[0]}",')):
        entries: list[Entry] = list(_from_csv(table))
    else:
        entries = list(_from_json(text.removesuffix("\n").split("\n")))
    new = sum(_store(reviews, entry) for entry in entries)
    return new, len(entries) - new


def _store(reviews: Reviews, entry: Entry) -> bool:
    if isinstance(entry, Verdict):
        return reviews.judge(entry)
    return reviews.approve(entry) if isinstance(entry, Approval) else reviews.take_step(entry)


def _line(kind: str, fields: Mapping[str, Any]) -> str:
    return json.dumps({"kind": kind, **fields}, ensure_ascii=False, default=datetime.isoformat) + "\n"


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([_FORMULA.sub(r"\1'", cell) for cell in cells])
    return line.getvalue()


def _from_csv(text: str) -> Iterator[Verdict]:
    try:
        head, *rows = csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise ExchangeError(f"This is no table that was exported ({error}). Export again.") from error
    if tuple(head) != COLUMNS:
        raise ExchangeError(f"The columns are {', '.join(head)}. Export again: rolewise reviews export FILE.csv")
    for number, row in enumerate(rows, start=2):
        try:
            cells = dict(zip(COLUMNS, (_GUARDED.sub(r"\1", cell) for cell in row), strict=True))
            judged = {
                "text": cells.pop("claim_text"), "roles": json.loads(cells.pop("roles")),
                "topic": cells.pop("topic") or None, "sources": json.loads(cells.pop("sources")),
            }  # fmt: skip
            yield _verdict({**cells, "undoes": cells["undoes"] or None, "judged": judged})
        except (KeyError, ValueError, TypeError) as error:
            raise ExchangeError(f"Row {number} holds no verdict ({error}). Export again.") from error


def _from_json(lines: Iterable[str]) -> Iterator[Entry]:
    made: dict[str, Callable[[Mapping[str, Any]], Entry]]
    made = {
        "verdict": _verdict,
        "approval": lambda fields: approval_of(_timed(fields)),
        "step": lambda fields: step_of(_timed(fields)),
    }
    for number, line in enumerate(lines, start=1):
        try:
            fields = json.loads(line)
            entry = made[fields.pop("kind")](fields)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise ExchangeError(
                f"Line {number} is none of an export ({error}). Give a file that was exported."
            ) from error
        yield entry


def _verdict(fields: Mapping[str, Any]) -> Verdict:
    numbers = {"claim": int(fields["claim"]), "seconds": float(fields["seconds"])}  # CSV has them as text
    return verdict_of({**_timed(fields), **numbers})


def _timed(fields: Mapping[str, Any]) -> dict[str, Any]:
    moment = datetime.fromisoformat(fields["noted"])
    if moment.tzinfo is None:
        raise ValueError(f"{fields['noted']} has no time zone")
    return {**fields, "noted": moment}
