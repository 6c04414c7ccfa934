"""A password is kept as a hash and cannot be guessed; a session ends; one goes on within the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from assistant.cli import app as command
from assistant.reviews.passwords import PasswordError, check_hash, hash_password, is_password
from assistant.settings import Settings
from assistant.web.desk.attempts import CLIENT_TRIES, TRIES, WINDOW_SECONDS, Attempts
from assistant.web.desk.sessions import IDLE_SECONDS, LONGEST_SECONDS, MOST_SESSIONS, Sessions
from assistant.web.desk.sign_in import within
from tests.web.desk.signing_in import PASSWORD, password_hash


def test_tries_are_counted_for_each_client_and_for_all_of_them() -> None:
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for number in range(TRIES):
        assert attempts.wait(f"client {number}") == 0
    assert attempts.wait("one more") == WINDOW_SECONDS
    now[0] = WINDOW_SECONDS + 1
    assert attempts.wait("one more") == 0
    for _ in range(CLIENT_TRIES - 1):
        attempts.wait("one more")
    assert attempts.wait("one more") > 0
    attempts.succeeded("one more")
    assert attempts.wait("one more") == 0


def test_sessions_end_when_nobody_clicks_and_at_the_end_of_the_day() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    idle, busy = sessions.begin("Idle"), sessions.begin("Busy")
    while now[0] < LONGEST_SECONDS:
        assert sessions.of(busy) is not None
        now[0] += IDLE_SECONDS - 1
    assert sessions.of(idle) is None
    assert sessions.of(busy) is None
    keys = [sessions.begin(str(number)) for number in range(MOST_SESSIONS + 1)]
    assert sessions.of(keys[0]) is None
    assert sessions.of(keys[-1]) is not None


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/review/answers/abc?flag=refused", "/review/answers/abc?flag=refused"),
        ("//evil.example", "/review"),
        ("https://evil.example", "/review"),
        ("/review//evil.example", "/review"),
        ("/review/../articles", "/review"),
        ("/reviewers.evil", "/review"),
        ("/review\\evil", "/review"),
        ("/review\r\nSet-Cookie: a=b", "/review"),
        ("", "/review"),
    ],
)
def test_after_signing_in_one_goes_on_within_the_desk(to: str, goes: str) -> None:
    assert within(to) == goes


def test_a_hash_fits_its_password_and_no_other() -> None:
    assert is_password(PASSWORD, password_hash())
    assert not is_password(PASSWORD + " ", password_hash())
    assert password_hash() != hash_password(PASSWORD, log_cost=4)


@pytest.mark.parametrize("bad", ["", "letmein", "scrypt:15:8:3:AAAA", "scrypt:40:8:3:AAAA:AAAA", "scrypt:x:8:3:A:A"])
def test_what_is_no_hash_is_refused_without_repeating_it(bad: str, tmp_path: Path) -> None:
    with pytest.raises(PasswordError, match="rolewise reviewers password"):
        check_hash(bad)
    with pytest.raises(ValidationError):
        Settings.model_validate({"data": tmp_path, "review_password_hash": bad})


def test_the_command_makes_the_line_for_the_settings() -> None:
    done = CliRunner().invoke(command, ["reviewers", "password"], input=f"{PASSWORD}\n{PASSWORD}\n")
    line = done.stdout.strip().splitlines()[-1]
    assert line.startswith('review_password_hash = "scrypt:')
    assert is_password(PASSWORD, line.split('"')[1])
    assert PASSWORD not in done.output
    short = CliRunner().invoke(command, ["reviewers", "password"], input="short\nshort\n")
    assert short.exit_code == 1
