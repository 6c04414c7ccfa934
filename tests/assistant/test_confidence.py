"""How sure an answer is, and when a question has nothing to do with the articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidence import CERTAINLY_NOT, SPECIFICS, confidence, is_off_topic, left_out_topics, threshold
from assistant.evidence import Found
from assistant.ground import Ground
from assistant.question import QuestionReader
from corpus.catalogue import shipped_catalogue
from corpus.library import Library
from tests.assistant.pieces import BUDGET, MONEY, evidence
from tests.small import library_of

CATALOGUE = shipped_catalogue()
NOTHING = Found((), (), 0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def found(small_library: Library) -> Found:
    """A sentence about the budget, found with middling certainty."""
    return Found((evidence(small_library, BUDGET),), (), 0.5, 0.3, 0.5)


def sure(reader: QuestionReader, found: Found, question: str = "Who has the bigger budget?") -> float:
    return confidence(reader.read([question]), found, CATALOGUE)


def test_nothing_found_is_certainly_no_answer(reader: QuestionReader) -> None:
    assert sure(reader, NOTHING) == CERTAINLY_NOT < threshold(NOTHING)


def test_the_more_the_best_sentence_stands_out_the_surer(reader: QuestionReader, found: Found) -> None:
    grades = [sure(reader, replace(found, margin=margin)) for margin in (0.0, 0.1, 0.4, 0.9)]
    assert grades == sorted(set(grades))


def test_the_more_words_stand_in_the_section_the_surer(reader: QuestionReader, found: Found) -> None:
    grades = [sure(reader, replace(found, overlap=overlap)) for overlap in (0.0, 0.5, 1.0)]
    assert grades == sorted(set(grades))


@pytest.mark.parametrize("question", ["Who earns the higher salary?", "How many people?", "Is remote work allowed?"])
def test_what_articles_usually_leave_out_is_not_believed_at_once(
    reader: QuestionReader, found: Found, question: str
) -> None:
    assert sure(reader, found, question) < threshold(found) < sure(reader, found)


def test_a_section_about_the_very_topic_is_believed(reader: QuestionReader, found: Found, pay: Found) -> None:
    assert left_out_topics(reader.read(["Who earns more?"]), found, CATALOGUE) == ("pay",)
    assert left_out_topics(reader.read(["Who earns more?"]), pay, CATALOGUE) == ()
    assert sure(reader, pay, "Who earns more?") > threshold(pay)


@pytest.fixture(scope="module")
def pay(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A sentence of a section about pay."""
    page = "# Baker vs Butcher\n\n## Salary\n\nThe Baker earns a penny. The Butcher earns two.\n"
    library = library_of(tmp_path_factory.mktemp("pay"), {"baker-vs-butcher": page})
    return Found((evidence(library, "earns two"),), (), 0.5, 0.3, 0.5)


def test_a_number_asked_for_is_a_topic_left_out(reader: QuestionReader, found: Found) -> None:
    assert SPECIFICS in left_out_topics(reader.read(["How many people does the head chef lead?"]), found, CATALOGUE)


def test_a_sentence_that_states_the_number_or_names_the_topic_leaves_it_out_no_more(
    reader: QuestionReader, tmp_path: Path
) -> None:
    page = "# Baker vs Butcher\n\n## Days\n\nThe Baker trains twelve people. The Butcher is paid on Fridays.\n"
    library = library_of(tmp_path, {"baker-vs-butcher": page})
    twelve, paid = (Found((evidence(library, told),), (), 0.5, 0.3, 0.5) for told in ("twelve", "paid"))
    assert left_out_topics(reader.read(["How many people are trained?"]), twelve, CATALOGUE) == ()
    assert left_out_topics(reader.read(["How many people are trained?"]), paid, CATALOGUE) == (SPECIFICS,)
    assert left_out_topics(reader.read(["Who gets a pension?"]), paid, CATALOGUE) == ()
    assert left_out_topics(reader.read(["Who gets a pension?"]), twelve, CATALOGUE) == ("pay",)


def test_a_second_sentence_without_any_hope_says_no_more_against_the_first(
    reader: QuestionReader, found: Found
) -> None:
    assert sure(reader, ranked(found, 0.5, 0.004)) == sure(reader, ranked(found, 0.5, 0.0001))


@given(margin=st.floats(0, 2), overlap=st.floats(0, 1), asked=st.sampled_from(["Who leads?", "Who earns how much?"]))
def test_confidence_is_a_probability(
    reader: QuestionReader, found: Found, margin: float, overlap: float, asked: str
) -> None:
    assert 0 < sure(reader, replace(found, margin=margin, overlap=overlap), asked) < 1


def ranked(found: Found, *scores: float) -> Found:
    """Return the find with sentences that the ranker gave these probabilities."""
    return replace(found, ranked=tuple(replace(found.evidence[0], score=score) for score in scores))


def test_with_a_ranker_the_likelier_its_best_sentences_the_surer(reader: QuestionReader, found: Found) -> None:
    grades = [sure(reader, ranked(found, best, 0.1)) for best in (0.1, 0.5, 0.9, 0.99)]
    assert grades == sorted(set(grades))
    assert sure(reader, ranked(found, 0.9, 0.8)) > sure(reader, ranked(found, 0.9, 0.1))


def test_with_a_ranker_a_poor_best_sentence_is_refused_and_a_good_one_answers(
    reader: QuestionReader, found: Found
) -> None:
    poor, good = ranked(found, 0.05, 0.02), ranked(found, 0.95, 0.4)
    assert sure(reader, poor) < threshold(poor) == threshold(good) < sure(reader, good)


def test_with_a_ranker_a_topic_usually_left_out_weighs_against_an_answer(reader: QuestionReader, found: Found) -> None:
    seen = ranked(found, 0.8, 0.3)
    assert sure(reader, seen, "Who earns the higher salary?") < sure(reader, seen)
    assert sure(reader, seen, "How many people?") < sure(reader, seen)


def test_how_two_roles_differ_in_a_topic_is_answered_by_a_section_that_speaks_of_both(
    reader: QuestionReader, small_library: Library
) -> None:
    sides = (evidence(small_library, BUDGET), evidence(small_library, MONEY))
    both, one = (ranked(Found(told, (), 0.5, 0.3, 0.5), 0.07, 0.03) for told in (sides, sides[:1]))
    asked = "How do the Operations Manager and the Production Manager differ in handling budgets?"
    assert sure(reader, both, asked) >= threshold(both) > sure(reader, one, asked)
    assert sure(reader, both, asked.replace("budgets", "careers")) < threshold(both)


def test_what_follows_up_on_the_section_found_is_surer(reader: QuestionReader, found: Found) -> None:
    seen, question = ranked(found, 0.3, 0.1), reader.read(["And what is it spent on?"])
    here, article = seen.evidence[0], seen.evidence[0].article
    place = article.sections.index(here.section)
    grounds = [None, *(Ground(article.id, at, article.roles, ()) for at in (place + 1, place))]
    without, elsewhere, there = (confidence(replace(question, ground=at), seen, CATALOGUE) for at in grounds)
    assert without == elsewhere < there


def test_who_of_two_is_above_the_other_is_answered_by_what_their_article_says_of_rank(
    reader: QuestionReader, found: Found, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = "# Operations Manager vs Production Manager\n\n## Reporting Lines\n\nThey sit side by side.\n"
    library = library_of(tmp_path_factory.mktemp("rank"), {"operations-manager-vs-production-manager": page})
    rank = replace(found, evidence=(evidence(library, "side by side"),))
    asked = "Is the operations manager above the production manager?"
    assert (
        sure(reader, ranked(rank, 0.1, 0.05), asked)
        >= threshold(ranked(rank, 0.1))
        > sure(reader, ranked(found, 0.07, 0.03), asked)
    )


def test_one_ranked_sentence_is_enough_to_judge(reader: QuestionReader, found: Found) -> None:
    assert 0 < sure(reader, ranked(found, 0.9)) < 1


@pytest.mark.parametrize(("best", "off"), [(0.01, True), (0.2, False)])
def test_with_a_ranker_what_no_sentence_has_to_do_with_is_off_topic(
    reader: QuestionReader, found: Found, best: float, off: bool
) -> None:
    seen = ranked(replace(found, overlap=0.0), best)
    assert is_off_topic(reader.read(["Why is grass green?"]), seen, 40) is off


@pytest.mark.parametrize(
    ("question", "similarity", "overlap", "sentences", "off"),
    [
        ("Why is grass green?", 0.05, 0.0, 40, True),  # nothing near
        ("Why is grass green?", 0.50, 0.0, 40, False),  # something near
        ("Why is grass green?", 0.05, 0.6, 40, False),  # most of its words are there
        ("Why is the head chef green?", 0.05, 0.0, 40, False),  # it names a role of the articles
        ("Why is grass green?", 0.15, 0.0, 40, False),  # near for few sentences
        ("Why is grass green?", 0.15, 0.0, 4_000, True),  # among many sentences chance brings as much
        ("Why is grass green?", 0.11, 0.0, 1, False),  # fewer sentences do not lower the bar
        ("Why is grass green?", 0.09, 0.0, 1, True),
    ],
)
def test_a_question_without_roles_that_nothing_is_near_to_is_off_topic(
    reader: QuestionReader, found: Found, question: str, similarity: float, overlap: float, sentences: int, off: bool
) -> None:
    seen = replace(found, similarity=similarity, overlap=overlap)
    assert is_off_topic(reader.read([question]), seen, sentences) is off
