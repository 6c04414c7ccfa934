"""Articles in every format through the command line: folders that mix them, corrections beside them, bad ones named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.assistant.conftest import Command

DATA = Path(__file__).parents[1] / "data"
FILES = {
    "curators.pdf": "office/prose.latex.pdf",
    "finance.docx": "office/by-topic.pandoc.docx",
    "nurses/nurses.PDF": "office/table.libreoffice.pdf",
    "page.html": "formats/by-topic.html",
    "steps.txt": "formats/steps.txt",
    "chefs.md": "formats/faq.md",
}
IDS = ["chefs", "curators", "finance", "nurses", "page", "steps"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a keeper: every format, one file in a folder of its own, two with a correction beside them."""
    folder = tmp_path / "inbox"
    for name, source in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / source, folder / name)
    (folder / "curators.toml").write_text('title = "Curator vs Registrar in Museums"\n', encoding="utf-8")
    (folder / "page.toml").write_text('title = "Beekeeper vs Shepherd"\n', encoding="utf-8")
    (folder / "~$finance.docx").write_bytes(b"who has it open")
    return folder


def test_a_folder_of_all_formats_is_added_listed_and_added_again(
    rolewise: Command, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    ran = rolewise("articles", "add", folder, data=data)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(line.split(",")[0] for line in ran.out.splitlines()) == [f"{name}: added" for name in IDS]
    listed = rolewise("articles", "list", data=data).out
    assert "curators\tMuseum Curator / Registrar\tCurator vs Registrar in Museums" in listed
    assert "finance\tFinancial Controller / Treasurer\t" in listed
    assert sorted(path.name for path in (data / "articles").iterdir()) == [
        "chefs.md", "curators.pdf", "curators.toml", "finance.docx", "nurses.pdf", "page.html",
        "page.toml", "steps.txt",
    ]  # fmt: skip
    again = rolewise("articles", "add", folder, data=data)
    assert sorted(line.split(",")[0] for line in again.out.splitlines()) == [f"{name}: unchanged" for name in IDS]


def test_a_folder_of_all_formats_is_checked_without_adding_it(rolewise: Command, folder: Path) -> None:
    ran = rolewise("articles", "check", folder)
    assert ran.status == 1
    assert [line.split(": ")[:2] for line in ran.out.splitlines()] == [
        ["chefs", "missing-date"],  # Word and PDF files say when they were changed
        ["chefs", "topic-without-role"],
        ["page", "missing-date"],
        ["steps", "missing-date"],
    ]


def test_what_was_left_out_of_a_word_file_is_a_finding(rolewise: Command) -> None:
    ran = rolewise("articles", "check", DATA / "office" / "reviewed.libreoffice.docx")
    assert ran.status == 1
    assert "reviewed-libreoffice: comment: The comments in its margin were left out: Is that so?" in ran.out


def test_a_bad_file_is_named_and_the_others_go_in(rolewise: Command, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copy(DATA / "office" / "hostile" / "locked.pdf", folder / "locked.pdf")
    (folder / "damaged.docx").write_bytes((folder / "finance.docx").read_bytes()[:5_000])
    ran = rolewise("articles", "add", folder, data=data)
    assert ran.status == 1
    assert f"{folder / 'locked.pdf'}: is protected by a password. Remove the password" in ran.err
    assert f"{folder / 'damaged.docx'}: is a damaged Word file" in ran.err
    assert [line.split("\t")[0] for line in rolewise("articles", "list", data=data).out.splitlines()][-1] == "steps"
    assert not (data / "articles" / "locked.pdf").exists()


def test_roles_given_for_a_word_file_are_kept(rolewise: Command, folder: Path, tmp_path: Path) -> None:
    data, file = tmp_path / "data", folder / "finance.docx"
    flags = ["--role", "Treasurer", "--role", "Financial Controller"]
    assert "finance: added" in rolewise("articles", "add", file, *flags, data=data).out
    assert "finance\tTreasurer / Financial Controller" in rolewise("articles", "list", data=data).out
    text = rolewise("articles", "text", "finance", data=data).out
    assert "The Treasurer leads three or four analysts at most." in text
