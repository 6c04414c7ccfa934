"""A question is answered whether or not it can be recorded; whoever deletes or sets a thumb is told when that fails."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.records.best_effort import PAUSE_SECONDS, BestEffort
from assistant.records.kept import RecordsError
from assistant.records.opening import open_database
from assistant.records.stored import StoredRecords
from assistant.records.tidying import forgetting
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.assistant.records.conftest import answer_object
from tests.figures import Note
from tests.postgresql import PASSWORD, running_postgresql
from tests.web.small_assistant import SmallAssistant, two_articles
from tests.web.small_records import SmallRecords


class Failing(SmallRecords):
    """Records of a database that is down, and takes some time to say so."""

    def __init__(self, clock: list[float], takes: float) -> None:
        super().__init__()
        self.clock, self.takes, self.tried, self.down = clock, takes, 0, True

    def keep(self, turns: Sequence[str], answer: Mapping[str, Any]) -> None:
        self.tried += 1
        if self.down:
            self.clock[0] += self.takes
            raise RecordsError("down")
        super().keep(turns, answer)

    def forget_before(self, moment: datetime) -> int:
        self.tried += 1
        raise RecordsError("down")


@pytest.mark.parametrize(("takes", "tried"), [(0.01, 3), (5.0, 1)])
def test_a_database_that_fails_slowly_is_left_alone_for_a_while(takes: float, tried: int) -> None:
    clock = [0.0]
    failing = Failing(clock, takes)
    records = BestEffort(failing, lambda: clock[0])
    for number in range(3):
        records.keep(["q"], answer_object(str(number)))
    assert failing.tried == tried
    failing.down = False
    clock[0] += PAUSE_SECONDS
    records.keep(["q"], answer_object("later"))
    assert records.answer("later")


class Numbering(SmallAssistant):
    """The small assistant, with another id for each answer."""

    def answer(self, turns: Sequence[str]) -> Answer:
        return replace(super().answer(turns), id=secrets.token_hex(16))


@pytest.mark.slow
@pytest.mark.alone
def test_a_question_is_answered_while_postgresql_is_down_and_recorded_when_it_is_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, figure: Note
) -> None:
    with running_postgresql() as server:
        database = open_database(tmp_path, server.new_database())
        stored = StoredRecords(database)
        app = create_app(Numbering(two_articles(tmp_path)), Settings(data=tmp_path), BestEffort(stored))
        with TestClient(app, base_url="http://127.0.0.1") as client:
            answers, longest = [], 0.0
            for step in ("up", "down", "down", "up again"):
                if step == "down":
                    server.stop()
                elif step == "up again":
                    server.start()
                began = time.monotonic()
                response = client.post("/api/ask", json={"question": "Who has the bigger budget? my secret"})
                longest = max(longest, time.monotonic() - began)
                assert (response.status_code, response.json()["outcome"]) == (200, "answered")
                answers.append(response.json()["id"])
        found = [stored.answer(answer) is not None for answer in answers]
        database.close()
    assert found == [True, False, False, True]
    assert longest < 2
    assert caplog.text.count("An answer was not recorded: The PostgreSQL database cannot be reached.") == 2
    assert "my secret" not in caplog.text
    assert PASSWORD not in caplog.text
    print(f"4 questions, the database down for 2: 4 answered, 2 recorded, longest {longest:.2f} s")  # noqa: T201
    figure("longest answer with the database down", round(longest, 2), "less than 2 s")


def test_what_a_reader_or_keeper_does_is_not_lost_silently(tmp_path: Path) -> None:
    unreachable = SecretStr("postgresql://rolewise:pw@127.0.0.1:9/none")
    with pytest.raises(RecordsError, match="cannot be reached"):
        open_database(tmp_path, unreachable)
    with pytest.raises(RecordsError, match="down"):
        BestEffort(Failing([0.0], 0)).forget_before(datetime.now(UTC))


def test_old_answers_are_deleted_at_the_start_and_again_while_the_server_runs() -> None:
    records = SmallRecords()
    records.keep(["q"], answer_object("a1"))
    with forgetting(records, days=1, every=0.02):
        assert records.answer("a1"), "it is not a day old"
    with forgetting(records, days=0, every=0.02):
        assert records.answer("a1") is None, "deleted at once"
        records.keep(["q"], answer_object("a2"))
        for _ in range(200):
            time.sleep(0.02)
            if records.answer("a2") is None:
                break
        assert records.answer("a2") is None, "deleted at the next turn"


def test_a_database_that_is_down_does_not_end_the_deleting(caplog: pytest.LogCaptureFixture) -> None:
    failing = Failing([0.0], 0)
    with caplog.at_level(logging.WARNING), forgetting(failing, days=1, every=0.02):
        for _ in range(200):
            time.sleep(0.02)
            if failing.tried > 2:
                break
    assert failing.tried > 2
    assert "Old answers were not deleted: down" in caplog.text
