"""The keeper's own articles: checked before they go in, replaced and removed by id."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.reading import READERS
from corpus.shelf import Offer, Shelf

BEES = "# Beekeeper vs Shepherd\n\nThe Beekeeper keeps bees. The Shepherd keeps sheep.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "articles"


@pytest.fixture
def shelf(folder: Path) -> Shelf:
    return Shelf(folder, shipped_catalogue())


def write(folder: Path, name: str, text: str = BEES) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_added_under_its_id_and_the_folder_is_made(shelf: Shelf, inbox: Path, folder: Path) -> None:
    (added,) = shelf.add([write(inbox, "Bees & Sheep.MD")])
    assert (added.done, added.error) == ("added", "")
    assert added.article is not None
    assert added.article.id == "bees-sheep"
    assert files(folder) == ["bees-sheep.md"]
    assert (folder / "bees-sheep.md").read_text(encoding="utf-8") == BEES


def test_the_same_file_again_is_unchanged_and_another_text_replaces_it(shelf: Shelf, inbox: Path, folder: Path) -> None:
    path = write(inbox, "bees.md")
    assert [added.done for added in shelf.add([path])] == ["added"]
    assert [added.done for added in shelf.add([path])] == ["unchanged"]
    write(inbox, "bees.md", BEES.replace("sheep", "goats"))
    assert [added.done for added in shelf.add([path])] == ["replaced"]
    assert files(folder) == ["bees.md"]
    assert "goats" in (folder / "bees.md").read_text(encoding="utf-8")


def test_another_format_replaces_the_file_of_the_same_id(shelf: Shelf, inbox: Path, folder: Path) -> None:
    list(shelf.add([write(inbox, "bees.md")]))
    text = write(inbox, "bees.txt", "Beekeeper vs Shepherd\nThe Beekeeper keeps bees.\n")
    assert [added.done for added in shelf.add([text])] == ["replaced"]
    assert files(folder) == ["bees.txt"]


def test_a_bad_file_says_why_and_does_not_stop_the_others(shelf: Shelf, inbox: Path, folder: Path) -> None:
    bad = write(inbox, "bad.md", "# Beekeeper\n\nThe Beekeeper keeps bees.\n")
    results = list(shelf.add([bad, inbox / "gone.md", write(inbox, "bees.md")]))
    assert [result.done for result in results] == ["", "", "added"]
    assert "a comparison needs two roles" in results[0].error
    assert "gone.md: cannot be read" in results[1].error
    assert results[0].article is None
    assert files(folder) == ["bees.md"]


def test_a_file_of_a_format_that_is_not_read_is_named_with_those_that_are(shelf: Shelf, inbox: Path) -> None:
    path = inbox / "bees.rtf"
    given = [write(inbox, "bees.rtf"), Offer(path, BEES.encode()), Offer(inbox / "bees", BEES.encode())]
    errors = [added.error for added in shelf.add(given)]
    assert errors[0] == errors[1] == f"{path}: files ending in .rtf are not read. Use one of {', '.join(READERS)}."
    assert "files ending in nothing are not read" in errors[2]


def test_a_bad_text_never_replaces_a_good_one(shelf: Shelf, inbox: Path, folder: Path) -> None:
    list(shelf.add([write(inbox, "bees.md")]))
    list(shelf.add([write(inbox, "bees.md", "# Beekeeper\n")]))
    assert (folder / "bees.md").read_text(encoding="utf-8") == BEES


def test_all_articles_of_a_folder_are_added(shelf: Shelf, inbox: Path, folder: Path) -> None:
    write(inbox, "bees.md")
    write(inbox, "goats.txt", "Goatherd vs Shepherd\nThe Goatherd keeps goats.\n")
    write(inbox, "picture.png")
    assert [added.done for added in shelf.add([inbox])] == ["added", "added"]
    assert files(folder) == ["bees.md", "goats.txt"]


def test_a_folder_without_articles_is_an_error_that_names_it(shelf: Shelf, inbox: Path) -> None:
    (added,) = shelf.add([inbox])
    assert str(inbox) in added.error
    assert "no articles in this folder" in added.error


def test_two_new_files_with_one_id_are_an_error_that_names_both(shelf: Shelf, inbox: Path, folder: Path) -> None:
    first, second = write(inbox, "bees.md"), write(inbox, "Bees.txt")
    results = list(shelf.add([first, second]))
    assert [result.done for result in results] == ["added", ""]
    assert str(first) in results[1].error
    assert str(second) in results[1].error
    assert files(folder) == ["bees.md"]


def test_an_article_is_removed_by_its_id(shelf: Shelf, inbox: Path, folder: Path) -> None:
    list(shelf.add([write(inbox, "bees.md"), write(inbox, "goats.md")]))
    shelf.remove("bees")
    assert files(folder) == ["goats.md"]


@pytest.mark.parametrize("identifier", ["bees", "../inbox/bees", ""])
def test_what_is_not_on_the_shelf_cannot_be_removed(shelf: Shelf, inbox: Path, identifier: str) -> None:
    path = write(inbox, "bees.md")
    with pytest.raises(CorpusError, match="is none of your own articles"):
        shelf.remove(identifier)
    assert path.exists()


def test_a_folder_that_cannot_be_made_is_an_error_with_the_cure(inbox: Path) -> None:
    shelf = Shelf(write(inbox, "in-the-way", "a file") / "articles", shipped_catalogue())
    (added,) = shelf.add([write(inbox, "bees.md")])
    assert "cannot be written" in added.error
    assert "Set ROLEWISE_DATA" in added.error
