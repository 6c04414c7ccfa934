"""The question bank: what every row promises, and what the whole must hold."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.bank import BankQuestion, Kind, Split, load_bank
from corpus.library import Library

ROW = {
    "id": "a-001",
    "kind": "direct",
    "turns": ["Who keeps bees?"],
    "articles": ["a"],
    "evidence": [["The Beekeeper keeps bees."]],
    "roles": ["Beekeeper"],
    "split": "train",
}


@pytest.fixture(scope="module")
def bank() -> tuple[BankQuestion, ...]:
    return load_bank()


def test_a_row_is_read_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW), encoding="utf-8")
    (question,) = load_bank(tmp_path)
    assert question == BankQuestion(
        id="a-001",
        kind=Kind.DIRECT,
        turns=("Who keeps bees?",),
        articles=("a",),
        evidence=(("The Beekeeper keeps bees.",),),
        roles=("Beekeeper",),
        split=Split.TRAIN,
    )
    assert question.answerable


@pytest.mark.parametrize(
    "broken", ["{", "[]", json.dumps({**ROW, "kind": "odd"}), json.dumps({**ROW, "turns": []}), json.dumps({"id": "a"})]
)
def test_a_broken_row_is_named_with_its_line(tmp_path: Path, broken: str) -> None:
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(ROW)}\n{broken}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.jsonl, line 2"):
        load_bank(tmp_path)


def test_every_quote_stands_in_an_article_of_its_row(bank: tuple[BankQuestion, ...], shipped_library: Library) -> None:
    sentences = {
        article.id: {article.quote(sentence.span) for sentence in article.sentences()}
        for article in shipped_library.articles.values()
    }
    for question in bank:
        here = set().union(*(sentences[name] for name in question.articles))
        for group in question.evidence:
            assert set(group) <= here, question.id


def test_no_id_and_no_question_stands_twice(bank: tuple[BankQuestion, ...]) -> None:
    assert len({question.id for question in bank}) == len(bank)
    words = Counter(re.sub(r"\W+", " ", " / ".join(question.turns).casefold()) for question in bank)
    assert [asked for asked, times in words.items() if times > 1 and asked.strip()] == []


def test_an_article_has_one_split_and_no_test_article_is_trained_on(bank: tuple[BankQuestion, ...]) -> None:
    splits: defaultdict[str, set[Split]] = defaultdict(set)
    for question in bank:
        for article in question.articles:
            splits[article].add(question.split)
    assert all(len(found) == 1 for found in splits.values())
    assert sum(found == {Split.TEST} for found in splits.values()) >= 12


def test_roles_are_those_of_the_articles(bank: tuple[BankQuestion, ...], shipped_library: Library) -> None:
    for question in bank:
        known = {role for name in question.articles for role in shipped_library.articles[name].roles}
        assert set(question.roles) <= known, question.id


def test_unanswerable_questions_have_no_evidence_and_all_others_have(bank: tuple[BankQuestion, ...]) -> None:
    for question in bank:
        assert question.answerable == (question.kind not in (Kind.UNANSWERABLE, Kind.GENERAL)), question.id


def test_a_false_premise_is_contradicted_by_one_group_about_a_role(bank: tuple[BankQuestion, ...]) -> None:
    contradicted = [question for question in bank if question.kind is Kind.FALSE_PREMISE]
    assert {question.split for question in contradicted} == set(Split)
    assert [question.id for question in contradicted if len(question.evidence) != 1 or not question.roles] == []


def test_every_article_is_asked_about_enough(bank: tuple[BankQuestion, ...], shipped_library: Library) -> None:
    kinds: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for question in bank:
        for name in question.articles[:1]:
            kinds[name][question.kind] += 1
    assert set(kinds) == set(shipped_library.articles)
    for name, counted in kinds.items():
        assert counted[Kind.UNANSWERABLE] >= 30, name
        assert counted[Kind.FOLLOWUP] >= 6, name
        assert counted[Kind.MULTI] >= 4, name


def test_every_topic_is_asked_about_ten_times(bank: tuple[BankQuestion, ...], shipped_library: Library) -> None:
    asked: Counter[tuple[str, str]] = Counter()
    heading_of = {
        (article.id, article.quote(sentence.span)): section.heading
        for article in shipped_library.articles.values()
        for section in article.sections
        for sentence in section.sentences
    }
    for question in bank:
        headings = {
            (name, heading_of[name, quote])
            for name in question.articles
            for group in question.evidence
            for quote in group
            if (name, quote) in heading_of
        }
        asked.update(headings)
    topics = [
        (article.id, section.heading)
        for article in shipped_library.articles.values()
        for section in article.sections
        if section.heading and section.topic != "summary"
    ]
    assert [(topic, asked[topic]) for topic in topics if asked[topic] < 10] == []


def test_the_bank_is_large_enough_in_every_respect(bank: tuple[BankQuestion, ...]) -> None:
    kinds = Counter(question.kind for question in bank)
    splits = Counter(question.split for question in bank)
    on_test = sum(question.kind is Kind.UNANSWERABLE and question.split is Split.TEST for question in bank)
    assert len(bank) >= 11_000
    assert min(splits.values()) >= 1_000
    assert kinds[Kind.GENERAL] >= 150
    assert on_test >= 300
