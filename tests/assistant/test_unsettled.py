"""A question that names nobody and holds no more than a topic or a title is asked back; one that says enough is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Evidence, Outcome, Reason
from assistant.asking_back import whose
from assistant.evidence import Found
from assistant.ground import Ground
from assistant.question import QuestionReader
from assistant.refusals import Refusals
from assistant.unsettled import Unsettled, settled_by, unsettled
from corpus.article import Article
from corpus.library import SHIPPED_ARTICLES, Library, load_library
from tests.small import KITCHEN


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library([SHIPPED_ARTICLES])


@pytest.fixture(scope="module")
def shipped_reader(shipped: Library) -> QuestionReader:
    return QuestionReader(shipped)


@pytest.mark.parametrize(
    "message",
    [
        "budget?",
        "Who is the boss?",
        "who reports to whom?",
        "Who has the biggest budget?",
        "a manager's goals",
        "What does the manager earn?",
        "How much does an engineer earn?",
        "Which degree does the manager need?",
        "Compare all three",
        "What does the third one do?",
    ],
)
def test_a_bare_topic_is_asked_back(shipped: Library, shipped_reader: QuestionReader, message: str) -> None:
    question = shipped_reader.read([message])
    choice = unsettled(question, shipped)
    assert choice is not None
    answer = Refusals(shipped).asking_back(question, whose(question, choice))
    assert (answer.outcome, answer.reason, answer.claims) == (Outcome.UNCLEAR, Reason.AMBIGUOUS, ())
    assert 2 <= len(answer.suggestions) <= 4


def test_a_bare_title_is_asked_back_with_roles_that_it_may_mean(
    shipped: Library, shipped_reader: QuestionReader
) -> None:
    choice = unsettled(shipped_reader.read(["designer"]), shipped)
    assert choice is not None
    assert all(role.endswith("Designer") for role in choice.roles)


@pytest.mark.parametrize(
    "message",
    [
        "Who signs for the delivery of fish at six?",  # says what
        "Who has the bigger budget, the plant manager or the production manager?",  # says whose
        "Who is in charge of the wine cellar?",  # a topic and more
        "What is the budget of a beekeeper?",  # of a role, though an unknown one
    ],
)
def test_a_question_that_says_enough_is_answered(
    shipped: Library, shipped_reader: QuestionReader, message: str
) -> None:
    assert unsettled(shipped_reader.read([message]), shipped) is None


def test_the_conversation_settles_it(shipped: Library, shipped_reader: QuestionReader) -> None:
    question = shipped_reader.read(["budget?"])
    article = next(iter(shipped.articles.values()))
    ground = Ground(article.id, None, article.roles, article.roles)
    assert unsettled(shipped_reader.read(["What does a plant manager do?", "budget?"]), shipped) is None
    assert unsettled(replace(question, ground=ground), shipped) is None


def test_a_title_is_asked_back_for_what_articles_leave_out(shipped: Library, shipped_reader: QuestionReader) -> None:
    question = shipped_reader.read(["What does the designer earn?"])
    choice = unsettled(question, shipped)
    assert choice is not None
    offer = whose(question, choice)
    assert all(listed.endswith(" do?") for listed in offer.listed)  # what the articles do answer
    assert offer.taken("interior") == "What does the Interior Designer earn?"


def test_a_title_is_not_settled_by_what_is_said_of_others(shipped: Library, shipped_reader: QuestionReader) -> None:
    choice = unsettled(shipped_reader.read(["What does the designer earn?"]), shipped)
    assert choice is not None
    others = next(article for article in shipped.articles.values() if not set(article.roles) & set(choice.roles))
    said = evidence_of(others)
    assert not settled_by(Found((said,), (), 0.5, 0.3, 0.5, (said,)), choice)


def test_among_few_articles_nothing_is_asked_back(small_library: Library) -> None:
    assert unsettled(QuestionReader(small_library).read(["budget?"]), small_library) is None


def test_among_few_articles_it_is_asked_back_who_is_counted(small_library: Library) -> None:
    choice = unsettled(QuestionReader(small_library).read(["Compare all three"]), small_library)
    assert choice is not None
    assert choice.roles[:2] == ("Head Chef", "Sous Chef")
    said = evidence_of(small_library.articles[KITCHEN])
    assert not settled_by(Found((said,), (), 0.5, 0.3, 0.5, (said,)), choice)


@pytest.mark.parametrize(("likeliest", "settled"), [((0.9, 0.2), True), ((0.9, 0.8), False), ((), False)])
def test_what_is_found_settles_it_when_one_article_is_far_likelier_than_the_next(
    shipped: Library, likeliest: tuple[float, ...], settled: bool
) -> None:
    first, second = (evidence_of(article) for article in list(shipped.articles.values())[:2])
    choice = Unsettled((first.article, second.article), first.article.roles, "budget and money")
    ranked = tuple(replace(one, score=score) for one, score in zip((first, second), likeliest, strict=False))
    assert settled_by(Found((first,), (), 0.5, 0.3, 0.5, ranked), choice) is settled


def evidence_of(article: Article) -> Evidence:
    return Evidence(article, article.sections[0], article.sections[0].sentences[0], 0.5)
