"""What the tests of the desk share: a password, and how to come in with it."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.records.database import Database
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from assistant.reviews.passwords import hash_password
from assistant.settings import Settings
from assistant.web.answers import Answers
from assistant.web.desk.room import Room
from assistant.web.security import protect

PASSWORD = "heron quilt lantern tide"
HERE = "http://127.0.0.1"
PAGE = {"Accept": "text/html", "Origin": HERE}


@functools.cache
def password_hash() -> str:
    return hash_password(PASSWORD, log_cost=4)  # quick


def desk_settings(data: Path, **other: Any) -> Settings:
    return Settings.model_validate({"data": data, "review_password_hash": password_hash(), **other})


def desk_alone(settings: Settings, answers: Answers, database: Database) -> FastAPI:
    """The guards and the desk, without the chat, which takes a second to put together."""
    app = FastAPI()
    room = Room(settings, StoredRecords(database), StoredReviews(database))
    protect(app, settings, room.may_carry)
    room.furnish(app, room.approved_first(answers))
    return app


def sign_in(client: TestClient, name: str = "Anna", password: str = PASSWORD, **form: str) -> Any:
    return client.post(
        "/review/sign-in", data={"name": name, "password": password, **form}, headers=PAGE, follow_redirects=False
    )


def token_of(client: TestClient) -> str:
    """Return the token that the pages of the desk carry for whoever is signed in."""
    found = re.search(r'name="token" value="([^"]+)"', client.get("/review/approved", headers=PAGE).text)
    assert found
    return found.group(1)
