"""Who asks what there is gets a list of it; who asks about the work of a role does not."""

from __future__ import annotations

import pytest

from assistant.chat import Assistant
from assistant.listing import Listing
from corpus.library import Library


@pytest.mark.parametrize(
    "message",
    ["Which roles do you know?", "List all roles", "which jobs can I ask about?", "What professions are there?"],
)
def test_the_roles_are_listed(small_library: Library, message: str) -> None:
    said = Listing(small_library).reply_to(message, ())
    assert said is not None
    assert all(role in said for role in small_library.roles())
    assert "/articles" in said


@pytest.mark.parametrize("message", ["show me all articles", "How many articles do you have?", "articles"])
def test_the_articles_are_listed(small_library: Library, message: str) -> None:
    said = Listing(small_library).reply_to(message, ())
    assert said is not None
    assert all(article.title in said for article in small_library.articles.values())


def test_the_topics_are_listed(small_library: Library) -> None:
    assert "budget and money" in (Listing(small_library).reply_to("Which topics are there?", ()) or "")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("With which roles is the head chef compared?", "The articles compare the Head Chef with: Sous Chef."),
        ("Do you have anything on the head chef?", "The articles on this are: “Head Chef vs Sous Chef"),
        ("How old is the article about the head chef?", "The articles on this are: “Head Chef vs Sous Chef"),
        ("Which articles do you have about chefs?", "The articles on this are: “Head Chef vs Sous Chef"),
    ],
)
def test_a_list_is_about_what_is_named(small_assistant: Assistant, message: str, said: str) -> None:
    assert small_assistant.answer([message]).message.startswith(said)


@pytest.mark.parametrize(
    "message",
    [
        "Which role has the bigger budget?",
        "What are the topics of their meetings?",
        "Who knows all jobs in the kitchen?",
        "Which articles do you have about zebras?",  # nothing to list
        "How many jobs does the head chef have?",
        "Why do roles exist?",
    ],
)
def test_a_question_asks_for_no_list(small_library: Library, message: str) -> None:
    assert Listing(small_library).reply_to(message, ()) is None


def test_all_roles_are_listed_whatever_was_spoken_of_before(small_library: Library) -> None:
    spoken_of = small_library.roles()[:2]
    alone, later = (Listing(small_library).reply_to("Which roles do you know?", roles) for roles in ((), spoken_of))
    assert alone == later is not None
