"""What is taken away opens in a spreadsheet, is no formula, and can be brought back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant.cli import app as command
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.reviews.exchange import BYTE_ORDER_MARK, COLUMNS, ExchangeError, csv_lines, json_lines, take_in
from assistant.reviews.nouns import ApprovalStep, Judgement, Verdict, judged_claim
from tests.web.desk.conftest import Desk
from tests.web.desk.judging import FORMULAS, judged

YES, NO = Judgement.SUPPORTED, Judgement.NOT_SUPPORTED


def test_the_csv_opens_as_a_table_in_which_nothing_is_a_formula(desk: Desk) -> None:
    judged(desk)
    answer = desk.client.get("/review/export.csv")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    assert len(rows) == len(FORMULAS) + 1
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")]
    assert "'=1+1" in cells


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_what_was_taken_away_comes_back_the_same(desk: Desk, tmp_path: Path, kind: str) -> None:
    judged(desk)
    text = desk.client.get(f"/review/export.{kind}").content.decode("utf-8")
    other = open_database(tmp_path / "other", None)
    there = StoredReviews(other)
    new, known = take_in(there, text)
    assert known == (1 if kind == "jsonl" else 0)  # an approval comes with its first step
    assert list(there.every_verdict()) == list(desk.reviews.every_verdict())
    lines = csv_lines if kind == "csv" else json_lines
    assert "".join(lines(there)) == text
    assert take_in(there, text) == (0, new + known)
    other.close()


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_survives_the_table(note: str, reason: str) -> None:
    quote = {"number": 1, "article_id": "a", "quote": note or "x"}
    claims = [{"text": reason, "roles": [note], "topic": None, "citations": [1]}]
    claim = judged_claim({"claims": claims, "citations": [quote]}, 0)
    verdict = Verdict("v", "a", 0, YES, claim, note, datetime.now(UTC), 1.5, reason, note, note)

    class Held(list[Verdict]):
        def every_verdict(self) -> list[Verdict]:
            return [verdict]

        def judge(self, one: Verdict) -> bool:
            self.append(one)
            return True

    held = Held()
    written = "".join(csv_lines(held)).encode("utf-8", "backslashreplace").decode()  # type: ignore[arg-type]
    take_in(held, written)  # type: ignore[arg-type]
    if not any("\ud800" <= letter <= "\udfff" for letter in note + reason):
        assert held == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        '{"kind": "verdict"}',
        '{"kind": "other"}',
        "[]",
        "id,x\n1,2\n",
        f'"id","{"x" * 200_000}',
        ",".join(COLUMNS) + "\n1,2\n",
    ],
)
def test_what_is_no_export_is_refused_before_anything_is_stored(desk: Desk, text: str) -> None:
    with pytest.raises(ExchangeError):
        take_in(desk.reviews, text)
    assert list(desk.reviews.every_verdict()) == []


def test_the_commands_export_and_import(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(desk)
    runner = CliRunner()
    file = tmp_path / "away.jsonl"
    monkeypatch.setenv("ROLEWISE_DATA", str(Path(desk.records.standing().where).parent))
    assert runner.invoke(command, ["reviews", "export", str(file)]).exit_code == 0
    assert runner.invoke(command, ["reviews", "export", str(file)]).exit_code == 2  # there already
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["kind"] == "verdict"
    monkeypatch.setenv("ROLEWISE_DATA", str(tmp_path / "elsewhere"))
    done = runner.invoke(command, ["reviews", "import", str(file)])
    assert done.exit_code == 0
    assert f"{len(FORMULAS) + 2} new, 1 known already" in done.stdout
    (tmp_path / "broken.csv").write_text(BYTE_ORDER_MARK + "id,x\n", encoding="utf-8")
    assert runner.invoke(command, ["reviews", "import", str(tmp_path / "broken.csv")]).exit_code == 1


def test_the_bytes_of_the_table_are_what_spreadsheets_read_without_a_question(desk: Desk) -> None:
    judged(desk)
    mark, table = (content := desk.client.get("/review/export.csv").content)[:3], content[3:].decode("utf-8")
    assert mark == b"\xef\xbb\xbf"
    assert table.endswith('"\r\n')
    bare = re.sub(r'"(?:[^"]|"")*"', "", table)  # what is left when every cell, with its quotes, is taken out
    count = len(FORMULAS) + 2
    assert bare == ("," * (len(COLUMNS) - 1) + "\r\n") * count


def test_no_cell_becomes_a_formula_where_cells_are_parted_by_semicolons(desk: Desk) -> None:
    judged(desk)
    table = desk.client.get("/review/export.csv").content.decode("utf-8-sig")
    for separator in ",;\t":
        for line in csv.reader(io.StringIO(table, newline=""), delimiter=separator):
            assert not [cell for cell in line if cell.lstrip(' "').startswith(tuple("=+-@＝＋－＠"))], separator
    as_excel = re.split(r"[;\t\r\n]", table)  # it takes quotes within a cell for letters
    assert not [cell for cell in as_excel if cell.lstrip(' "').startswith(tuple("=+-@＝＋－＠"))]


def test_an_approval_that_comes_while_everything_is_written_is_left_for_the_next_time(
    desk: Desk, tmp_path: Path
) -> None:
    judged(desk)

    class Busy(StoredReviews):
        def every_step(self) -> Iterator[ApprovalStep]:
            (first,) = self.approvals()
            self.approve(replace(first.approval, id="later"))
            return super().every_step()

    other = open_database(tmp_path / "other", None)
    new, known = take_in(StoredReviews(other), "".join(json_lines(Busy(desk.database))))
    assert (new, known) == (len(FORMULAS) + 2, 1)
    other.close()


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_with_a_database_that_is_down_there_is_no_half_of_an_export(desk: Desk, kind: str) -> None:
    judged(desk)
    file = Path(desk.records.standing().where)
    desk.database.close()
    file.write_bytes(b"this is no database" * 400)
    assert desk.client.get(f"/review/export.{kind}").status_code == 503
