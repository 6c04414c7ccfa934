"""A question whether one does two things is two questions; a further object of the same verb makes none."""

from __future__ import annotations

import pytest

from assistant.coordination import predicates, topics_of_both


@pytest.mark.parametrize(
    ("asked", "first", "second"),
    [
        ("Does the cook | plan the menu and also buy fish?", "plan the menu", "buy fish"),
        ("Does the cook | write menus and train juniors as well?", "write menus", "train juniors"),
        ("May the cook | swap shifts and grant a day off?", "swap shifts", "grant a day off"),
        ("Is it the cook | who buys fish and signs the bill?", "who buys fish", "who signs the bill"),
        ("Is the cook | in charge of the menu and of the bill?", "in charge of the menu", "in charge of the bill"),
        ("Is the cook | in charge of both menus and bills?", "in charge of menus", "in charge of bills"),
    ],
)
def test_two_things_asked_of_one_subject_are_two_questions(asked: str, first: str, second: str) -> None:
    head, rest = asked.split(" | ")
    assert predicates(f"{head} {rest}", len(head)) == (f"{head} {first}?", f"{head} {second}?")


@pytest.mark.parametrize(
    "asked",
    [
        "Does the cook | buy fish and vegetables?",
        "Does the cook | buy fish and ?",
        "Does the cook | and ?",
        "Does the cook | and also buy fish?",
        "Does the cook | buy fish and the vegetables?",
        "Does the cook | buy fish and meats from the market?",
        "Does the cook | buy fish, and clean it, and also fry it?",
        "What does the cook | buy and also fry?",
    ],
)
def test_what_may_be_one_thing_stays_one_question(asked: str) -> None:
    head, rest = asked.split(" | ")
    assert predicates(f"{head} {rest}", len(head)) == ()


@pytest.mark.parametrize(
    ("asked", "each"),
    [
        ("Menus and the till: is it the cook for both?", ("Menus: is it the cook?", "the till: is it the cook?")),
        ("Menus and bills, are both with the cook?", ("Menus: are with the cook?", "bills: are with the cook?")),
        ("Menus and bills: who writes them?", ()),
        ("Are both cooks at home?", ()),
    ],
)
def test_what_is_asked_of_both_is_asked_of_each(asked: str, each: tuple[str, ...]) -> None:
    assert topics_of_both(asked) == each
