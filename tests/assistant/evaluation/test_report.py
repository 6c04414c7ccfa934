from __future__ import annotations

from assistant.evaluation.metrics import METRICS
from assistant.evaluation.report import WIDTH, readme_table, text_report, worst
from tests.assistant.evaluation.cases import TRIALS, record, unanswerable

LINES = text_report(record()).splitlines()


def test_the_text_has_a_line_for_every_measure_with_interval_and_number() -> None:
    assert all(any(line.startswith(metric.label) for line in LINES) for metric in METRICS)
    (hit,) = (line for line in LINES if line.startswith("hit: a cited sentence"))
    assert hit.split()[-5:] == ["0.500", "0.150", "to", "0.850", "4"]


def test_the_text_fits_its_width() -> None:
    assert max(map(len, LINES)) <= WIDTH == 100


def test_kinds_have_rows_of_their_own() -> None:
    assert any(line.split()[:3] == ["paraphrase", "2", "0.00"] for line in LINES)
    assert any(line.startswith("unanswerable") and line.endswith("rightly") for line in LINES)


def test_questions_without_answers_alone_make_a_report_too() -> None:
    lines = text_report(record(unanswerable("a", 0.2))).splitlines()
    (refused,) = (line for line in lines if line.startswith("unanswerable, refused"))
    assert refused.split()[2] == "1.000"


def test_the_table_of_the_readme_leaves_out_what_depends_on_the_machine() -> None:
    table = readme_table(record())
    assert "| hit: a cited sentence is evidence | 0.500 | 0.150 to 0.850 | 4 |" in table
    assert "| hit, kind `paraphrase` | 0.000 | 0.000 to 0.658 | 2 |" in table
    assert "seconds" not in table


def test_the_worst_failures_take_turns_by_how_they_failed_and_say_what_was_cited() -> None:
    blocks = worst(TRIALS, 3).split("\n\n")
    assert [block.split(" (")[0] for block in blocks] == ["silent", "near, answered", "elsewhere"]
    assert "cited     Wax is sold. [b s3]" in worst(TRIALS, 3)
    assert "expected  Bees are kept." in worst(TRIALS, 3)
    assert worst(TRIALS, 1).count("asked") == 1
    assert worst(TRIALS[:1], 5) == ""
