"""With a ranker, the sentences that it finds likeliest are picked: one, or one for each side that is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.by_relevance import RANKED
from assistant.evidence import gather
from assistant.ground import Ground
from assistant.question import QuestionReader
from corpus.library import Library
from corpus.words import forms
from index.hits import Hit, Vectors
from tests.assistant.pieces import BUDGET, CREW, MONEY, SOFTWARE, TEAMS, evidence
from tests.assistant.test_evidence import Scores, quotes, says

OPERATIONS_AND_PRODUCTION = "Who has the bigger budget, the operations manager or the production manager?"


class Judge:
    """A ranker that gives a sentence the probability of the words it has, and notes what it was asked."""

    def __init__(self, judged: Mapping[str, float]) -> None:
        self._judged = judged
        self.asked: list[str] = []

    def relevance(self, question: str, hits: Sequence[Hit]) -> Vectors:
        self.asked.append(question)
        texts = [hit.chunk.text for hit in hits]
        found = [max((p for words, p in self._judged.items() if words in text), default=0.01) for text in texts]
        return np.array(found, dtype=np.float32)


EVERYTHING = dict.fromkeys((BUDGET, MONEY, TEAMS, CREW, SOFTWARE), 0.5)


@pytest.mark.parametrize(
    ("question", "judged", "words"),
    [
        # the likeliest alone
        ("Who leads machinists?", {CREW: 0.9, TEAMS: 0.1}, (CREW,)),
        # both roles are asked about: a sentence for each, though other sentences are likelier than the second
        (OPERATIONS_AND_PRODUCTION, {BUDGET: 0.9, TEAMS: 0.5, MONEY: 0.2}, (BUDGET, MONEY)),
        # one of two named is asked for: the one that decides, and the other only where it answers nearly as well
        ("Who leads the crew, the operations manager or the production manager?", {CREW: 0.9, BUDGET: 0.2}, (CREW,)),
        # both sides are asked about without a name: the other side from the same section
        ("What budgets do the two have?", {BUDGET: 0.9, CREW: 0.5, MONEY: 0.2}, (BUDGET, MONEY)),
        # one of two is asked for: the one that decides
        ("Which of the two has the bigger budget?", {BUDGET: 0.9, MONEY: 0.1}, (BUDGET,)),
        # of the other side nothing is cited that hardly answers, however little is behind it
        (OPERATIONS_AND_PRODUCTION, {BUDGET: 0.4, MONEY: 0.02}, (BUDGET,)),
        ("What budgets do the two have?", {BUDGET: 0.6, MONEY: 0.15}, (BUDGET,)),
        # what answers as well is cited too; where nobody is named, several may be meant
        ("Who leads people?", {CREW: 0.9, TEAMS: 0.8}, (CREW, TEAMS)),
        ("Does the production manager lead people?", {CREW: 0.9, MONEY: 0.8}, (CREW,)),
        # a sentence about the role asked about is preferred to one hardly likelier about another
        ("What is the budget of the production manager?", {MONEY: 0.8, BUDGET: 0.85}, (MONEY,)),
    ],
)
def test_the_likeliest_sentences_are_picked(
    reader: QuestionReader, small_library: Library, question: str, judged: Mapping[str, float], words: Sequence[str]
) -> None:
    found = gather(reader.read([question]), small_library, Scores(small_library, EVERYTHING), Judge(judged))
    assert says(quotes(found), *words), quotes(found)


def test_the_section_that_answered_the_message_before_is_preferred(
    reader: QuestionReader, small_library: Library
) -> None:
    search, judge = Scores(small_library, EVERYTHING), Judge({CREW: 0.5, MONEY: 0.2})
    question = reader.read(["And who else spends money or time?"])
    before = evidence(small_library, MONEY)
    place = before.article.sections.index(before.section)
    follow_up = replace(question, ground=Ground(before.article.id, place, before.article.roles, ()))
    first = [quotes(gather(one, small_library, search, judge))[0] for one in (question, follow_up)]
    assert (CREW in first[0], MONEY in first[1]) == (True, True), first


class Reading:
    """A ranker that finds an answer where a long word of the question stands."""

    def relevance(self, question: str, hits: Sequence[Hit]) -> Vectors:
        asked = [form for form in forms(question) if len(form) > 6]
        found = [0.9 if set(asked) & set(forms(hit.chunk.text)) else 0.01 for hit in hits]
        return np.array(found, dtype=np.float32)


def test_each_part_of_a_question_is_answered(reader: QuestionReader, small_library: Library) -> None:
    question = reader.read(["Who leads the machinists and who chooses the software?"])
    found = gather(question, small_library, Scores(small_library, EVERYTHING), Reading())
    assert says(quotes(found), CREW, SOFTWARE)


def test_the_relevance_of_all_that_was_ranked_is_kept_the_best_first(
    reader: QuestionReader, small_library: Library
) -> None:
    judge = Judge({CREW: 0.9, TEAMS: 0.4})
    found = gather(reader.read(["Who leads machinists?"]), small_library, Scores(small_library, EVERYTHING), judge)
    assert [one.score for one in found.ranked[:2]] == pytest.approx([0.9, 0.4])
    assert found.evidence[0].score == pytest.approx(0.9)


def test_the_ranker_reads_no_more_than_its_share(reader: QuestionReader, shipped_library: Library) -> None:
    counted: list[int] = []

    class Counting(Judge):
        def relevance(self, question: str, hits: Sequence[Hit]) -> Vectors:
            counted.append(len(hits))
            return super().relevance(question, hits)

    everything = Scores(shipped_library, {" ": 0.5})
    gather(replace(reader.read(["Who leads?"]), roles=()), shipped_library, everything, Counting({}))
    assert counted == [RANKED]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Whom does the operations manager lead?", TEAMS),  # though the budget is held to be a little likelier
        ("Who leads the operations manager?", BUDGET),  # whom that one leads is no answer, however likely it is held
    ],
)
def test_who_is_above_is_not_answered_by_who_is_below(
    reader: QuestionReader, small_library: Library, question: str, words: str
) -> None:
    search, judge = Scores(small_library, EVERYTHING), Judge({BUDGET: 0.7, TEAMS: 0.6})
    assert says(quotes(gather(reader.read([question]), small_library, search, judge)), words)
