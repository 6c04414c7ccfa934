"""Findings: what the keeper of a library should look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Finding
from corpus.catalogue import Catalogue, Role, shipped_catalogue
from corpus.check import check_article, check_library, check_names
from corpus.library import load_library

GOOD = """---
title: Beekeeper vs Shepherd
roles: [Beekeeper, Shepherd]
date: 2026-01-31
---

## Budget

The Beekeeper buys sugar and frames for the hives in spring. The Shepherd pays for fences and a dog.

## Tools

A smoker and a veil are all that the Beekeeper needs. The Shepherd carries a crook and shears.

## Conclusion

Both live by animals.
"""


def findings_of(folder: Path, **pages: str) -> list[Finding]:
    for name, page in pages.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    return list(check_library(load_library([folder])))


def test_a_clean_library_has_no_findings(tmp_path: Path) -> None:
    assert findings_of(tmp_path, a=GOOD) == []


def test_the_columns_of_a_table_say_which_role_it_is_about(tmp_path: Path) -> None:
    table = "| Topic | Beekeeper | Shepherd |\n|---|---|---|\n| Tools | Carries a smoker. | Carries a crook. |\n"
    article = f"---\ndate: 2026-01-31\n---\n# Beekeeper vs Shepherd\n\n{table}"
    assert findings_of(tmp_path, a=article) == []


@pytest.mark.parametrize(
    ("code", "says", "was", "becomes"),
    [
        ("missing-date", "Updated 31 January 2026", "date: 2026-01-31\n", ""),
        ("unknown-article", "disagrees with nobody", "date:", "disagrees_with: nobody\ndate:"),
        ("truncated-teaser", "shears and", "shears.", "shears.\n\nMore about shears and …"),
        ("heading-without-topic", "“Odds and Ends”", "## Tools", "## Odds and Ends"),
        ("topic-without-role", "“Tools” is about the Shepherd", "The Shepherd carries a crook and shears.", ""),
        (
            "unattributed-sentence",
            "“Tools”",
            "A smoker and a veil are all that the Beekeeper needs. The Shepherd carries a crook and shears.",
            "Iron lasts longer than wood.",
        ),
    ],
)
def test_a_planted_fault_is_found(tmp_path: Path, code: str, says: str, was: str, becomes: str) -> None:
    assert was in GOOD
    (finding,) = findings_of(tmp_path, a=GOOD.replace(was, becomes))
    assert (finding.code, finding.article_id) == (code, "a")
    assert says in finding.message


def test_roles_that_only_the_text_mentions_are_found_as_guessed(tmp_path: Path) -> None:
    page = """---
title: Who does what
date: 2026-01-31
---

## Budget

The Recruiter has one. The HR Manager has another, and so has the Recruiter of the HR Manager in the north.
"""
    (finding,) = findings_of(tmp_path, a=page)
    assert finding.code == "roles-guessed"
    assert "Recruiter and HR Manager" in finding.message


def test_an_article_that_says_the_same_as_another_is_found_whatever_its_case_and_white_space(tmp_path: Path) -> None:
    (finding,) = findings_of(tmp_path, a=GOOD, b=GOOD.replace(". The", ".\nThe").replace("sugar", "SUGAR"))
    assert (finding.code, finding.article_id) == ("duplicate-article", "b")
    assert "the same as a." in finding.message


def test_a_sentence_that_stands_in_two_articles_is_found(tmp_path: Path) -> None:
    other = """---
title: Beekeeper vs Gardener
roles: [Beekeeper, Gardener]
date: 2026-01-31
---

## Budget

The Beekeeper buys sugar and frames for the hives in spring. The Gardener spends the most on seeds.
"""
    (finding,) = findings_of(tmp_path, a=GOOD, b=other)
    assert (finding.code, finding.article_id) == ("shared-sentence", "b")
    assert "frames for the hives" in finding.message


def test_findings_come_in_the_order_of_the_articles(tmp_path: Path) -> None:
    undated = GOOD.replace("date: 2026-01-31\n", "")
    pages = {name: undated.replace(".", f" of {name}.") for name in ("b", "a")}
    assert [finding.article_id for finding in findings_of(tmp_path, **pages)] == ["a", "b"]


def test_a_name_that_two_roles_claim_is_found_unless_it_is_marked_as_ambiguous() -> None:
    claimed = [Role("Beekeeper", ("keeper",)), Role("Zookeeper", ("keepers",))]
    marked = [Role("Beekeeper", (), ("keeper",)), Role("Zookeeper", (), ("keeper",))]
    titles = {"nouns": ["keeper"], "generic": []}
    (line,) = check_names(Catalogue(claimed, [], titles))
    assert "“keeper” is claimed by Beekeeper and Zookeeper" in line
    assert check_names(Catalogue(marked, [], titles)) == ()


def test_no_name_of_the_shipped_catalogue_is_claimed_twice() -> None:
    assert check_names(shipped_catalogue()) == ()


def test_the_reader_of_one_article_is_told_what_is_wrong_with_it_but_not_what_was_left_out(tmp_path: Path) -> None:
    page = GOOD.replace("## Tools", "## Odds and Ends").replace("shears.", "shears.\n\nMore about shears and …")
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    (tmp_path / "b.md").write_text(GOOD.replace("date: 2026-01-31\n", ""), encoding="utf-8")
    library = load_library([tmp_path])
    told = {name: [one.code for one in check_article(article, library)] for name, article in library.articles.items()}
    assert told == {"a": ["heading-without-topic"], "b": ["missing-date"]}
    assert {one.code for one in check_library(library)} > {"heading-without-topic", "missing-date", "truncated-teaser"}
