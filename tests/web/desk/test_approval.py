"""An approved answer comes first, in the reviewer's words, for as long as its sentences stand as they were."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.render import to_markdown, to_object
from assistant.reviews.approved import CHECKED, ApprovedFirst
from assistant.reviews.follow import LibraryFollower
from assistant.reviews.forms import may_be_the_same, normal_form
from assistant.reviews.known import KnownApprovals
from assistant.reviews.nouns import ApprovalState
from assistant.reviews.rebuilding import rebuilt
from assistant.reviews.ways import ApprovedWays
from assistant.web.desk.citing import CitingApprovals
from corpus.library import Library, load_library
from index.build import build_index
from index.search import Searcher
from tests.small import KITCHEN, OFFICE, WordEncoder, assistant_of, library_of
from tests.web.desk.conftest import BUDGET, Desk
from tests.web.small_assistant import PAIR

PATH = "/review/answers/" + "a" * 32
TODAY = datetime.now(UTC).date()


def approving(desk: Desk) -> ApprovedFirst:
    known = KnownApprovals(desk.reviews, WordEncoder(), clock=iter(range(0, 10**6, 100)).__next__)
    return ApprovedFirst(desk.assistant, known, LibraryFollower(desk.reviews))


def shown(answers: ApprovedFirst, question: str = BUDGET) -> Answer:
    return answers.answer([question])


def test_the_same_question_again_is_marked_as_checked(desk: Desk) -> None:
    answers = approving(desk)
    desk.asked()
    assert shown(answers).checked is None
    assert desk.send(f"{PATH}/approve", note="read twice").status_code == 303
    answer = shown(answers, "Please tell me: who has the bigger budget, Operations Manager or Production Manager")
    assert answer.checked == TODAY
    assert to_markdown(answer).startswith(f"*Checked by HR on {TODAY.day} {TODAY:%B %Y}.*\n\n")
    told = to_object(answer)
    assert told["checked"] == {"on": TODAY.isoformat()}
    assert "Anna" not in str(told)
    assert "Approved by Anna" in desk.page(PATH)
    assert shown(answers, "How big are the teams?").checked is None


def test_what_was_edited_is_shown_in_the_reviewers_words(desk: Desk) -> None:
    answers, given = approving(desk), desk.asked()
    wording = given["claims"][0]["text"].replace("therefore runs to much larger amounts", "runs to larger amounts")
    assert desk.send(f"{PATH}/approve", **{"wording-0": wording}).status_code == 303
    answer = shown(answers)
    assert answer.claims[0].text == wording
    assert answer.claims[0].citations[0].quote == given["citations"][0]["quote"]
    assert answer.claims[1].text == given["claims"][1]["text"]
    assert answer.confidence == CHECKED
    assert answer.id != given["id"]


@pytest.mark.parametrize(
    ("wording", "why"),
    [
        ("The Operations Manager's budget runs to much smaller amounts.", "Claim 1"),
        ("The Operations Manager owns a boat.", "does not say this about Operations Manager"),
        ("The Operations Manager does not bundle several cost centres in the budget.", "Claim 1"),
    ],
)
def test_a_wording_that_its_sentence_does_not_bear_is_refused_with_the_reason(
    desk: Desk, wording: str, why: str
) -> None:
    desk.asked()
    answer = desk.send(f"{PATH}/approve", **{"wording-0": wording})
    assert answer.status_code == 422
    assert why in answer.text
    assert wording in answer.text.replace("&#39;", "'")  # it is not lost
    assert list(desk.reviews.approvals()) == []


def test_who_found_a_claim_wrong_cannot_approve_it_as_it_is(desk: Desk) -> None:
    desk.asked()
    desk.send(f"{PATH}/claims/1", judgement="outdated")
    assert "you found it outdated" in desk.send(f"{PATH}/approve").text
    desk.send(f"{PATH}/claims/1", judgement="supported")
    assert desk.send(f"{PATH}/approve").status_code == 303


def test_a_refusal_cannot_be_approved(desk: Desk) -> None:
    desk.asked("What about quantum gravity?")
    assert desk.send(f"{PATH}/approve").status_code == 422


def test_an_approval_expires_when_a_sentence_that_it_rests_on_changes(desk: Desk, tmp_path: Path) -> None:
    answers, given = approving(desk), desk.asked()
    desk.send(f"{PATH}/approve")
    assert shown(answers).checked
    desk.assistant.library = changed(desk.assistant.library, tmp_path, given["citations"][0]["quote"])
    assert shown(answers).checked is None
    (standing,) = desk.reviews.approvals()
    assert standing.state is ApprovalState.EXPIRED
    assert "Needs review" in desk.page("/review/approved")
    assert "needs review: a sentence it rests on has changed" in desk.page(PATH)
    desk.assistant.library = load_library([tmp_path / "old"])  # the old words again: a person must say so
    assert shown(answers).checked is None


def test_another_sentence_of_the_article_may_change(desk: Desk, tmp_path: Path) -> None:
    answers, given = approving(desk), desk.asked()
    desk.send(f"{PATH}/approve")
    cited = {citation["quote"] for citation in given["citations"]}
    article = desk.assistant.library.articles[PAIR]
    other = next(article.quote(s.span) for s in article.sentences() if article.quote(s.span) not in cited)
    desk.assistant.library = changed(desk.assistant.library, tmp_path, other)
    assert shown(answers).checked == TODAY


def changed(library: Library, folder: Path, quote: str) -> Library:
    """Return the library with one sentence of the pair's article in other words."""
    shutil.copytree(next(iter(library.paths.values())).parent, folder / "old")
    shutil.copytree(folder / "old", folder / "new")
    file = folder / "new" / f"{PAIR}.md"
    text = file.read_text(encoding="utf-8")
    pattern = re.escape(quote).replace(r"\ ", r"\s+").replace("'", "['’]")
    new, count = re.subn(pattern, lambda found: f"{found.group()[:-1]}, since this spring.", text)
    assert count >= 1
    file.write_text(new, encoding="utf-8")
    return load_library([folder / "new"])


def test_a_withdrawn_approval_is_shown_no_longer_and_can_be_given_again(desk: Desk) -> None:
    answers = approving(desk)
    desk.asked()
    desk.send(f"{PATH}/approve")
    (standing,) = desk.reviews.approvals()
    assert desk.send(f"/review/approved/{standing.approval.id}/withdraw").status_code == 303
    assert shown(answers).checked is None
    assert "Withdrawn" in desk.page("/review/approved")
    desk.send(f"{PATH}/approve")
    assert shown(answers).checked == TODAY
    assert desk.send("/review/approved/unknown/withdraw").status_code == 503


def test_the_table_of_a_comparison_survives(desk: Desk) -> None:
    given = desk.assistant.answer(["Compare Operations Manager and Production Manager"])
    built = rebuilt(to_object(given), desk.assistant.library)
    assert built is not None
    assert built.comparison == given.comparison
    assert to_markdown(built) == to_markdown(given)


@pytest.mark.parametrize("question", [BUDGET, "How big are the teams?", "What about quantum gravity?"])
def test_an_answer_object_becomes_the_same_answer_again(desk: Desk, question: str) -> None:
    given: dict[str, Any] = to_object(desk.assistant.answer([question]))
    built = rebuilt(given, desk.assistant.library)
    assert built is not None
    assert {**to_object(built), "elapsed_ms": 0} == {**given, "elapsed_ms": 0}


def test_the_article_reader_is_told_of_the_approved_answers_that_cite_it(desk: Desk) -> None:
    desk.asked()
    desk.send(f"{PATH}/approve")
    known = KnownApprovals(desk.reviews)
    (found,) = CitingApprovals(desk.assistant, known).citing(PAIR)
    assert found.question == BUDGET
    assert found.path.startswith("/?q=Who+has")
    assert found.approved == TODAY
    assert len(found.sentences) == 2
    assert CitingApprovals(desk.assistant, known).citing("head-chef-vs-sous-chef") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Who has the bigger budget?", "who has bigger budget", True),
        ("Who has the bigger budget?", "Could you please tell me who has the bigger budget?", True),
        ("Who has the bigger budget?", "Who has the smaller budget?", False),
        ("Does she need a licence?", "Does she not need a licence?", False),
        ("the", "a", False),
    ],
)
def test_the_form_of_a_question_leaves_out_filler_alone(one: str, other: str, same: bool) -> None:
    assert (normal_form(one) == normal_form(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Who has the bigger budget?", "Who has the larger budget?", True),
        ("Who has the bigger budget?", "Who has the smaller budget?", False),
        ("Who earns more?", "Who earns less?", False),
        ("Does she need a licence?", "Can she work without a licence?", False),
        ("Is 5 years enough?", "Is 10 years enough?", False),
        ("Who hires cooks?", "Who fires cooks?", False),
    ],
)
def test_near_questions_that_turn_each_other_round_are_not_the_same(one: str, other: str, may: bool) -> None:
    assert may_be_the_same(one, other) is may


def test_a_near_question_finds_the_approved_answer_only_about_the_same_roles_in_the_same_order(desk: Desk) -> None:
    desk.asked()
    desk.send(f"{PATH}/approve")
    known, library = KnownApprovals(desk.reviews, WordEncoder()), desk.assistant.library
    near = "Who has the bigger budget by far, the Operations Manager or the Production Manager?"
    assert known.same(near, library) is not None
    assert known.same("Who has the bigger budget, the Production Manager or the Operations Manager?", library) is None
    assert known.same("Who has the bigger budget, the Head Chef or the Production Manager?", library) is None
    assert known.same("Who has the smaller budget, the Operations Manager or the Production Manager?", library) is None


def test_an_approved_question_is_a_further_way_to_its_sentences(desk: Desk, tmp_path: Path) -> None:
    library = library_of(tmp_path / "small")
    small = assistant_of(library, tmp_path / "index")
    quote = "The Sous Chef counts what the suppliers deliver."
    answer = to_object(small.answer(["Who counts what the suppliers deliver, the Sous Chef or the Head Chef?"]))
    assert quote in [citation["quote"] for citation in answer["citations"]]
    asked = "Which of them minds the larder shelves every evening, the Sous Chef or the Head Chef?"
    desk.records.keep([asked], {**answer, "id": "a" * 32, "standalone_question": asked})
    desk.assistant.library = library
    searcher = Searcher.open(build_index(tmp_path / "index", library, WordEncoder()).folder, WordEncoder())
    search = ApprovedWays(
        searcher, library, KnownApprovals(desk.reviews, WordEncoder(), clock=iter(range(0, 999, 9)).__next__)
    )
    near = "Which of them minds the larder shelves, the Sous Chef or the Head Chef?"
    before = search.search(near, [KITCHEN])
    assert desk.send(f"{PATH}/approve").status_code == 303
    after = search.search(near, [KITCHEN])
    cited = len(answer["citations"])
    assert quote in {library.articles[KITCHEN].quote(s.span) for s in library.articles[KITCHEN].sentences()
                     if s.number in {hit.chunk.sentence for hit in after[:cited]}}  # fmt: skip
    assert [hit.chunk.id for hit in after] != [hit.chunk.id for hit in before]
    assert {hit.chunk.id: hit.similarity for hit in after} == {hit.chunk.id: hit.similarity for hit in before}
    assert search.search(near, [OFFICE]) == searcher.search(near, [OFFICE])
    assert search.search("Who hires the brigade?", None) == searcher.search("Who hires the brigade?", None)
