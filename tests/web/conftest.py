from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.app import create_app
from corpus.library import Library
from tests.web.small_assistant import SmallAssistant, two_articles
from tests.web.small_records import SmallRecords


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return two_articles(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="session")
def client(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data=Path(tmp_path_factory.mktemp("data")), hosts="roles.example, portal.example")
    with TestClient(
        create_app(SmallAssistant(library), settings, SmallRecords()),
        base_url="http://127.0.0.1",
        client=("127.0.0.1", 50000),
    ) as client:
        yield client
