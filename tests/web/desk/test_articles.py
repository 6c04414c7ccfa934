"""Reviewers add, correct, publish and withdraw articles; nobody else may send so much as a large body."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.web.desk.article_pages import UPLOAD_LIMIT
from assistant.web.doors import BODY_LIMIT
from corpus.library import load_library
from tests.web.desk.conftest import Desk
from tests.web.desk.signing_in import PAGE

DATA = Path(__file__).parent.parent.parent / "data" / "formats"
ARTICLE = """# Beekeeper vs Florist

## Budget

The Beekeeper buys sugar. The Florist pays for vases.

## Team

The Beekeeper works alone. The Florist leads two assistants.
"""


def upload(desk: Desk, name: str, content: bytes) -> Any:
    return desk.client.post(
        "/review/articles", data={"token": desk.token}, files={"file": (name, content)}, headers=PAGE,
        follow_redirects=False,
    )  # fmt: skip


def uploaded(desk: Desk, name: str = "beekeeper-vs-florist.md", content: bytes = ARTICLE.encode()) -> str:
    answer = upload(desk, name, content)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("suffix", ["md", "txt", "html", "docx", "pdf"])
def test_every_format_is_shown_as_it_is_understood(desk: Desk, suffix: str) -> None:
    page = words_of(desk.page(uploaded(desk, f"by-role.{suffix}", (DATA / f"by-role.{suffix}").read_bytes())))
    for line in (DATA / "by-role.expected").read_text(encoding="utf-8").replace(", ", " ", 1).splitlines()[1:]:
        assert " ".join(re.sub(r"^(?:#+|\d+)\s|\[.*", "", line).split()) in page
    assert not list(own_folder(desk).glob("*"))  # nothing is published yet


def own_folder(desk: Desk) -> Path:
    return Path(str(desk.records.standing().where)).parent / "articles"


def test_an_article_is_corrected_published_and_withdrawn(desk: Desk) -> None:
    path = uploaded(desk)
    desk.send(f"{path}/correct", title="Bees and flowers", roles="Beekeeper\nFlorist\n")
    assert "<h1>Bees and flowers</h1>" in desk.page(path)
    assert desk.send(f"{path}/publish").status_code == 303
    assert desk.page(path, status=404)
    (article,) = load_library([own_folder(desk)]).articles.values()
    assert (article.title, article.roles) == ("Bees and flowers", ("Beekeeper", "Florist"))
    assert "being taken in" in desk.page("/review/articles")
    desk.assistant.library = load_library([*desk.folders, own_folder(desk)])
    assert "Everything published is in use" in desk.page("/review/articles")
    assert desk.client.get("/review/articles/state").json() == {"waiting": {}}

    again = desk.send("/review/articles/own/beekeeper-vs-florist/correct").headers["location"]
    assert "Bees and flowers" in desk.page(again)
    assert "There is an article of this name" in desk.page(again)

    assert desk.send("/review/articles/own/beekeeper-vs-florist/withdraw").status_code == 303
    assert list(own_folder(desk).glob("*")) == []
    assert desk.client.get("/review/articles/state").json() == {"waiting": {"beekeeper-vs-florist": "being taken out"}}
    desk.assistant.library = load_library(desk.folders)
    assert "Everything published is in use" in desk.page("/review/articles")


def test_what_is_no_comparison_can_be_mended_by_naming_the_roles(desk: Desk) -> None:
    path = uploaded(desk, "notes.txt", b"On gardens\n\nThe Florist has vases. The Beekeeper has hives.\n")
    assert "a comparison needs two roles" in desk.page(path)
    assert 'id="publish"' not in desk.page(path)
    assert desk.send(f"{path}/publish").status_code == 422
    desk.send(f"{path}/correct", roles="Florist\nBeekeeper")
    assert 'id="publish"' in desk.page(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("song.mp3", b"ID3", "are not read"),
        ("broken.docx", b"PK\x03\x04 nothing", "cannot be used"),
        ("broken.pdf", b"%PDF-1.7 nothing", "cannot be used"),
        ("picture.md", b"\x89PNG\r\n\x1a\n", "by its first bytes"),
        ("empty.md", b"", "cannot be used"),
        ("../../etc/readme.md", ARTICLE.encode(), "README"),
    ],
)
def test_what_cannot_be_read_is_explained(desk: Desk, name: str, content: bytes, said: str) -> None:
    page = words_of(desk.page(uploaded(desk, name, content)))
    assert said.lower() in page.lower()
    assert "Publish" not in page.split("Understood")[1]


@pytest.mark.parametrize(
    "name", ["../../../tmp/evil.md", "..\\..\\evil.md", "/etc/evil.md", "evil\x00.md", "CON.md", "é" * 300 + ".md"]
)
def test_a_name_leads_nowhere_but_onto_the_shelf(desk: Desk, name: str) -> None:
    path = uploaded(desk, name)
    desk.send(f"{path}/publish")
    (file,) = [one for one in own_folder(desk).iterdir() if one.suffix == ".md"]
    assert re.fullmatch(r"[a-z0-9-]+\.md", file.name)


def test_only_reviewers_may_send_much_and_not_without_end(desk: Desk) -> None:
    large = ARTICLE.encode() + b"\n\nThe Florist has vases." * (BODY_LIMIT // 20)
    assert len(large) > BODY_LIMIT
    assert upload(desk, "large.md", large).status_code == 303
    assert upload(desk, "too-large.md", b"x" * (UPLOAD_LIMIT + 1)).status_code == 413
    assert desk.client.post("/review/import", content=large, headers=PAGE).status_code == 413
    desk.client.cookies.clear()
    assert upload(desk, "large.md", large).status_code == 413


@pytest.mark.parametrize(
    "path", ["own/none/withdraw", "own/none/correct", "drafts/none/correct", "drafts/none/publish"]
)
def test_what_is_not_there_can_be_neither_corrected_nor_withdrawn(desk: Desk, path: str) -> None:
    assert desk.send(f"/review/articles/{path}").status_code in {404, 422}
    assert desk.client.post("/review/articles", data={"token": desk.token}, headers=PAGE).status_code == 422


def test_a_shipped_article_cannot_be_withdrawn(desk: Desk) -> None:
    answer = desk.send("/review/articles/own/head-chef-vs-sous-chef/withdraw")
    assert answer.status_code == 422
    assert "none of your own articles" in answer.text
