"""What cannot be done is said in one line, with what to do about it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.assistant.conftest import Command, assert_one_line_with_a_cure

QUESTION = "Who has the bigger budget, the operations manager or the production manager?"


def test_a_missing_folder_of_articles_is_named(rolewise: Command, tmp_path: Path) -> None:
    ran = rolewise("ask", QUESTION, articles=tmp_path / "nowhere")
    assert_one_line_with_a_cure(ran, 1, "ROLEWISE_ARTICLES")


def test_an_empty_folder_of_articles_is_named(rolewise: Command, tmp_path: Path) -> None:
    assert_one_line_with_a_cure(rolewise("ask", QUESTION, articles=tmp_path), 1, "No articles in")


def test_a_folder_with_an_article_about_one_role_alone_says_why(rolewise: Command, tmp_path: Path) -> None:
    (tmp_path / "alone.md").write_text("# The Florist\n\n## Tools\n\nThe Florist uses wire.\n", encoding="utf-8")
    ran = rolewise("ask", QUESTION, articles=tmp_path)
    assert_one_line_with_a_cure(ran, 1, "alone.md")


@pytest.mark.parametrize("question", ["", "  \n"])
def test_an_empty_question_is_wrong_usage(rolewise: Command, question: str) -> None:
    assert_one_line_with_a_cure(rolewise("ask", question), 2, "The question is empty.")


def test_a_question_of_20000_characters_is_wrong_usage(rolewise: Command) -> None:
    assert_one_line_with_a_cure(rolewise("ask", "x" * 20_000), 2, "20,000 characters")


def test_a_question_and_a_batch_at_once_are_wrong_usage(rolewise: Command, tmp_path: Path) -> None:
    assert_one_line_with_a_cure(rolewise("ask", QUESTION, "--batch", tmp_path), 2, "--batch")


def test_a_batch_that_cannot_be_read_is_wrong_usage(rolewise: Command, tmp_path: Path) -> None:
    assert_one_line_with_a_cure(rolewise("ask", "--batch", tmp_path / "none.jsonl"), 2, "cannot be read")


def test_a_port_in_use_is_named_with_its_cure(rolewise: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = rolewise("serve", "--port", taken.getsockname()[1])
    assert_one_line_with_a_cure(ran, 1, "--port")


def test_a_shared_address_needs_the_names_it_serves(rolewise: Command) -> None:
    assert_one_line_with_a_cure(rolewise("serve", "--host", "0.0.0.0"), 1, "ROLEWISE_HOSTS")


def test_a_setting_that_makes_no_sense_is_named(rolewise: Command) -> None:
    assert_one_line_with_a_cure(rolewise("ask", QUESTION, port="many"), 1, "ROLEWISE_PORT")


def test_a_model_that_is_not_there_is_named(rolewise: Command, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    ran = rolewise("ask", QUESTION, model=tmp_path / "model", data=tmp_path / "data")
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert "ROLEWISE_MODEL" in ran.err.splitlines()[-1]


def test_a_data_folder_without_write_permission_is_named(rolewise: Command, tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("here no folder can be made, not even by root", encoding="utf-8")
    ran = rolewise("ask", QUESTION, data=not_a_folder / "data")
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert "ROLEWISE_DATA" in ran.err.splitlines()[-1]
