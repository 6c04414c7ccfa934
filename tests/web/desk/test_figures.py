"""The figures are those of the record, the charts start at zero, and what is taken away can be brought back."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant.answer import Answer
from assistant.cli import app as command
from assistant.evaluation.reviewed import outcomes, report
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.reviews.agreement import agreement, kappa
from assistant.reviews.exchange import BYTE_ORDER_MARK, COLUMNS, ExchangeError, csv_lines, json_lines, take_in
from assistant.reviews.nouns import Judgement, Verdict, judged_claim
from assistant.web.desk.drawing import HEIGHT, Bar, chart
from tests.web.desk.conftest import BUDGET, Desk

PATH = "/review/answers/" + "a" * 32
YES, NO = Judgement.SUPPORTED, Judgement.NOT_SUPPORTED
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''",
    "＝1",
    'say "so", then',
    "two\nlines",
    "ä€😀",
    "",
]


def judged(desk: Desk) -> None:
    desk.asked()
    for number, note in enumerate(FORMULAS):
        desk.send(f"{PATH}/claims/{number % 2}", judgement="supported", note=note, reason=note, keep="1")
    desk.another("=HYPERLINK(1)").send(f"{PATH}/claims/0", judgement="wrong_role", seconds="0.1")
    desk.send(f"{PATH}/approve", note="=1")


def test_the_figures_count_what_was_asked_refused_and_found(desk: Desk) -> None:
    judged(desk)
    desk.asked("What about quantum gravity?", "b" * 32)
    page = " ".join(re.sub(r"<[^>]+>", " ", desk.page("/review/figures?days=7")).split())
    assert "Questions 2 Answered 50 % Refused 1" in page
    assert "off topic 1" in page
    assert "Wrong role 1" in page
    assert "=HYPERLINK(1) and Anna 1 0 %" in page
    assert "The axis starts at zero" in desk.page("/review/figures?days=nonsense")


def test_an_empty_desk_has_figures_too(desk: Desk) -> None:
    assert "Nothing was refused" in desk.page("/review/figures")


@pytest.mark.parametrize("wholes", [[], [0], [1], [3, 1, 2], [99, 1], [12345, 1, 0], [7] * 90])
def test_a_chart_starts_at_zero_and_its_columns_are_in_proportion(wholes: list[int]) -> None:
    drawn = chart([Bar(str(whole), whole, whole // 2) for whole in wholes])
    zero, *_, top = drawn.ticks
    assert zero == (drawn.base, "0")
    span = drawn.base - top[0]
    for column, whole in zip(drawn.columns, wholes, strict=True):
        assert column.y + column.height == pytest.approx(drawn.base, abs=0.11)
        assert column.height == pytest.approx(span * whole / int(top[1].replace(",", "")), abs=0.11)
        assert 0 <= column.y <= HEIGHT
    assert sum(bool(column.label) for column in drawn.columns) <= 8


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
    ["", "nonsense", '{"kind": "verdict"}', '{"kind": "other"}', "[]", "id,x\n1,2\n", ",".join(COLUMNS) + "\n1,2\n"],
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


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(YES, YES)] * 20 + [(YES, NO)] * 5 + [(NO, YES)] * 10 + [(NO, NO)] * 15, 0.4),  # a textbook's example
        ([(YES, YES), (NO, NO)], 1.0),
        ([(YES, NO), (NO, YES)], -1.0),
        ([(YES, YES)] * 3, None),
    ],
)
def test_kappa_is_what_cohen_says(pairs: list[tuple[Judgement, Judgement]], expected: float | None) -> None:
    from sklearn.metrics import cohen_kappa_score

    found = kappa(pairs)
    assert found == (expected if expected is None else pytest.approx(expected))
    if expected is not None:
        assert found == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


def test_the_last_word_of_each_reviewer_counts(desk: Desk) -> None:
    judged(desk)
    desk.another("=HYPERLINK(1)").send(f"{PATH}/claims/0", judgement="supported")
    (pair,) = agreement(desk.reviews.every_verdict())
    assert (pair.claims, pair.equal, pair.kappa) == (1, 1.0, None)


def test_verdicts_are_tests_of_the_assistant(desk: Desk) -> None:
    answer = desk.asked()
    desk.send(f"{PATH}/claims/0", judgement="supported", keep="1")
    desk.send(f"{PATH}/claims/1", judgement="wrong_role", keep="1")
    found, disputed = outcomes(desk.reviews, desk.assistant)
    assert ([one.met for one in found], disputed) == ([True, False], 0)
    said = list(report(found, disputed, desk.reviews))
    assert said[0] == "1 questions that reviewers judged, asked again"
    assert said[-1].startswith(f"FAILED {BUDGET!r}: still cited, though wrong_role")

    class Forgetful:
        def answer(self, turns: object) -> Answer:
            whole = desk.assistant.answer([BUDGET])
            return replace(whole, claims=whole.claims[1:])

    found, _ = outcomes(desk.reviews, Forgetful())
    assert [one.met for one in found] == [False, False]
    desk.another("Bert").send(f"{PATH}/claims/1", judgement="supported", keep="1")
    assert outcomes(desk.reviews, desk.assistant)[1] == 1
    desk.send(f"{PATH}/claims/1", judgement="supported", keep="1")
    desk.send(f"{PATH}/approve")
    found, disputed = outcomes(desk.reviews, desk.assistant)
    assert (len(found), all(one.met for one in found), disputed) == (len(answer["citations"]), True, 0)
