"""Of what the search finds, the sentences that answer are picked: one for each side, from the section that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from assistant.candidates import scope
from assistant.evidence import Found, gather
from assistant.question import QuestionReader
from corpus.chunks import chunks_of
from corpus.library import Library
from index.hits import Hit
from tests.assistant.pieces import BOTH, BUDGET, CREW, MONEY, SOFTWARE, TEAMS
from tests.small import KITCHEN, OFFICE, OPERATIONS

OPERATIONS_MANAGER, PRODUCTION_MANAGER = "Operations Manager", "Production Manager"
PLANT = "may take over a whole plant"
PAIR_BUDGET = "Who has the bigger budget, the operations manager or the production manager?"


class Scores:
    """A search that gives a sentence the score of the words it has, in the articles asked for."""

    def __init__(self, library: Library, scores: Mapping[str, float]) -> None:
        self._library = library
        self._scores = scores

    def search(self, question: str, articles: Sequence[str] | None = None) -> Sequence[Hit]:
        del question
        names = self._library.articles if articles is None else articles
        chunks = [chunk for name in names for chunk in chunks_of(self._library.articles[name])]
        hits = [
            Hit(chunk, score, score) for chunk in chunks for words, score in self._scores.items() if words in chunk.text
        ]
        return sorted(hits, key=lambda hit: -hit.score)


@pytest.fixture
def found(reader: QuestionReader, small_library: Library, request: pytest.FixtureRequest) -> Found:
    question, scores = request.param
    return gather(reader.read([question]), small_library, Scores(small_library, scores))


def quotes(found: Found) -> list[str]:
    return [item.article.quote(item.sentence.span) for item in found.evidence]


def says(quoted: Sequence[str], *words: str) -> bool:
    return len(quoted) == len(words) and all(word in quote for word, quote in zip(words, quoted, strict=True))


def picked(question: str, scores: Mapping[str, float], *words: str) -> object:
    """Return a case: of sentences with these scores, those with these words are picked."""
    return pytest.param((question, scores), words)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        # a sentence for each side, though others score higher than the second
        picked(PAIR_BUDGET, {BUDGET: 1.0, TEAMS: 0.8, MONEY: 0.1}, BUDGET, MONEY),
        # both sides from the section of the best sentence
        picked(PAIR_BUDGET, {BUDGET: 1.0, CREW: 0.8, MONEY: 0.1}, BUDGET, MONEY),
        # a sentence about both stands beside one for each
        picked(PAIR_BUDGET, {BOTH: 1.0, BUDGET: 0.5, MONEY: 0.4}, BOTH, BUDGET, MONEY),
        # the section about the topic asked for, though a sentence of another scores a little higher
        picked(PAIR_BUDGET, {TEAMS: 0.9, CREW: 0.8, BUDGET: 0.8, MONEY: 0.5}, BUDGET, MONEY),
        # a side of which nothing was found stays empty
        picked("Which software do the operations and the production manager choose?", {SOFTWARE: 1.0}, SOFTWARE),
        # only the side that is asked about
        picked("What is the budget of the production manager?", {BUDGET: 1.0, MONEY: 0.3}, MONEY),
        # without a role named, both sides of the best sentence's article
        picked("Who leads the crew?", {CREW: 1.0, TEAMS: 0.2}, CREW, TEAMS),
        # two topics asked for, each answered
        picked("team and career of the production manager", {CREW: 1.0, PLANT: 0.6}, CREW, PLANT),
        # a second sentence from another section, when it is nearly as good
        picked("How does the production manager shine?", {CREW: 1.0, PLANT: 0.9}, CREW, PLANT),
        # and none when it is not
        picked("How does the production manager shine?", {CREW: 1.0, PLANT: 0.5}, CREW),
    ],
    indirect=["found"],
)  # fmt: skip
def test_the_sentences_that_answer_are_picked(found: Found, words: Sequence[str]) -> None:
    assert says(quotes(found), *words), quotes(found)


@pytest.mark.parametrize("found", [(PAIR_BUDGET, {}), ("Who leads?", {})], indirect=True)
def test_nothing_found_is_said_so(found: Found) -> None:
    assert (found.evidence, found.similarity, found.margin, found.overlap) == ((), 0, 0, 0)


@pytest.mark.parametrize("found", [(PAIR_BUDGET, {BUDGET: 1.0, MONEY: 0.6, TEAMS: 0.2})], indirect=True)
def test_it_is_known_how_good_the_find_is(found: Found) -> None:
    assert found.roles == (OPERATIONS_MANAGER, PRODUCTION_MANAGER)
    assert found.similarity == 1.0
    assert found.margin == pytest.approx(0.4)  # above the median


@pytest.mark.parametrize("found", [(PAIR_BUDGET, {BUDGET: 1.0, MONEY: 1.0})], indirect=True)
def test_no_score_exceeds_one(found: Found) -> None:
    assert [item.score for item in found.evidence] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("found", "overlap"),
    [
        (("Who chooses the software?", {SOFTWARE: 1.0}), 1.0),  # all content words stand there
        (("Who chooses the elephants?", {SOFTWARE: 1.0}), 0.5),  # half of them
        (("Does technology matter?", {SOFTWARE: 1.0}), 0.5),  # the heading counts
        (("Who is it?", {SOFTWARE: 1.0}), 1.0),  # it has none
    ],
    indirect=["found"],
)
def test_overlap_is_the_share_of_the_words_that_stand_in_the_section(found: Found, overlap: float) -> None:
    assert found.overlap == overlap


@pytest.mark.parametrize(
    ("roles", "articles"),
    [
        ([], None),  # none named: all articles
        ([OPERATIONS_MANAGER], {OPERATIONS}),
        ([OPERATIONS_MANAGER, PRODUCTION_MANAGER], {OPERATIONS}),
        (["Head Chef", "Office Manager"], {KITCHEN, OFFICE}),  # compared nowhere: the articles of each
        (["Head Chef", "Sous Chef", "Office Manager"], {KITCHEN}),  # an article about two of them is preferred
        (["Beekeeper"], None),  # of no article: it may stand anywhere
    ],
)
def test_only_articles_about_the_roles_are_searched(
    small_library: Library, roles: list[str], articles: set[str] | None
) -> None:
    searched = scope(roles, small_library)
    assert (set(searched) if searched is not None else None) == articles
