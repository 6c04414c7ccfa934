from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.records.database import Database
from assistant.records.kept import RECORDS_FILE
from assistant.records.opening import open_database
from assistant.records.reviewing import StoredReviews
from assistant.records.stored import StoredRecords
from assistant.render import to_object
from corpus.library import Library
from tests.web.desk.signing_in import HERE, PAGE, desk_alone, desk_settings, sign_in, token_of
from tests.web.small_assistant import SmallAssistant

BUDGET = "Who has the bigger budget, the Operations Manager or the Production Manager?"


@dataclass
class Desk:
    """A desk with its database, and a reviewer who is signed in."""

    client: TestClient
    database: Database
    assistant: SmallAssistant
    token: str = ""

    @property
    def reviews(self) -> StoredReviews:
        return StoredReviews(self.database)

    @property
    def records(self) -> StoredRecords:
        return StoredRecords(self.database)

    def asked(self, question: str = BUDGET, answer_id: str = "a" * 32) -> dict[str, Any]:
        """Let somebody ask; return the answer object that is kept."""
        answer = {**to_object(self.assistant.answer([question])), "id": answer_id}
        self.records.keep([question], answer)
        return answer

    @property
    def folders(self) -> list[Path]:
        """Where the articles came from that were there at first."""
        return sorted({path.parent for path in self.assistant.library.paths.values() if "articles" in str(path)})[:1]

    def page(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers=PAGE)
        assert answer.status_code == status, answer.text
        return answer.text

    def send(self, path: str, script: bool = False, **form: Any) -> Any:
        headers = {"Origin": HERE, "Accept": "application/json"} if script else PAGE
        return self.client.post(path, data={"token": self.token, **form}, headers=headers, follow_redirects=False)

    def another(self, name: str) -> Desk:
        """The same desk as another reviewer sees it."""
        other = Desk(TestClient(self.client.app, base_url=HERE), self.database, self.assistant)
        sign_in(other.client, name)
        other.token = token_of(other.client)
        return other


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and no rows, to be copied: making the tables takes longer than many tests."""
    folder = tmp_path_factory.mktemp("records")
    open_database(folder, None).close()
    return folder / RECORDS_FILE


@pytest.fixture
def desk(library: Library, tmp_path: Path, empty_records: Path) -> Iterator[Desk]:
    shutil.copy(empty_records, tmp_path)
    database = open_database(tmp_path, None)
    assistant = SmallAssistant(library)
    app = desk_alone(desk_settings(tmp_path), assistant, database)
    desk = Desk(TestClient(app, base_url=HERE), database, assistant).another("Anna")
    yield desk
    database.close()
