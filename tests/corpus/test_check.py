"""Findings: what the keeper of a library should look at."""

from __future__ import annotations

from pathlib import Path

from corpus.check import check_library
from corpus.library import load_library

BEES = "# Beekeeper vs Shepherd\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"


def test_an_article_that_says_the_same_as_another_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BEES, encoding="utf-8")
    (tmp_path / "b.md").write_text(BEES, encoding="utf-8")
    (tmp_path / "c.md").write_text(BEES.replace("sheep", "goats"), encoding="utf-8")
    (finding,) = check_library(load_library([tmp_path]))
    assert (finding.code, finding.article_id) == ("duplicate-article", "b")
    assert "a" in finding.message.split(".")[0].split()


def test_case_and_white_space_do_not_make_another_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BEES, encoding="utf-8")
    (tmp_path / "b.md").write_text(BEES.upper().replace(". ", ".\n"), encoding="utf-8")
    assert [finding.code for finding in check_library(load_library([tmp_path]))] == ["duplicate-article"]


def test_findings_made_while_reading_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    for name in ("b", "a"):
        text = BEES.replace("sheep", f"sheep of {name}") + "\nMore about goats and what they …\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    findings = check_library(load_library([tmp_path]))
    assert [(finding.article_id, finding.code) for finding in findings] == [
        ("a", "truncated-teaser"),
        ("b", "truncated-teaser"),
    ]


def test_a_clean_library_has_no_findings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BEES, encoding="utf-8")
    assert check_library(load_library([tmp_path])) == ()
