"""A claim is kept only when its cited sentences say it, and say it of its roles."""

from __future__ import annotations

import pytest

from assistant.answer import Citation, Claim, Verdict
from assistant.checks.naming import Naming
from assistant.claims import supported, verdict
from corpus.library import Library
from tests.assistant.pieces import BOTH, BUDGET, CREW, MONEY, SOFTWARE, TEAMS, article_saying, citation, claim

OPERATIONS, PRODUCTION = "Operations Manager", "Production Manager"
SENTENCE = "The Operations Manager holds the larger budget, which spans several departments."


def test_what_the_sentence_says_is_kept(small_library: Library) -> None:
    kept = (claim(small_library, BUDGET), claim(small_library, MONEY), claim(small_library, BOTH))
    assert supported(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE.replace("larger", "smaller"),  # another word
        SENTENCE + " Really.",  # more
        SENTENCE.removesuffix("."),  # less
        SENTENCE.upper(),  # louder
        "The Production Manager handles money for production only.",  # another sentence of the section
    ],
)
def test_other_words_than_those_of_the_sentence_are_dropped(small_library: Library, text: str) -> None:
    assert supported([claim(small_library, BUDGET, text=text)]) == ()


@pytest.mark.parametrize("roles", [(PRODUCTION,), (OPERATIONS, PRODUCTION), ("Head Chef",)])
def test_a_true_sentence_is_not_said_of_another_role(small_library: Library, roles: tuple[str, ...]) -> None:
    assert supported([claim(small_library, BUDGET, roles=roles)]) == ()


@pytest.mark.parametrize("roles", [(OPERATIONS,), (PRODUCTION,), (OPERATIONS, PRODUCTION)])
def test_a_sentence_about_both_may_be_said_of_either(small_library: Library, roles: tuple[str, ...]) -> None:
    kept = claim(small_library, BOTH, roles=roles)
    assert supported([kept]) == (kept,)


def test_one_citation_that_says_something_else_drops_the_claim(small_library: Library) -> None:
    both = (citation(small_library, BUDGET), citation(small_library, TEAMS))
    assert supported([claim(small_library, BUDGET, citations=both)]) == ()


def test_a_claim_that_fails_takes_no_other_with_it(small_library: Library) -> None:
    good, bad = claim(small_library, BUDGET), claim(small_library, MONEY, text="Nothing.")
    assert supported([bad, good, bad]) == (good,)


def test_a_line_break_inside_a_sentence_is_no_other_word() -> None:
    article = article_saying("Bread\n  rises\tslowly.")
    section = article.sections[0]
    cited = Citation(article, section, section.sentences[0])
    kept = Claim("Bread rises slowly.", article.roles, None, Verdict.SUPPORTED, (cited,))
    assert supported([kept]) == (kept,)


@pytest.fixture(scope="module")
def naming(small_library: Library) -> Naming:
    return Naming(small_library.catalogue)


@pytest.mark.parametrize(
    ("text", "roles", "words", "expected"),
    [
        ("The larger budget is held by the Operations Manager.", (OPERATIONS,), BUDGET, Verdict.SUPPORTED),
        ("The ops manager's budget is the larger one.", (OPERATIONS,), BUDGET, Verdict.SUPPORTED),
        ("They hold the larger budget.", (OPERATIONS,), BUDGET, Verdict.SUPPORTED),
        ("The Operations Manager holds the smaller budget.", (OPERATIONS,), BUDGET, Verdict.CONTRADICTED),
        ("The Operations Manager does not hold the larger budget.", (OPERATIONS,), BUDGET, Verdict.CONTRADICTED),
        ("The Production Manager leads two crews.", (PRODUCTION,), CREW, Verdict.CONTRADICTED),
        ("The Production Manager handles money for production.", (PRODUCTION,), MONEY, Verdict.PARTLY_SUPPORTED),
        ("The Operations Manager leads all teams across the company.", (OPERATIONS,), TEAMS, None),  # several
        ("The Operations Manager must choose the software.", (OPERATIONS,), SOFTWARE, None),
        ("The Production Manager holds the larger budget.", (PRODUCTION,), BUDGET, None),  # another role
        ("The Production Manager holds the larger budget.", (OPERATIONS,), BUDGET, None),  # another role in the words
        ("The Operations Manager hires and fires in Berlin.", (OPERATIONS,), BUDGET, None),  # not said
    ],
)
def test_a_claim_in_other_words_is_judged(
    small_library: Library, naming: Naming, text: str, roles: tuple[str, ...], words: str, expected: Verdict | None
) -> None:
    assert verdict(text, roles, [citation(small_library, words)], naming) is expected


def test_the_sentence_itself_is_supported(small_library: Library, naming: Naming) -> None:
    cited = citation(small_library, BUDGET)
    assert verdict(SENTENCE, (OPERATIONS,), [cited], naming) is Verdict.SUPPORTED


def test_what_one_citation_contradicts_is_not_supported_by_another(small_library: Library, naming: Naming) -> None:
    cited = [citation(small_library, TEAMS), citation(small_library, BUDGET)]
    text = "The Operations Manager holds the smaller budget."
    assert verdict(text, (OPERATIONS,), cited, naming) is Verdict.CONTRADICTED


def test_a_claim_without_roles_or_citations_cannot_be_judged(small_library: Library, naming: Naming) -> None:
    for roles, cited in [((), [citation(small_library, BUDGET)]), ((OPERATIONS,), [])]:
        with pytest.raises(ValueError, match="needs roles and a citation"):
            verdict(SENTENCE, roles, cited, naming)
