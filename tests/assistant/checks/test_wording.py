"""What a negation, a "may", a "most" or a "less" reaches, and where a clause ends."""

from __future__ import annotations

import pytest

from assistant.checks.items import Wording
from assistant.checks.naming import Naming
from assistant.checks.wording import read
from assistant.checks.words import Kind, lemma
from corpus.library import Library
from tests.small import OPERATIONS


@pytest.fixture(scope="module")
def naming(small_library: Library) -> Naming:
    return Naming(small_library.catalogue)


def wording(library: Library, naming: Naming, text: str) -> Wording:
    return read(text, naming.around(library.articles[OPERATIONS]))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("She does not sign the plan and writes reports.", {"sign", "plan"}),
        ("She can grow without managing anybody.", {"manage"}),
        ("She signs plans nobody reads.", {"read"}),
        ("She leads nobody.", {"lead"}),
        ("Delivery shines and profit does not.", {"profit"}),
        ("She seldom signs plans.", {"sign", "plan"}),
        ("She can't sign plans.", {"sign", "plan"}),
        ("She signs plans.", set()),
    ],
)
def test_a_negation_reaches_to_the_end_of_its_part(
    small_library: Library, naming: Naming, text: str, denied: set[str]
) -> None:
    assert {item.value for item in wording(small_library, naming, text).content() if item.denied} == denied


@pytest.mark.parametrize(
    ("text", "kind", "value", "over"),
    [
        ("Most of the systems fail.", Kind.QUANTITY, "most", ("system", "fail")),
        ("She may object and has answers.", Kind.MODAL, "may", ("object",)),
        ("She has to object.", Kind.MODAL, "must", ("object",)),
        ("As a rule she objects.", Kind.FREQUENCY, "usually", ("object",)),
    ],
)
def test_limiting_words_reach_what_they_limit(
    small_library: Library, naming: Naming, text: str, kind: Kind, value: str, over: tuple[str, ...]
) -> None:
    (scope,) = wording(small_library, naming, text).limits(kind)
    assert (scope.by.value, tuple(item.value for item in scope.over)) == (value, over)


def test_less_lowers_what_stands_after_it(small_library: Library, naming: Naming) -> None:
    read_items = wording(small_library, naming, "She needs less depth: more breadth.").content()
    assert {item.value: item.degree for item in read_items} == {"need": 0, "depth": -1, "breadth": 1}


def test_each_part_that_speaks_of_another_role_is_a_clause(small_library: Library, naming: Naming) -> None:
    text = "The Operations Manager signs, the Production Manager reads, and rain falls; the former leads."
    assert len(wording(small_library, naming, text).clauses) >= 4


def test_roles_are_found_by_their_short_and_other_names(small_library: Library, naming: Naming) -> None:
    found = wording(small_library, naming, "The ops manager is helped by the Head Chef.").named()
    assert [(item.roles, item.kind, item.acts) for item in found] == [
        (("Operations Manager",), Kind.ROLE, False),
        (("Head Chef",), Kind.CONTENT, True),
    ]


@pytest.mark.parametrize(("word", "base"), [("fixes", "fix"), ("drawn", "draw"), ("larger", "large")])
def test_words_are_compared_in_their_base_form(word: str, base: str) -> None:
    assert lemma(word) == base
