from __future__ import annotations

import json
import re
import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from index.manifest import Manifest
from tests.assistant.conftest import Command, assert_one_line_with_a_cure
from tests.assistant.test_doctor import serving
from tests.small import OPERATIONS

QUESTION = "Who has the bigger budget, the operations manager or the production manager?"


def test_a_question_is_answered_with_its_numbered_sources(rolewise: Command) -> None:
    ran = rolewise("ask", QUESTION)
    assert ran.status == 0
    assert "The Operations Manager holds the larger budget, which spans several departments. [" in ran.out
    assert f"/articles/{OPERATIONS}#s" in ran.out


def test_json_prints_one_answer_object_and_nothing_else(rolewise: Command) -> None:
    ran = rolewise("ask", "--json", QUESTION)
    answer = json.loads(ran.out)
    assert answer["schema"] == "rolewise.answer/1"
    assert answer["outcome"] == "answered"


def test_a_question_that_is_refused_is_no_failure(rolewise: Command) -> None:
    ran = rolewise("ask", "--json", "What does a production manager earn?")
    assert ran.status == 0
    assert json.loads(ran.out)["outcome"] == "not_covered"


def test_a_batch_is_answered_in_order_and_its_broken_line_is_named(rolewise: Command, tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "first", "turns": [QUESTION]}),
        '{"id": "second", "turns": [',
        "",
        json.dumps({"id": "third", "turns": ["What is the team of the operations manager?", "And budget?"]}),
        json.dumps({"id": "fourth", "turns": []}),
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(rows), encoding="utf-8")
    ran = rolewise("ask", "--batch", batch)
    assert ran.status == 1
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["first", "third"]
    assert [re.findall(r"line \d", line) for line in ran.err.splitlines() if "batch.jsonl" in line] == [
        ["line 2"],
        ["line 5"],
    ]


def test_exported_texts_are_what_citations_count(rolewise: Command, tmp_path: Path) -> None:
    assert rolewise("articles", "export-text", tmp_path).status == 0
    for citation in json.loads(rolewise("ask", "--json", QUESTION).out)["citations"]:
        text = (tmp_path / f"{citation['article_id']}.txt").read_bytes().decode("utf-8")
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert rolewise("articles", "text", citation["article_id"]).out == text


def test_the_index_is_built_once_and_then_fresh(rolewise: Command) -> None:
    assert rolewise("index", "build").status == 0
    assert rolewise("index", "status").out.startswith("fresh")
    assert " 0 embedded anew" in rolewise("index", "build", "--force").out


def test_the_status_names_the_generations_and_going_back_lasts_until_the_next_build(
    rolewise: Command, small_folder: Path, tmp_path: Path, own_data: Path
) -> None:
    articles = shutil.copytree(small_folder, tmp_path / "articles")
    settings = {"articles": articles, "data": own_data}
    assert rolewise("index", "build", **settings).status == 0
    assert_one_line_with_a_cure(rolewise("index", "rollback", **settings), 1, "There is no intact generation before")
    page = articles / f"{OPERATIONS}.md"
    page.write_text(page.read_text(encoding="utf-8").replace("several departments", "nine departments"), "utf-8")
    assert "outdated: 1 articles changed" in rolewise("index", "status", **settings).out
    assert "nine departments" in rolewise("ask", QUESTION, **settings).out
    assert "generation-0001: in use and pinned" in rolewise("index", "rollback", **settings).out
    assert "several departments" in rolewise("ask", QUESTION, **settings).out
    lines = rolewise("index", "status", **settings).out.splitlines()
    assert lines[0] == f"fresh: {own_data / 'index' / 'generation-0001'}"
    assert lines[1].startswith("pinned: ")
    assert re.fullmatch(r"kept: generation-0002, made \S+, 3 articles, 19 sentences, model .*files intact", lines[2])
    assert re.fullmatch(r"in use: generation-0001, .*, of other articles than now, .*files intact", lines[3])
    assert lines[4] == "builder: none"
    assert rolewise("index", "build", **settings).status == 0
    assert "nine departments" in rolewise("ask", QUESTION, **settings).out


def test_a_damaged_index_answers_and_says_so_in_one_line(rolewise: Command, own_data: Path) -> None:
    data = own_data
    (database,) = data.glob("index/generation-0001/chroma/chroma.sqlite3")
    database.write_bytes(b"")
    ran = rolewise("ask", QUESTION, data=data)
    assert "holds the larger budget" in ran.out
    (line,) = ran.err.splitlines()
    assert "chroma.sqlite3 is damaged" in line
    assert "rolewise index build" in line
    assert rolewise("index", "status", data=data).status == 1
    assert rolewise("index", "build", data=data).status == 0
    assert rolewise("index", "status", data=data).out.startswith("fresh")


def test_the_status_of_an_index_that_does_not_exist_is_a_finding(rolewise: Command, tmp_path: Path) -> None:
    ran = rolewise("index", "status", data=tmp_path / "new")
    assert ran.status == 1
    assert "rolewise index build" in ran.out


def test_articles_are_listed_for_people_and_for_programs(rolewise: Command) -> None:
    assert OPERATIONS in rolewise("articles", "list").out
    rows = [json.loads(line) for line in rolewise("articles", "list", "--json").out.splitlines()]
    assert {"Operations Manager", "Production Manager"} in [set(row["roles"]) for row in rows]


def test_an_own_article_is_added_asked_and_removed(rolewise: Command, tmp_path: Path, own_data: Path) -> None:
    page = tmp_path / "florist-vs-gardener.md"
    page.write_text(
        "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs wire and ribbon. The Gardener needs a spade.\n",
        encoding="utf-8",
    )
    data = own_data
    assert rolewise("articles", "add", page, data=data).status == 0
    assert "wire and ribbon" in rolewise("ask", "Which tools does a florist use?", data=data).out
    assert rolewise("articles", "remove", "florist-vs-gardener", data=data).status == 0
    assert "florist" not in rolewise("articles", "list", data=data).out


def test_a_dry_run_shows_what_was_understood_and_corrections_are_kept(rolewise: Command, tmp_path: Path) -> None:
    page, data = tmp_path / "shop.html", tmp_path / "data"
    page.write_text("<h1>In the Shop</h1><h2>Tools</h2><p>The Florist needs wire.</p><nav>Home</nav>", encoding="utf-8")
    assert rolewise("articles", "add", page, data=data).status == 1
    flags = ("--role", "Florist", "--role", "Gardener", "--title", "Florist vs Gardener")
    ran = rolewise("articles", "add", page, "--dry-run", *flags, data=data)
    assert ran.status == 0
    for line in (
        "would be added",
        "title: Florist vs Gardener",
        "roles: Florist, Gardener",
        "Tools [technology and tools]",
        "1. (Florist) The Florist needs wire.",
        "site-navigation: A menu of the site was left out: Home",
    ):
        assert line in ran.out
    assert "shop" not in rolewise("articles", "list", data=data).out
    assert "shop: added" in rolewise("articles", "add", page, *flags, data=data).out
    assert "shop\tFlorist / Gardener\tFlorist vs Gardener" in rolewise("articles", "list", data=data).out
    assert "shop: unchanged" in rolewise("articles", "add", page, data=data).out


def test_corrections_are_for_one_article(rolewise: Command, tmp_path: Path) -> None:
    ran = rolewise("articles", "add", tmp_path, "--title", "X vs Y")
    assert_one_line_with_a_cure(ran, 2, "Give one file or address")


def test_an_address_on_loopback_is_refused_with_the_setting_that_allows_it(rolewise: Command, tmp_path: Path) -> None:
    ran = rolewise("articles", "add", "http://127.0.0.1:9/x", data=tmp_path / "data")
    assert_one_line_with_a_cure(ran, 1, "ROLEWISE_ALLOW_PRIVATE_ADDRESSES")


def test_the_doctor_proves_that_an_answer_needs_no_network(rolewise: Command, free_port: int) -> None:
    ran = rolewise("doctor", port=free_port)
    assert ran.status == 0, ran.out
    assert "with every socket blocked" in ran.out
    assert "BAD" not in ran.out


def test_the_doctor_finds_a_port_in_use(rolewise: Command) -> None:
    with serving(lambda _path, _sent: (404, {})) as taken:  # one that is silent: test_doctor.py
        ran = rolewise("doctor", port=taken)
    assert ran.status == 1
    assert "BAD  port" in ran.out


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_folder_with_bad_files_is_used_without_them(
    rolewise: Command, small_folder: Path, tmp_path: Path, own_data: Path
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for page in small_folder.iterdir():
        (articles / page.name).write_bytes(page.read_bytes())
    (articles / "alone.md").write_text("# The Florist\n\n## Tools\n\nThe Florist uses wire.\n", encoding="utf-8")
    (articles / "broken.md").write_bytes(b"\x00\x01\x02\xff\xfe" * 50)
    ran = rolewise("ask", QUESTION, articles=articles, data=own_data)
    assert ran.status == 0
    assert "holds the larger budget" in ran.out
    left_out = [line for line in ran.err.splitlines() if line.startswith("Left out:")]
    assert len(left_out) == 2
    assert "alone.md" in left_out[0]
    assert "broken.md" in left_out[1]


def test_an_index_made_by_another_model_is_rebuilt(rolewise: Command, own_data: Path) -> None:
    folder = next((own_data / "index").glob("generation-*"))
    replace(Manifest.read(folder), model="some-model").write(folder)
    ran = rolewise("ask", QUESTION, data=own_data)
    assert ran.status == 0
    assert "Building the index" in ran.err
    assert "model" in ran.err
    assert "holds the larger budget" in ran.out
