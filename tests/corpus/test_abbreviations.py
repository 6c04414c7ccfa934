"""A text that defines a short name of a role is read, and asked, by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.abbreviations import with_abbreviations
from corpus.catalogue import shipped_catalogue
from corpus.library import load_library
from corpus.record import library_record, recorded_library

CATALOGUE = shipped_catalogue()
TRAINER, PARTNER, HELPER, SHOOTING = (
    "Riding Trainer",
    "People Growth Partner",
    "Stables Administrator",
    "Head of Lights",
)

PAGE = """# Riding Trainer vs Stables Administrator

The riding trainer (RT) works outdoors. The StabAdmin (stables administrator) stays inside.

## Budget

The RT pays for saddles. The StabAdmin pays for hay.
"""


@pytest.mark.parametrize(
    ("role", "text", "names"),
    [
        (TRAINER, "A riding trainer (RT) works outdoors.", ("RT",)),
        (TRAINER, "An RT (riding trainer) works outdoors.", ("RT",)),
        (TRAINER, "Riding trainers (“RTs” for short) work outdoors.", ("RT",)),
        (PARTNER, "the People Growth Partner (or PGP)", ("PGP",)),
        (SHOOTING, "the head of lights (HoL)", ("HoL",)),  # a small word
        (SHOOTING, "the head of lights (HL)", ("HL",)),  # left out
        (HELPER, "The StabAdmin (stables administrator) stays inside.", ("StabAdmin",)),  # beginnings of words
        (TRAINER, "A riding trainer (BHS) works outdoors.", ()),  # letters of something else
        (TRAINER, "A riding trainer (rt) works outdoors.", ()),  # in small letters: a remark
        (TRAINER, "A riding trainer (Level 3) works outdoors.", ()),
        (TRAINER, "Horses (RT) and a riding trainer", ()),  # beside something else
        ("Intensive Therapist", "the intensive therapist (IT)", ()),  # an ordinary word
        ("Round Editor", "the round editor (RE), re quoted pieces", ()),  # written as a word
    ],
)
def test_letters_that_fit_a_name_beside_them_are_a_name(role: str, text: str, names: tuple[str, ...]) -> None:
    known = with_abbreviations(CATALOGUE, text, [role])
    assert known.roles[role].aliases == names if names else role not in known.roles or not known.roles[role].aliases


def test_a_short_name_that_is_known_already_is_no_new_one() -> None:
    role = next(role for role in CATALOGUE.roles.values() if any(name.isupper() for name in role.aliases))
    short = next(name for name in role.aliases if name.isupper())
    assert with_abbreviations(CATALOGUE, f"the {role.name} ({short})", [role.name]) is CATALOGUE


def test_sentences_with_a_short_name_are_about_its_role(tmp_path: Path) -> None:
    (tmp_path / "riding.md").write_text(PAGE, encoding="utf-8")
    library = load_library([tmp_path])
    article = library.articles["riding"]
    told = {article.quote(one.span): one.roles for one in article.sentences()}
    assert told["The RT pays for saddles."] == (TRAINER,)
    assert told["The StabAdmin pays for hay."] == (HELPER,)
    recorded = recorded_library(library_record(library))
    assert recorded.catalogue.roles[TRAINER] == library.catalogue.roles[TRAINER]
    assert library.catalogue.roles[TRAINER].aliases == ("RT",)
