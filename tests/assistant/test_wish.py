"""A message may want something of the answer before it; the self-contained question says what."""

from __future__ import annotations

import pytest

from assistant.wish import Wants, Wish, unworded, wish_of

ASKED = "What does a head chef do?"


@pytest.mark.parametrize(
    ("wants", "messages"),
    [
        (Wants.MORE, ["What else?", "more details", "Tell me more about that", "Anything else?", "Is that all?"]),
        (Wants.MORE, ["anything else on that?", "what else does he do?", "What else is she responsible for?"]),
        (Wants.SHORTER, ["shorter please", "that's too long", "In one sentence?", "tl;dr", "Can you summarise that?"]),
        (Wants.SOURCE, ["In which article does it say that?", "Which page says so?", "Is that always so?"]),
        (Wants.REASON, ["Why?", "why not", "Why is that so?", "how come?", "What's the reason for that?"]),
        (Wants.SOURCE, ["Are you sure?", "Where does it say that?", "really?", "What do you mean by that?"]),
    ],
)  # fmt: skip
def test_what_is_wanted_is_told_by_the_whole_message(wants: Wants, messages: list[str]) -> None:
    assert [wish_of(message) for message in messages] == [Wish(wants)] * len(messages)


@pytest.mark.parametrize(
    "message",
    [
        "What else do they order?",
        "Why does she train cooks?",
        "Who is sure?",
        "How short is the shift?",
        "and the line?",
        "Which articles are there?",
        "Which page says who trains cooks?",
        "",
        "menu",
    ],
)
def test_a_question_of_its_own_wants_nothing_of_the_last_answer(message: str) -> None:
    assert wish_of(message) is None


@pytest.mark.parametrize("wish", [Wish(Wants.MORE), Wish(Wants.MORE, 3), Wish(Wants.SHORTER), Wish(Wants.REASON)])
def test_a_wish_is_read_as_it_is_worded(wish: Wish) -> None:
    assert unworded(wish.worded(ASKED)) == (ASKED, wish)


def test_whoever_asks_for_the_source_asks_the_same_again() -> None:
    assert Wish(Wants.SOURCE).worded(ASKED) == ASKED
    assert unworded(ASKED) == (ASKED, None)
