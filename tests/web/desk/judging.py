"""A desk on which something was judged, in notes that a spreadsheet might take for formulas."""

from __future__ import annotations

from tests.web.desk.conftest import Desk

PATH = "/review/answers/" + "a" * 32
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
    "5 % less;=1+1;",
    'a;  "=1+1"',
    "wait;'-1",
    "a\tb\t@SUM(A1)",
    "first\r\n=1",
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
