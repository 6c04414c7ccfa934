"""What a sentence says of one side only beside the sentence before it is cited with that one, and not called unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Evidence
from assistant.candidates import Candidate
from assistant.leaning import leaning
from assistant.question import QuestionReader
from corpus.chunks import chunks_of
from index.hits import Hit
from tests.small import library_of

FIRST = "The Porter carries the keys of every floor."


def said_of_the_other_side(folder: Path, follows: str, question: str = "Does the waiter carry keys?") -> list[str]:
    """Return what is cited besides the first sentence of an article, which the second one follows."""
    page = f"# Porter vs Waiter\n\n## Keys\n\n{FIRST} {follows}\n"
    library = library_of(folder, {"porter-vs-waiter": page})
    (article,) = library.articles.values()
    by_number = {sentence.number: (section, sentence) for section in article.sections for sentence in section.sentences}
    found = [
        Candidate(Evidence(article, *by_number[chunk.sentence], 0.5), Hit(chunk, 0.5, 0.5))
        for chunk in chunks_of(article)
    ]
    asked = QuestionReader(library).read([question])
    return [article.quote(one.evidence.sentence.span) for one in leaning(asked, found[:1], found)]


@pytest.mark.parametrize(
    "follows",
    [
        "The Waiter has none.",
        "The Waiter, who is never alone upstairs, does not.",
        "The Waiter sees perhaps two.",
        "Of the Waiter, who comes later and leaves earlier, one may expect the same.",
    ],
)
def test_a_sentence_that_leaves_out_what_stands_before_it_is_cited_with_it(tmp_path: Path, follows: str) -> None:
    assert said_of_the_other_side(tmp_path, follows) == [follows]


@pytest.mark.parametrize(
    ("follows", "question"),
    [
        ("The Waiter folds the napkins before the first guest comes.", "Does the waiter carry keys?"),  # complete
        ("The Waiter has none.", "Does the porter carry keys?"),  # of a side that is not asked for
        ("The Waiter has none.", "Who carries keys?"),
        ("He has none.", "Does the waiter carry keys?"),  # of the same side
    ],
)
def test_nothing_else_is(tmp_path: Path, follows: str, question: str) -> None:
    assert said_of_the_other_side(tmp_path, follows, question) == []
