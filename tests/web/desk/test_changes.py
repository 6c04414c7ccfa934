"""What is approved again, and how: the desk tells what became of a sentence, and asks the question anew."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from threading import Thread

from assistant.records.kept import RecordsError
from assistant.records.review_tables import approval_steps, approvals
from assistant.reviews.changes import changes
from assistant.reviews.desk import LibraryChange
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.known import PAUSE_SECONDS, REFRESH_SECONDS, KnownApprovals
from assistant.reviews.nouns import Approval, ApprovalState, ApprovalStep, Source, StandingApproval
from assistant.web.desk.approval_pages import MOST_SHOWN
from assistant.web.desk.article_pages import Progress
from corpus.library import Library
from tests.assistant.records.conftest import NOON
from tests.small import OPERATIONS, library_of
from tests.web.desk.conftest import BUDGET, Desk
from tests.web.desk.test_approval import PATH, changed
from tests.web.desk.test_articles import words_of


def test_an_approval_sent_twice_is_one_and_another_wording_is_a_further_one(desk: Desk) -> None:
    given = desk.asked()
    for _ in range(2):
        assert desk.send(f"{PATH}/approve", id="d" * 32).status_code == 303
    assert len(list(desk.reviews.approvals())) == 1
    wording = given["claims"][0]["text"].replace("therefore runs to much larger amounts", "runs to larger amounts")
    assert desk.send(f"{PATH}/approve", id="d" * 32, **{"wording-0": wording}).status_code == 303
    _, second = desk.reviews.approvals()
    assert second.approval.answer["claims"][0]["text"] == wording
    desk.send(f"/review/approved/{second.approval.id}/withdraw")
    assert desk.send(f"{PATH}/approve", id=second.approval.id, **{"wording-0": wording}).status_code == 303
    assert [each.state for each in desk.reviews.approvals()] == ["approved", "withdrawn", "approved"]


def test_the_old_sentence_stands_beside_the_nearest_new_one(desk: Desk, tmp_path: Path) -> None:
    given = desk.asked()
    desk.send(f"{PATH}/approve")
    quote = given["citations"][0]["quote"]
    desk.assistant.library = changed(desk.assistant.library, tmp_path, quote)
    for path in ("/review/approved", PATH):
        page = desk.page(path)
        assert f"Approved with: {quote}" in words_of(page)
        assert f"Nearest now: {quote[:-1]}, since this spring." in words_of(page).replace(" , since", ", since")
        assert re.search(r"<del>amounts.</del>", page)
        assert re.search(r"<ins>amounts, since this spring.</ins> <a href=\"/articles/[\w-]+#s\d+\"", page)
    assert words_of(desk.page("/review/approved")).count("Approved with:") == 1, "the other sentence stands"


def test_the_question_of_an_expired_approval_is_asked_again_and_approved_anew(desk: Desk, tmp_path: Path) -> None:
    given = desk.asked()
    desk.send(f"{PATH}/approve")
    desk.assistant.library = changed(desk.assistant.library, tmp_path, given["citations"][0]["quote"])
    assert "Ask again" in desk.page("/review/approved")
    (old,) = desk.reviews.approvals()
    answer = desk.send(f"/review/approved/{old.approval.id}/ask")
    address = answer.headers["location"]
    assert answer.status_code == 303
    assert desk.send(f"{address}/approve").status_code == 303
    states = [(each.state, each.approval.reviewer) for each in desk.reviews.approvals()]
    assert states == [(ApprovalState.EXPIRED, "Anna"), (ApprovalState.APPROVED, "Anna")]
    assert "Needs review" not in desk.page("/review/approved")
    assert desk.send("/review/approved/unknown/ask").status_code == 404


def test_a_sentence_that_nothing_is_like_has_no_successor(tmp_path: Path) -> None:
    library = library_of(tmp_path)
    first = next(library.articles[OPERATIONS].sentences())
    words = library.articles[OPERATIONS].quote(first.span)
    gone = Source(OPERATIONS, "Bees are kept on the roof of the town hall.", "")
    found = changes((Source(OPERATIONS, words, ""), gone, Source("gone", words, "")), library)
    assert [(one.article_id, one.now, one.number) for one in found] == [(OPERATIONS, (), None), ("gone", (), None)]


def test_an_approval_whose_sentence_now_speaks_of_another_role_is_not_said_to_be_shown(desk: Desk) -> None:
    given = desk.asked()
    other = {**given["claims"][0], "roles": ["Head Chef"]}
    desk.send(f"{PATH}/approve")
    (standing,) = desk.reviews.approvals()
    moved = {**standing.approval.answer, "claims": [other, *given["claims"][1:]]}
    desk.reviews.approve(replace(standing.approval, id="e" * 32, answer=moved))
    page = words_of(desk.page("/review/approved"))
    assert "Needs review 1" in page
    assert "Shown as checked" not in page
    assert "needs review" in desk.page(PATH)


def test_while_the_database_is_down_no_question_waits_for_it_again_and_again(library: Library) -> None:
    now, tried = [0.0], []

    class Down:
        def library_is(self, hashes: Mapping[str, Collection[str]]) -> LibraryChange:
            tried.append(now[0])
            raise RecordsError("It is down.")

    follower = LibraryFollower(Down(), lambda: now[0])  # type: ignore[arg-type]
    for moment in (0.0, 1.0, PAUSE_SECONDS - 1, PAUSE_SECONDS, PAUSE_SECONDS + 1):
        now[0] = moment
        follower.follow(library)
    assert tried == [0.0, PAUSE_SECONDS]


def test_two_reviewers_may_publish_and_look_at_the_same_time(library: Library) -> None:
    progress, failed, names = Progress(), [], [*library.articles, *(str(number) for number in range(300))]

    def work(number: int) -> None:
        try:
            for turn in range(400):
                progress.withdrawn(names[(number + turn) % len(names)])
                progress.waiting(library, {})
        except RuntimeError as error:
            failed.append(error)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert failed == []


def test_what_needs_review_is_found_below_many_newer_approvals(desk: Desk) -> None:
    desk.asked()
    desk.send(f"{PATH}/approve")
    (standing,) = desk.reviews.approvals()
    gone = {**standing.approval.answer["citations"][0], "quote": "It is gone."}
    answer = {**standing.approval.answer, "citations": [gone]}
    expired = replace(standing.approval, id="gone", form="gone", question="What has gone?", answer=answer)
    desk.reviews.approve(expired)
    assert "What has gone?" in desk.page("/review/approved")
    with desk.database.writing() as connection:
        connection.execute(approvals.insert(), [fields(standing.approval, str(number)) for number in range(501)])
        steps = [ApprovalStep(f"{number}", f"{number}", ApprovalState.APPROVED, "", NOON) for number in range(501)]
        connection.execute(approval_steps.insert(), [asdict(step) for step in steps])
    page = words_of(desk.page("/review/approved"))
    assert "What has gone?" in page
    assert "Shown as checked 502" in page
    assert f"The latest {MOST_SHOWN} stand here." in page


def fields(approval: Approval, name: str) -> dict[str, object]:
    return {**asdict(approval), "id": name, "form": name, "question": name, "answer": dict(approval.answer)}


def test_a_claim_with_unusual_spaces_is_approved_as_it_is_and_a_doubt_about_it_stands(desk: Desk) -> None:
    given = desk.asked()
    spaced = given["claims"][0]["text"].replace(" bundles ", " bundles\u00a0\n ")
    claims = [{**given["claims"][0], "text": spaced}, given["claims"][1]]
    desk.records.keep([BUDGET], {**given, "id": "b" * 32, "claims": claims})
    path, typed = "/review/answers/" + "b" * 32, spaced.replace("\n", "\r\n")
    desk.send(f"{path}/claims/0", judgement="outdated")
    assert "you found it outdated" in desk.send(f"{path}/approve", **{"wording-0": typed}).text
    desk.send(f"{path}/claims/0", judgement="supported")
    assert desk.send(f"{path}/approve", **{"wording-0": typed}).status_code == 303
    (standing,) = desk.reviews.approvals()
    assert standing.approval.answer["claims"][0]["text"] == spaced


def test_approvals_that_cannot_be_read_are_not_tried_with_every_question(library: Library) -> None:
    now, tried = [0.0], []

    class Down:
        def approvals(self) -> Iterator[StandingApproval]:
            tried.append(now[0])
            raise RecordsError("It is down.")

    known = KnownApprovals(Down(), None, lambda: now[0])  # type: ignore[arg-type]
    for moment in (0.0, REFRESH_SECONDS, PAUSE_SECONDS - 1, PAUSE_SECONDS, PAUSE_SECONDS + 1):
        now[0] = moment
        assert known.same("Who has the bigger budget?", library) is None
    assert tried == [0.0, PAUSE_SECONDS]
