"""Corrections of title and roles, kept in a small file beside an article; and dry runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.corrections import Correction, correction, read_correction
from corpus.library import load_library
from corpus.shelf import Offer, Shelf

BEES = "# Notes\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"
ROLES = ("Beekeeper", "Shepherd")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "own", shipped_catalogue())


@pytest.fixture
def bees(tmp_path: Path) -> Path:
    (tmp_path / "bees.md").write_text(BEES, encoding="utf-8")
    return tmp_path / "bees.md"


def test_corrected_roles_and_title_hold_when_the_library_is_read(shelf: Shelf, bees: Path, tmp_path: Path) -> None:
    (added,) = shelf.add([bees], correction("Bees “and” Sheep", ROLES))
    assert added.done == "added"
    article = load_library([tmp_path / "own"]).articles["bees"]
    assert (article.title, article.roles) == ("Bees “and” Sheep", ROLES)
    assert [sentence.roles for sentence in article.sentences()] == [("Beekeeper",), ("Shepherd",)]
    assert (tmp_path / "own" / "bees.md").read_text(encoding="utf-8") == BEES


def test_without_the_correction_the_article_is_refused(shelf: Shelf, bees: Path) -> None:
    (added,) = shelf.add([bees])
    assert "a comparison needs two roles" in added.error


def test_a_correction_stays_when_the_file_changes_and_goes_with_the_article(
    shelf: Shelf, bees: Path, tmp_path: Path
) -> None:
    assert [added.done for added in shelf.add([bees], correction(roles=ROLES))] == ["added"]
    assert [added.done for added in shelf.add([bees])] == ["unchanged"]
    assert [added.done for added in shelf.add([bees], correction(roles=ROLES))] == ["unchanged"]
    assert [added.done for added in shelf.add([bees], correction(title="Bees"))] == ["replaced"]
    bees.write_text(BEES.replace("sheep", "goats"), encoding="utf-8")
    (added,) = shelf.add([bees])
    assert added.done == "replaced"
    assert added.article is not None
    assert (added.article.title, added.article.roles) == ("Bees", ROLES)
    shelf.remove("bees")
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.parametrize("there", [False, True])
def test_a_dry_run_reads_everything_and_writes_nothing(shelf: Shelf, bees: Path, tmp_path: Path, there: bool) -> None:
    if there:
        list(shelf.add([bees], correction(roles=ROLES)))
        bees.write_text(BEES + "\nA teaser that breaks off …\n", encoding="utf-8")
    before = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())
    (added,) = shelf.add([bees], correction(roles=ROLES), dry_run=True)
    assert added.done == ("would be replaced" if there else "would be added")
    assert added.article is not None
    assert [finding.code for finding in added.findings] == (["truncated-teaser"] if there else [])
    assert sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()) == before


def test_a_fetched_page_remembers_its_address_unless_it_names_its_own(shelf: Shelf, tmp_path: Path) -> None:
    page = "<title>Beekeeper vs Shepherd</title>{}<p>The Beekeeper keeps bees."
    own = "<link rel=canonical href=https://own.example/bees>"
    offers = [
        Offer(Path("a.html"), page.format("").encode(), "https://x.example/a"),
        Offer(Path("b.html"), page.format(own).encode(), "https://x.example/b"),
    ]
    assert [added.done for added in shelf.add(offers)] == ["added", "added"]
    assert [added.done for added in shelf.add(offers)] == ["unchanged", "unchanged"]
    articles = load_library([tmp_path / "own"]).articles
    assert [articles[name].source for name in "ab"] == ["https://x.example/a", "https://own.example/bees"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title = ", "is not valid TOML"),
        ("titel = 'x'", "the field 'titel' is not known"),
        ("roles = 'x'", "a field has a value of the wrong kind"),
        ("title = 3", "a field has a value of the wrong kind"),
        ("a = " + "[" * 5_000, "is not valid TOML"),
    ],
)
def test_a_bad_correction_is_an_error_that_names_its_file(bees: Path, text: str, reason: str) -> None:
    bees.with_suffix(".toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        read_correction(bees)
    assert str(bees.with_suffix(".toml")) in str(caught.value)
    assert reason in str(caught.value)


def test_what_is_written_is_read_back(bees: Path) -> None:
    known = correction('a "b" \\ c\x7f\n é 🐝', ("x", " x ", "", "y"), "https://x.y/")
    bees.with_suffix(".toml").write_text(known.as_toml(), encoding="utf-8")
    assert read_correction(bees) == known == Correction('a "b" \\ c é 🐝', ("x", "y"), "https://x.y/")
