"""Answer a file of questions: JSON Lines in, one answer object a line out, in the same order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.chat import Assistant
from assistant.limits import LimitError, checked_turns
from assistant.render import to_object


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One row of a batch: the id that its answer will bear, and the user's messages, oldest first."""

    id: str
    turns: tuple[str, ...]


def answer_rows(assistant: Assistant, lines: Iterable[str], report: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """Yield the answer object of every good row; call `report` with one line for each broken one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = parse_row(line)
        except LimitError as error:
            report(f"line {number}: {error} The other rows are answered.")
            continue
        yield to_object(assistant.answer(row.turns, answer_id=row.id))


def parse_row(line: str) -> BatchRow:
    """Read one row; raise LimitError that says what is wrong with it."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LimitError('This is not JSON. Write {"id": "1", "turns": ["a question"]}.') from error
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("turns"), list):
        raise LimitError('A row needs a text "id" and a list "turns". Write {"id": "1", "turns": ["a question"]}.')
    return BatchRow(row["id"], checked_turns(row["turns"]))
