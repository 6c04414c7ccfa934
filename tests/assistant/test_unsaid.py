"""What a sentence says of one role settles it for the other when its wording sets them against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Evidence
from assistant.question import QuestionReader
from assistant.unsaid import missing_roles
from tests.small import library_of

PAGE = """---
title: "Porter vs Florist"
roles: [Porter, Florist]
---

## Keys

{sentence}
"""


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("The Porter alone may open the vault.", ()),
        ("Only the Porter may open the vault.", ()),
        ("Opening the vault is reserved for the Porter.", ()),
        ("The Porter has the larger bunch of keys.", ()),
        ("The Porter opens the vault and never the other.", ()),
        ("Unlike the Florist, the Porter opens the vault.", ()),
        ("The Porter carries more keys than the Florist.", ()),
        # of the porter, and of nobody else
        ("The Porter opens the vault.", ("Florist",)),
        ("The Porter opens only the vault.", ("Florist",)),
        ("The Porter opens one door after the other door.", ("Florist",)),
        ("The Porter opens the vault alone at night.", ("Florist",)),
    ],
)
def test_a_role_set_against_the_other_is_not_missing(tmp_path: Path, sentence: str, missing: tuple[str, ...]) -> None:
    library = library_of(tmp_path, {"porter-vs-florist": PAGE.format(sentence=sentence)})
    (article,) = library.articles.values()
    (section,) = (section for section in article.sections if section.heading == "Keys")
    cited = [Evidence(article, section, one, 0.9) for one in section.sentences]
    question = QuestionReader(library).read(["Do the porter and the florist open the vault?"])
    assert missing_roles(question, cited, library.catalogue) == missing
