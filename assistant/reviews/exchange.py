"""Take reviews away and bring them back: JSON Lines hold everything, CSV holds the verdicts, for a spreadsheet.

What is imported twice is stored once: every verdict, approval and step has an id of its own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from assistant.reviews.desk import Reviews
from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, JudgedClaim, Judgement, Source, Verdict

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else
COLUMNS = ("id", "answer_id", "claim", "judgement", "reviewer", "noted", "seconds", "reason", "note", "question",
           "claim_text", "roles", "topic", "sources")  # fmt: skip

# A cell that begins with one of these may be taken for a formula (OWASP, "CSV Injection"). An apostrophe before it
# makes it text; one more before an apostrophe, so that reading takes away what writing put there.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


class ExchangeError(Exception):
    """A file is no export of reviews. The message names the line and what to do next."""


def json_lines(reviews: Reviews) -> Iterator[str]:
    """Yield every verdict, every approval and what became of it, one object a line."""
    for verdict in reviews.every_verdict():
        yield _line("verdict", asdict(verdict))
    for standing in reviews.approvals():
        yield _line("approval", {**asdict(standing.approval), "answer": dict(standing.approval.answer)})
    for step in reviews.every_step():
        yield _line("step", asdict(step))


def csv_lines(reviews: Reviews) -> Iterator[str]:
    """Yield the verdicts as CSV (RFC 4180) with a byte order mark; no cell is a formula."""
    yield BYTE_ORDER_MARK + _row(COLUMNS)
    for verdict in reviews.every_verdict():
        judged = verdict.judged
        roles, sources = json.dumps(judged.roles, ensure_ascii=False), [asdict(one) for one in judged.sources]
        yield _row(
            (
                verdict.id, verdict.answer_id, str(verdict.claim), verdict.judgement.value, verdict.reviewer,
                verdict.noted.isoformat(), repr(verdict.seconds), verdict.reason, verdict.note, verdict.question,
                judged.text, roles, judged.topic or "", json.dumps(sources, ensure_ascii=False),
            )
        )  # fmt: skip


def take_in(reviews: Reviews, text: str) -> tuple[int, int]:
    """Store what an export holds; return how many entries were new, and how many were there already.

    Raise ExchangeError before anything is stored when a line is none of an export.
    """
    if text.removeprefix(BYTE_ORDER_MARK).startswith(COLUMNS[0] + ","):
        entries: list[Verdict | Approval | ApprovalStep] = list(_from_csv(text.removeprefix(BYTE_ORDER_MARK)))
    else:
        entries = list(_from_json(text.removesuffix("\n").split("\n")))
    new = sum(_store(reviews, entry) for entry in entries)
    return new, len(entries) - new


def _store(reviews: Reviews, entry: Verdict | Approval | ApprovalStep) -> bool:
    if isinstance(entry, Verdict):
        return reviews.judge(entry)
    return reviews.approve(entry) if isinstance(entry, Approval) else reviews.take_step(entry)


def _line(kind: str, fields: Mapping[str, Any]) -> str:
    return json.dumps({"kind": kind, **fields}, ensure_ascii=False, default=datetime.isoformat) + "\n"


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return line.getvalue()


def _from_csv(text: str) -> Iterator[Verdict]:
    rows = csv.reader(io.StringIO(text, newline=""))
    head = next(rows)
    if tuple(head) != COLUMNS:
        raise ExchangeError(f"The columns are {', '.join(head)}. Export again: rolewise reviews export FILE.csv")
    for number, row in enumerate(rows, start=2):
        cells = dict(zip(COLUMNS, (cell.removeprefix("'") for cell in row), strict=False))
        try:
            judged = {
                "text": cells.pop("claim_text"), "roles": json.loads(cells.pop("roles")),
                "topic": cells.pop("topic") or None, "sources": json.loads(cells.pop("sources")),
            }  # fmt: skip
            yield _verdict({**cells, "judged": judged})
        except (KeyError, ValueError, TypeError) as error:
            raise ExchangeError(f"Row {number} holds no verdict ({error}). Export again.") from error


def _from_json(lines: Iterable[str]) -> Iterator[Verdict | Approval | ApprovalStep]:
    made: dict[str, Callable[[Mapping[str, Any]], Verdict | Approval | ApprovalStep]]
    made = {"verdict": _verdict, "approval": _approval, "step": _step}
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
    judged = fields["judged"]
    claim = JudgedClaim(judged["text"], tuple(judged["roles"]), judged["topic"], _sources(judged["sources"]))
    return Verdict(
        **{
            **fields,
            "claim": int(fields["claim"]),
            "seconds": float(fields["seconds"]),
            "judgement": Judgement(fields["judgement"]),
            "noted": _moment(fields["noted"]),
            "judged": claim,
        }
    )


def _approval(fields: Mapping[str, Any]) -> Approval:
    return Approval(**{**fields, "noted": _moment(fields["noted"]), "sources": _sources(fields["sources"])})


def _step(fields: Mapping[str, Any]) -> ApprovalStep:
    return ApprovalStep(**{**fields, "noted": _moment(fields["noted"]), "state": ApprovalState(fields["state"])})


def _sources(rows: Iterable[Mapping[str, str]]) -> tuple[Source, ...]:
    return tuple(Source(**row) for row in rows)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment
