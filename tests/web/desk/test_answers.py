"""Answers are judged claim by claim, by several reviewers; each verdict is kept with who gave it and when."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from markupsafe import escape
from sqlalchemy import select

from assistant.records.tables import answers, cited, thumbs
from assistant.reviews.desk import Flag, Order
from assistant.reviews.nouns import Judgement
from tests.web.desk.conftest import Desk

PATH = "/review/answers/" + "a" * 32


def test_each_claim_stands_beside_its_sentence_in_its_section(desk: Desk) -> None:
    answer = desk.asked()
    page = desk.page(PATH)
    assert page.count('class="claim"') == len(answer["claims"]) == 2
    for citation in answer["citations"]:
        assert f"<mark>{escape(citation['quote'])}</mark>" in page
        assert re.search(rf'href="/articles/{citation["article_id"]}#s\d+"', page)
    assert "Who has the bigger budget" in desk.page("/review")


def test_a_verdict_records_who_when_and_how_long(desk: Desk) -> None:
    answer = desk.asked()
    before = datetime.now(UTC)
    form = {"judgement": "wrong_role", "reason": "about the other", "note": "=SUM(1)", "seconds": "3.25", "keep": "1"}
    told = desk.send(f"{PATH}/claims/1", script=True, id="b" * 32, **form).json()
    (verdict,) = desk.reviews.verdicts_on(answer["id"])
    assert (verdict.reviewer, verdict.judgement, verdict.claim) == ("Anna", Judgement.WRONG_ROLE, 1)
    assert before <= verdict.noted <= datetime.now(UTC)
    assert (verdict.seconds, verdict.note, verdict.question) == (3.25, "=SUM(1)", answer["standalone_question"])
    assert verdict.judged.text == answer["claims"][1]["text"]
    assert told["mine"]["label"] == "Wrong role"
    assert "3.2 s per claim" in desk.page(PATH)


def test_a_verdict_sent_twice_counts_once_and_the_question_is_kept_only_if_wanted(desk: Desk) -> None:
    desk.asked()
    press = {"judgement": "supported", "id": "c" * 32}
    for seconds in ("1", "2"):
        assert desk.send(f"{PATH}/claims/0", **press, seconds=seconds).status_code == 303
    assert desk.send(f"{PATH}/claims/0", script=True, **press).json()["mine"]["label"] == "Supported"
    (first,) = desk.reviews.verdicts_on("a" * 32)
    assert (first.id, first.seconds, first.question) == ("c" * 32, 1.0, "")


def test_a_page_that_was_gone_back_to_gives_a_further_verdict(desk: Desk) -> None:
    desk.asked()
    for judgement in ("supported", "outdated", "supported"):
        assert desk.send(f"{PATH}/claims/0", judgement=judgement, id="c" * 32).status_code == 303
    found = desk.reviews.verdicts_on("a" * 32)
    assert [one.judgement.value for one in found] == ["supported", "outdated", "supported"]
    assert len({one.id for one in found}) == 3


def test_two_reviewers_on_one_answer_are_both_kept_and_see_each_other(desk: Desk) -> None:
    desk.asked()
    bert = desk.another("Bert")
    assert "Anna" not in re.sub(r"(?s)<header.*?</header>", "", bert.page(PATH))
    desk.send(f"{PATH}/claims/0", judgement="supported")
    told = bert.send(f"{PATH}/claims/0", script=True, judgement="not_supported", note="see the next one").json()
    assert [word["reviewer"] for word in told["others"]] == ["Anna"]
    assert "Bert: <strong>Not supported</strong> – see the next one" in desk.page(PATH)
    assert len(desk.reviews.verdicts_on("a" * 32)) == 2


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        (f"{PATH}/claims/7", {"judgement": "supported"}, 404),
        ("/review/answers/unknown/claims/0", {"judgement": "supported"}, 404),
        (f"{PATH}/claims/0", {"judgement": "splendid"}, 422),
        (f"{PATH}/claims/0", {}, 422),
        (f"{PATH}/claims/x", {"judgement": "supported"}, 422),
        (f"{PATH}/claims/0", {"judgement": "refused_rightly"}, 422),
        (f"{PATH}/claims/0", {"judgement": "undone"}, 422),
        (f"{PATH}/undo", {"undoes": "c" * 32}, 404),
        ("/review/answers/unknown/approve", {}, 404),
    ],
)
def test_what_cannot_be_judged_is_refused(desk: Desk, path: str, form: dict[str, str], status: int) -> None:
    desk.asked()
    assert desk.send(path, **form).status_code == status
    assert desk.send(path, script=True, **form).status_code == status
    assert desk.reviews.verdicts_on("a" * 32) == ()


@pytest.mark.parametrize("seconds", ["nan", "inf", "-5", "1e400", "soon", "9" * 20, ""])
def test_a_time_that_is_none_is_not_believed(desk: Desk, seconds: str) -> None:
    desk.asked()
    desk.send(f"{PATH}/claims/0", judgement="supported", seconds=seconds, shown=seconds)
    (verdict,) = desk.reviews.verdicts_on("a" * 32)
    assert 0 <= verdict.seconds <= 3600


def test_the_queue_is_filtered_and_the_riskiest_comes_first(desk: Desk) -> None:
    desk.asked("Who has the bigger budget?", "1" * 32)
    desk.asked("What about quantum gravity?", "2" * 32)
    desk.asked("Whose budget is larger?", "3" * 32)
    desk.records.thumb("1" * 32, up=False, reason="Wrong role")
    items = desk.reviews.queue(order=Order.RISK).items
    assert [item.answer_id[0] for item in items] == ["1", "3", "2"]
    assert items[0].flags == (Flag.UNREVIEWED, Flag.THUMBS_DOWN)
    assert items[2].flags == (Flag.UNREVIEWED, Flag.REFUSED)
    assert [item.answer_id[0] for item in desk.reviews.queue().items] == ["3", "2", "1"]
    page = desk.page("/review?flag=refused&flag=nonsense&below=many")
    assert "quantum gravity" in page
    assert "budget" not in re.sub(r"(?s)<nav.*?</nav>", "", page)
    assert "thumb down: Wrong role" in desk.page("/review?flag=thumbs_down")


def test_next_goes_through_the_whole_queue_once(desk: Desk) -> None:
    for number in range(4):
        desk.asked(f"Who has the bigger budget, version {number}?", str(number) * 32)
    desk.records.thumb("2" * 32, up=False)
    address, seen = "/review/next?order=risk", []
    for _ in range(4):
        address = desk.client.get(address, follow_redirects=False).headers["location"]
        seen.append(address.split("/")[3][0])
        page = desk.page(address)
        address = re.search(r'id="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")  # type: ignore[union-attr]
    assert seen == ["2", "3", "1", "0"]
    assert desk.client.get(address, follow_redirects=False).headers["location"].startswith("/review?")


def test_what_no_longer_stands_in_the_article_is_shown_as_such(desk: Desk) -> None:
    answer = desk.asked()
    old = {**answer["citations"][0], "quote": "A sentence of last year."}
    desk.records.keep(["old"], {**answer, "id": "e" * 32, "citations": [old, answer["citations"][1]]})
    page = desk.page("/review/answers/" + "e" * 32)
    assert "no longer has this sentence" in page
    assert "<mark>A sentence of last year.</mark>" in page


def test_a_database_that_is_down_is_named_and_nothing_is_said_to_be_stored(desk: Desk) -> None:
    desk.asked()
    file = Path(desk.records.standing().where)
    desk.database.close()
    file.write_bytes(b"this is no database" * 400)
    assert "is no database of Rolewise" in desk.page("/review", status=503)
    told = desk.send(f"{PATH}/claims/0", script=True, judgement="supported")
    assert (told.status_code, told.headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.slow
@pytest.mark.alone
def test_ten_thousand_answers_open_in_under_a_second(desk: Desk) -> None:
    many(desk, 10_000)
    desk.page("/review")  # the first draws the templates
    for path in ("/review", "/review?flag=unreviewed&flag=low_confidence", "/review?order=latest&below=5000"):
        began = time.perf_counter()
        assert "Next page" in desk.page(path)
        assert time.perf_counter() - began < 1


def many(desk: Desk, count: int) -> None:
    """Store so many answers at once, with thumbs, cited sentences and verdicts on some of them."""
    answer = desk.asked()
    moment = datetime.now(UTC)
    rows = [
        {
            "id": f"{number:032x}", "asked": moment - timedelta(minutes=number), "outcome": "answered", "reason": None,
            "confidence": number % 100 / 100, "claims": 2, "understood": f"Question {number}?",
            "turns": [f"Question {number}?"], "answer": answer,
        }
        for number in range(count)
    ]  # fmt: skip
    with desk.database.writing() as connection:
        connection.execute(answers.insert(), rows)
        numbers = [row.number for row in connection.execute(select(answers.c.number).order_by(answers.c.number))]
        connection.execute(
            thumbs.insert(),
            [{"answer_number": n, "up": n % 3 > 0, "reason": "", "noted": moment} for n in numbers if n % 7 == 0],
        )
        connection.execute(
            cited.insert(),
            [
                {"answer_number": n, "citation": c, "article_id": f"article-{n % 80}", "quote_hash": f"{n % 900}",
                 "stands": n % 11 > 0}
                for n in numbers[1:]
                for c in (1, 2)
            ],
        )  # fmt: skip
