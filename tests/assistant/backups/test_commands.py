"""What the commands `backup` and `restore` say."""

from __future__ import annotations

from pathlib import Path

from assistant.backups.finishing import DECIDED
from tests.assistant.conftest import Command, assert_one_line_with_a_cure


def test_the_commands_say_what_is_in_it_and_the_index_follows_by_itself(rolewise: Command, tmp_path: Path) -> None:
    page, file, first, second = (tmp_path / name for name in ("florist-vs-gardener.md", "b.zip", "first", "second"))
    page.write_text(
        "# Florist vs Gardener\n\n## Tools\n\nThe Florist needs wire. The Gardener needs a spade.\n", "utf-8"
    )
    assert rolewise("articles", "add", page, data=first).status == 0
    ran = rolewise("backup", file, data=first)
    assert ran.out.splitlines() == [
        "records: none were kept",
        "own articles: 1 files",
        "rolewise.toml: none in the data folder",
        f"{file}: written; only you can read it",
    ]
    assert rolewise("ask", "Which tools does a florist use?", data=second).status == 0
    ran = rolewise("restore", file, data=second)
    assert (ran.status, ran.out.splitlines()[-1].split(" as of ")[0]) == (0, f"{second}: restored")
    assert "needs wire" in rolewise("ask", "Which tools does a florist use?", data=second).out
    assert_one_line_with_a_cure(rolewise("restore", file, data=second), 1, "--force")


def test_with_postgresql_the_command_names_its_tool(rolewise: Command, tmp_path: Path) -> None:
    url = "postgresql://rolewise:hunter2@127.0.0.1:9/rolewise"
    ran = rolewise("backup", tmp_path / "b.zip", data=tmp_path / "data", database_url=url)
    assert ran.out.startswith("records: not in it, as they are on PostgreSQL: save them with pg_dump")
    assert "hunter2" not in ran.out + ran.err


def test_a_restore_that_cannot_be_finished_is_said_by_every_command(rolewise: Command, tmp_path: Path) -> None:
    (tmp_path / "data" / DECIDED).mkdir(parents=True)
    (tmp_path / "data" / DECIDED / "orders.json").write_text("{", encoding="utf-8")
    assert_one_line_with_a_cure(rolewise("articles", "list", data=tmp_path / "data"), 1, "cannot be finished")
