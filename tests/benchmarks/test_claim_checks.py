"""How often the checks are wrong, on statements written by hand. `pytest -s` prints the figures.

A row of tests/data/claims/*.jsonl holds a claim, the roles it is about, and the sentence that it cites. Its half says
when it was written: `development` before the checks, `second` before they were measured on it for the first time and
mended with what that showed, `held out` last, and nothing was changed after the checks were run on it.
"""

from __future__ import annotations

from typing import Any

import pytest

from assistant.answer import Citation, Verdict
from assistant.checks.naming import Naming
from assistant.claims import verdict
from corpus.library import SHIPPED_ARTICLES, Library, load_library
from tests.assistant.measuring import CHECKS, Share, place, rows, share

HALVES = ("development", "second", "held out")
CHANGES = ("number", "quantifier", "modality", "comparative", "name")  # "content": another word that no rule knows


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped articles, and two of other domains that nothing was tuned on."""
    return load_library([SHIPPED_ARTICLES, CHECKS / "articles"])


@pytest.fixture(scope="module")
def naming(library: Library) -> Naming:
    return Naming(library.catalogue)


def accepted(library: Library, naming: Naming, row: dict[str, Any]) -> bool:
    cited = Citation(*place(library, row["article"], row["quote"]))
    found = verdict(row["claim"], row["roles"], [cited], naming)
    return found in (Verdict.SUPPORTED, Verdict.PARTLY_SUPPORTED)


def measured(library: Library, naming: Naming, name: str, half: str, changes: tuple[str, ...] = ()) -> Share:
    chosen = [row for row in rows(name) if row["half"] == half and (not changes or row["change"] in changes)]
    found = share(accepted(library, naming, row) for row in chosen)
    print(f"{name} {' '.join(changes)} ({half}): accepted {found}")
    return found


@pytest.mark.parametrize("half", HALVES)
def test_few_true_claims_in_other_words_are_turned_down(library: Library, naming: Naming, half: str) -> None:
    assert 1 - measured(library, naming, "true", half).value <= 0.05


@pytest.mark.parametrize("half", HALVES)
def test_hardly_any_claim_about_another_role_is_accepted(library: Library, naming: Naming, half: str) -> None:
    assert measured(library, naming, "swapped", half).value <= 0.02


@pytest.mark.parametrize("half", HALVES)
def test_hardly_any_flipped_negation_is_accepted(library: Library, naming: Naming, half: str) -> None:
    assert measured(library, naming, "negated", half).value <= 0.02


@pytest.mark.parametrize("half", HALVES)
def test_hardly_any_changed_number_or_quantity_is_accepted(library: Library, naming: Naming, half: str) -> None:
    for change in CHANGES:
        measured(library, naming, "changed", half, (change,))
    assert measured(library, naming, "changed", half, CHANGES).value <= 0.02


@pytest.mark.parametrize("half", HALVES)
def test_other_changed_words_are_mostly_noticed(library: Library, naming: Naming, half: str) -> None:
    assert measured(library, naming, "changed", half, ("content",)).value <= 0.2
