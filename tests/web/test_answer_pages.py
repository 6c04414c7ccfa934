from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.records.kept import KeptAnswer, RecordsError
from assistant.render import to_object
from assistant.settings import Settings
from assistant.web.answer_pages import AnswersGiven, Judgement
from assistant.web.app import create_app
from assistant.web.history import Conversations
from assistant.web.replies import reply_to
from corpus.library import Library
from tests.web.small_assistant import PAIR, SmallAssistant
from tests.web.small_records import SmallRecords

BUDGET = "Who has the bigger budget?"
KEY, OTHER = "a" * 22, "b" * 22


@pytest.fixture(scope="module")
def on_record() -> SmallRecords:
    return SmallRecords()


@pytest.fixture(scope="module")
def pages(library: Library, on_record: SmallRecords, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data=tmp_path_factory.mktemp("data"), keep_questions_days=7)
    with TestClient(create_app(SmallAssistant(library), settings, on_record), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def records() -> SmallRecords:
    return SmallRecords()


def asked(client: TestClient, question: str) -> str:
    return str(client.post("/api/ask", json={"question": question}).json()["id"])


def test_an_answer_has_a_page_with_its_quotes_and_how_long_it_is_kept(pages: TestClient, library: Library) -> None:
    for slash in ("", "/"):
        page = pages.get(f"/answers/{asked(pages, BUDGET)}{slash}")
        assert page.status_code == 200
        assert f"<h1>{BUDGET}</h1>" in page.text
        for citation in SmallAssistant(library).answer([BUDGET]).citations():
            assert f"<blockquote>{citation.quote}</blockquote>".replace("'", "&#39;") in page.text
            assert f'href="{citation.url}"' in page.text
        assert "kept for 7 days" in page.text
        assert '<a class="ask" href="/?q=Who%20has%20the%20bigger%20budget%3F">' in page.text


def test_nobody_else_comes_to_know_the_address_of_an_answer(pages: TestClient) -> None:
    page = pages.get(f"/answers/{asked(pages, BUDGET)}")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert '<meta name="referrer" content="no-referrer">' in page.text
    assert "<script" not in page.text


@pytest.mark.parametrize("name", ["nothing", "a" * 22, "%00", "..%2f", "x" * 500])
def test_an_unknown_address_says_so(pages: TestClient, name: str) -> None:
    page = pages.get(f"/answers/{name}")
    assert page.status_code == 404
    for suffix in (".txt", ".md"):
        assert pages.get(f"/answers/{name}{suffix}").status_code == 404


def test_an_answer_is_gone_when_the_record_has_forgotten_it(pages: TestClient, on_record: SmallRecords) -> None:
    answer_id = asked(pages, BUDGET)
    on_record.forget_before(datetime.now(UTC))
    page = pages.get(f"/answers/{answer_id}")
    assert page.status_code == 404
    assert "Answers are kept for 7 days and then deleted" in page.text


class OutOfReach(SmallRecords):
    """Records whose database is away."""

    def answer(self, answer_id: str) -> KeptAnswer | None:
        raise RecordsError("The database cannot be reached.")


def test_a_record_that_is_out_of_reach_is_not_called_forgotten(library: Library, tmp_path: Path) -> None:
    app = create_app(SmallAssistant(library), Settings(data=tmp_path), OutOfReach())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        page = client.get(f"/answers/{'a' * 22}")
    assert page.status_code == 503
    assert "try again in a few minutes" in page.text
    assert "deleted" not in page.text


def test_copies_have_whole_addresses(pages: TestClient) -> None:
    answer_id = asked(pages, BUDGET)
    plain, markdown = (pages.get(f"/answers/{answer_id}.{kind}") for kind in ("txt", "md"))
    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
    for copy in (plain, markdown):
        assert copy.headers["Cache-Control"] == "no-store"
        assert f"http://127.0.0.1/articles/{PAIR}#s" in copy.text
        assert f"http://127.0.0.1/answers/{answer_id}" in copy.text


def test_what_is_on_record_is_shown_and_not_run(pages: TestClient, on_record: SmallRecords, library: Library) -> None:
    evil = "<script>alert(1)</script>"
    answer = to_object(SmallAssistant(library).answer([BUDGET]))
    cited = {**answer["citations"][0], "quote": evil, "article_title": evil, "heading": evil}
    told = {"question": evil, "standalone_question": evil, "markdown": evil, "suggestions": [evil]}
    on_record.answers["evil"] = KeptAnswer(
        "evil", datetime.now(UTC), (evil,), {**answer, **told, "id": "evil", "citations": [cited]}
    )
    page = pages.get("/answers/evil")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert page.text.count("&lt;script&gt;") >= 6


def given(library: Library, records: SmallRecords, key: str = KEY) -> tuple[AnswersGiven, Conversations, str]:
    """Return the answers, with one given in the conversation `key`, and its id."""
    conversations = Conversations()
    answer = SmallAssistant(library).answer([BUDGET])
    records.keep([BUDGET], to_object(answer))
    conversations.add(key, reply_to(BUDGET, answer, "", kept=True))
    return AnswersGiven(records, conversations), conversations, answer.id


def test_only_the_conversation_of_an_answer_may_judge_it(library: Library, records: SmallRecords) -> None:
    answers, conversations, answer_id = given(library, records)
    for stranger in (OTHER, "", answer_id):
        assert not answers.judge(answer_id, stranger, Judgement(up=False))
    assert not answers.judge("another", KEY, Judgement(up=False))
    assert records.thumbs == {}
    assert answers.judge(answer_id, KEY, Judgement(up=True, reason=" Clear "))
    assert (records.thumbs[answer_id].up, records.thumbs[answer_id].reason) == (True, "Clear")
    assert conversations.exchanges(KEY)[0].up is True
    assert answers.judge(answer_id, KEY, Judgement(up=False))
    assert conversations.exchanges(KEY)[0].up is False


def test_a_key_that_could_be_guessed_opens_nothing(library: Library, records: SmallRecords) -> None:
    answers, _, answer_id = given(library, records, "session abc")
    records.answers.clear()
    assert answers.given(answer_id, "session abc") is None
    assert not answers.judge(answer_id, "session abc", Judgement(up=True))


def test_an_answer_that_is_not_on_record_is_copied_by_its_own_conversation_alone(library: Library) -> None:
    answers, _, answer_id = given(library, SmallRecords())
    other, _, _ = given(library, SmallRecords())
    assert answers.given(answer_id, KEY) is not None
    assert other.given(answer_id, KEY) is None


@pytest.mark.parametrize(
    ("body", "status"),
    [({"up": True, "reason": "x" * 500}, 404), ({"up": True, "reason": "x" * 501}, 422), ({"up": "yes"}, 422),
     ({"up": True, "answer": 3}, 422), ({}, 422)],
)  # fmt: skip
def test_a_thumb_from_outside_is_checked(pages: TestClient, body: dict[str, object], status: int) -> None:
    answer_id = asked(pages, BUDGET)  # asked by a program: it stands in no conversation
    reply = pages.post(f"/answers/{answer_id}/thumb", json=body, headers={"Rolewise-Conversation": KEY})
    assert reply.status_code == status
