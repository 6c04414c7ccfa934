"""A vector store that fails is stood in for by exact search, at once and for as long as it fails."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from corpus.chunks import Chunk
from index.exact import ExactVectors
from index.gates import check_store
from index.hits import OutOfReachError, SearchError, Vectors
from index.steady import SteadyStore

IDS = [f"article#s{number}" for number in range(300)]
_ROWS = np.random.default_rng(5).normal(size=(len(IDS), 16)).astype(np.float32)
VECTORS: Vectors = _ROWS / np.linalg.norm(_ROWS, axis=1, keepdims=True)
BEST = ExactVectors(IDS, VECTORS).nearest(VECTORS[7], 5)
AWAY = OutOfReachError("Chroma at http://chroma:8000 cannot be reached")
PAUSE = 0.01


@dataclass
class FailingStore:
    """A store that does as told, and notes how often it was asked."""

    held: ExactVectors = field(default_factory=lambda: ExactVectors(IDS, VECTORS))
    failure: SearchError | None = None
    asked: int = 0
    closed: bool = False

    def ids(self) -> set[str]:
        return self.held.ids()

    def count(self) -> int:
        return len(self._answering().ids())

    def nearest(self, vector: Vectors, limit: int) -> Sequence[tuple[str, float]]:
        self.asked += 1
        return self._answering().nearest(vector, limit)

    def nearest_to_each(self, vectors: Vectors, limit: int) -> Sequence[Sequence[tuple[str, float]]]:
        return self._answering().nearest_to_each(vectors, limit)

    def close(self) -> None:
        self.closed = True

    def _answering(self) -> ExactVectors:
        if self.failure:
            raise self.failure
        return self.held


def back(steady: SteadyStore, store: FailingStore) -> bool:
    """Wait until questions go to the store again."""
    for _ in range(500):
        before = store.asked
        assert steady.nearest(VECTORS[7], 5) == BEST
        if store.asked > before:
            return True
        time.sleep(PAUSE)
    return False


def test_while_the_store_answers_it_is_asked(caplog: pytest.LogCaptureFixture) -> None:
    store = FailingStore()
    steady = SteadyStore(store, IDS, VECTORS)
    assert steady.nearest(VECTORS[7], 5) == BEST
    assert (store.asked, steady.count(), steady.is_lost(), caplog.messages) == (1, 300, False, [])
    steady.close()
    assert store.closed


@pytest.mark.parametrize(("failure", "lost"), [(AWAY, False), (SearchError("There is no such collection"), True)])
def test_one_question_fails_it_then_it_is_let_be_until_it_is_back(
    caplog: pytest.LogCaptureFixture, failure: SearchError, lost: bool
) -> None:
    store = FailingStore()
    steady = SteadyStore(store, IDS, VECTORS, PAUSE)
    store.failure = failure
    for _ in range(50):
        assert steady.nearest(VECTORS[7], 5) == BEST
    assert (store.asked, steady.is_lost()) == (1, lost)
    assert caplog.messages == [f"{failure}. Until it is back, answers come by exact search."]
    store.failure = None
    assert back(steady, store)
    assert not steady.is_lost()
    assert caplog.messages[1:] == ["The vector store is back and answers again."]
    steady.close()


def test_a_store_out_of_reach_at_the_start_is_waited_for() -> None:
    store = FailingStore(failure=AWAY)
    steady = SteadyStore(store, IDS, VECTORS, PAUSE)
    assert steady.nearest(VECTORS[7], 5) == BEST
    assert store.asked == 0
    store.failure = None
    assert back(steady, store)
    steady.close()


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (ExactVectors(IDS[:-1], VECTORS[:-1]), "299 vectors are stored for 300 sentences"),
        (ExactVectors(IDS, np.roll(VECTORS, 16)), r"6\d of 64 vectors are not found by themselves"),
        (ExactVectors(IDS, np.where(np.arange(300)[:, None] % 10, VECTORS, -VECTORS)), r"of 64 vectors are not found"),
    ],
)
def test_a_store_that_holds_something_else_is_refused_at_the_start_and_not_taken_back(
    held: ExactVectors, said: str
) -> None:
    with pytest.raises(SearchError, match=said):
        SteadyStore(FailingStore(held), IDS, VECTORS)
    store = FailingStore()
    steady = SteadyStore(store, IDS, VECTORS, PAUSE)
    store.failure = AWAY
    steady.nearest(VECTORS[7], 5)
    store.held, store.failure = held, None
    time.sleep(10 * PAUSE)
    assert steady.nearest(VECTORS[7], 5) == BEST
    assert (store.asked, steady.is_lost()) == (1, True)
    steady.close()


@pytest.mark.parametrize("held", [ExactVectors(["other", *IDS[1:]], VECTORS), ExactVectors([], VECTORS[:0])])
def test_a_store_that_answers_with_what_it_was_not_given_is_not_believed(held: ExactVectors) -> None:
    store = FailingStore()
    steady = SteadyStore(store, IDS, VECTORS)
    store.held = held
    assert steady.nearest(VECTORS[0], 5)[0][0] == IDS[0]
    assert steady.is_lost()
    steady.close()


MANY = 10_000
MANY_IDS = [f"article#s{number}" for number in range(MANY)]


def unit(rows: Vectors) -> Vectors:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def store_that_lost(rows: Sequence[int], vectors: Vectors) -> FailingStore:
    held = vectors.copy()
    held[list(rows)] *= -1
    return FailingStore(ExactVectors([f"article#s{number}" for number in range(len(vectors))], held))


def tried(number: int) -> list[int]:
    """Return so many of the 128 rows that are tried of 10,000."""
    return np.linspace(0, MANY - 1, 128).astype(int)[5 : 5 + number].tolist()


@pytest.fixture(scope="module")
def many() -> Vectors:
    return unit(np.random.default_rng(6).normal(size=(MANY, 16)))


def test_of_many_vectors_as_few_may_be_lost_as_the_gates_let_pass(many: Vectors) -> None:
    lost = [*tried(3), *range(1000, 1007)]
    store = store_that_lost(lost, many)
    check_store(store, [Chunk(name, "article", 0, 0, name) for name in MANY_IDS], many)
    steady = SteadyStore(store, MANY_IDS, many)
    assert steady.nearest(many[7], 1)[0][0] == "article#s7"
    assert store.asked == 1
    steady.close()


@pytest.mark.parametrize("rows", [tried(4), range(0, MANY, 10)])
def test_of_many_vectors_no_more_may_be_lost(many: Vectors, rows: Sequence[int]) -> None:
    with pytest.raises(SearchError, match=r"\d+ of 128 vectors are not found by themselves"):
        SteadyStore(store_that_lost(rows, many), MANY_IDS, many)


def test_of_few_vectors_none_may_be_lost() -> None:
    with pytest.raises(SearchError, match="1 of 64 vectors are not found by themselves"):
        SteadyStore(store_that_lost([0], VECTORS), IDS, VECTORS)
