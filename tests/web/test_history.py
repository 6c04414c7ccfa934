from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as some

from assistant.web.history import Conversations, Exchange


def exchange(text: str, reply: str = "yes") -> Exchange:
    return Exchange(text, reply)


def test_a_conversation_is_kept_in_order_and_apart_from_others() -> None:
    kept = Conversations()
    kept.add("a", exchange("1"))
    kept.add("b", exchange("x"))
    assert kept.add("a", exchange("2")) == kept.exchanges("a") == (exchange("1"), exchange("2"))
    assert kept.exchanges("b") == (exchange("x"),)
    assert kept.exchanges("nobody") == ()


def test_only_the_last_turns_are_kept() -> None:
    kept = Conversations(turns=3)
    for number in range(5):
        kept.add("a", exchange(str(number)))
    assert [one.question for one in kept.exchanges("a")] == ["2", "3", "4"]


def test_the_conversation_that_was_silent_longest_goes_first() -> None:
    kept = Conversations(limit=2)
    for key in ("a", "b", "a", "c"):
        kept.add(key, exchange(key))
    assert [len(kept.exchanges(key)) for key in ("a", "b", "c")] == [2, 0, 1]


def test_a_conversation_can_be_ended() -> None:
    kept = Conversations()
    kept.add("a", exchange("1"))
    kept.forget("a")
    kept.forget("a")
    assert kept.exchanges("a") == ()
    assert len(kept) == 0


def test_a_question_waits_until_it_is_settled_or_given_up() -> None:
    kept = Conversations()
    first, second = kept.ask("a", "1"), kept.ask("a", "2")
    assert kept.waiting("a") == ("1", "2")
    kept.settle("a", first)
    assert [kept.expects("a", ticket) for ticket in (first, second)] == [False, True]
    assert kept.stop("a") == "2"
    assert kept.stop("a") == ""
    assert not kept.expects("a", second)
    third = kept.ask("a", "3")
    kept.forget("a")
    assert not kept.expects("a", third)
    kept.settle("a", third)
    assert kept.waiting("a") == ()


def test_an_answer_is_found_in_its_own_conversation_alone() -> None:
    kept = Conversations()
    kept.add("a", Exchange("q", "r", answer={"id": "x"}))
    kept.add("a", Exchange("q", "r"))
    found = kept.exchange("a", "x")
    assert found is not None
    assert found.up is None
    kept.judge("a", "x", up=True)
    kept.judge("b", "x", up=True)
    assert [one.up for one in kept.exchanges("a")] == [True, None]
    assert kept.exchange("b", "x") is None
    assert kept.exchange("a", "") is None
    assert len(kept) == 1


@given(some.lists(some.tuples(some.sampled_from("abcdef"), some.integers(0, 30)), max_size=60))
def test_memory_stays_bounded_whatever_is_said(said: list[tuple[str, int]]) -> None:
    kept = Conversations(limit=4, turns=3, characters=100)
    for key, length in said:
        kept.add(key, exchange("q", "r" * length))
        sizes = [sum(one.size for one in kept.exchanges(name)) for name in "abcdef"]
        assert len(kept) <= 4
        assert len(kept) == 1 or sum(sizes) <= 100
        assert kept.exchanges(key)


def test_many_threads_lose_nothing() -> None:
    kept = Conversations(turns=1000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: kept.add("a", exchange(str(number))), range(400)))
    assert {one.question for one in kept.exchanges("a")} == {str(number) for number in range(400)}
