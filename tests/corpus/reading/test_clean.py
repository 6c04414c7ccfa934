"""What is no part of an article is left out, and said once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading.blocks import Block, BlockKind
from corpus.reading.clean import clean

H, P, LI, C = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CELL


def test_pictures_are_no_part_of_labels_and_of_the_headers_of_a_table() -> None:
    blocks = [
        Block(P, "Small.", label="💰 Budget"),
        Block(C, "🛠 Tools", row="🛠 Tools"),
        Block(C, "🔨", row="🛠 Tools", column="👩‍🍳 Chef"),
    ]
    assert clean(blocks)[0] == (
        Block(P, "Small.", label="Budget"),
        Block(C, "Tools", row="Tools"),
        Block(C, "🔨", row="Tools", column="Chef"),
    )


def kept_and_codes(*blocks: tuple[BlockKind, str]) -> tuple[list[str], list[str]]:
    kept, left_out = clean([Block(kind, text) for kind, text in blocks])
    return [block.text for block in kept], [item.code for item in left_out]


@pytest.mark.parametrize(
    ("blocks", "kept", "codes"),
    [
        # nothing to leave out
        ([(H, "Budget"), (P, "It is small.")], ["Budget", "It is small."], []),
        ([], [], []),
        # teasers in their various endings
        ([(P, "One."), (P, "More about budgets and …")], ["One."], ["truncated-teaser"]),
        ([(P, "One."), (P, "More about budgets and ...")], ["One."], ["truncated-teaser"]),
        ([(P, "One."), (P, "More about budgets and […]")], ["One."], ["truncated-teaser"]),
        ([(P, "One."), (P, "More about budgets … Read more »")], ["One."], ["truncated-teaser"]),
        # an ellipsis in the middle is none
        ([(P, "They plan … and then they act.")], ["They plan … and then they act."], []),
        # a cell may break off
        ([(H, "T"), (C, "one, two, …")], ["T", "one, two, …"], []),
        # a repeated paragraph is kept once and reported once, however often it stands there
        ([(P, "One."), (P, "Two."), (P, "One."), (P, "One.")], ["One.", "Two."], ["repeated-text"]),
        # equal cells are no repetition
        ([(C, "yes"), (C, "yes")], ["yes", "yes"], []),
        # related posts and all after them
        ([(P, "One."), (H, "Related Posts"), (H, "Chef vs Cook"), (P, "A Chef cooks.")], ["One."],
         ["related-posts", "after-related-posts", "after-related-posts"]),
        ([(P, "One."), (H, "You may also like:"), (LI, "Chef vs Cook")], ["One."],
         ["related-posts", "after-related-posts"]),
        ([(P, "One."), (P, "Leave a Reply"), (P, "Nice!")], ["One."], ["related-posts", "after-related-posts"]),
        ([(P, "One."), (H, "🔗 Related Posts"), (LI, "Chef vs Cook")], ["One."],
         ["related-posts", "after-related-posts"]),
        ([(P, "One."), (P, "→ See also:"), (LI, "Chef vs Cook")], ["One."], ["related-posts", "after-related-posts"]),
        # before the article has begun, or as a link within it, such a line ends nothing
        ([(H, "T"), (P, "Share this:"), (LI, "Facebook"), (LI, "Email"), (H, "Budget"), (P, "One.")],
         ["T", "Budget", "One."], ["share-bar", "share-bar", "share-bar"]),
        ([(P, "Read more"), (LI, "Chef vs Cook"), (P, "One.")], ["One."], ["share-bar", "share-bar"]),
        ([(P, "One."), (P, "Read more »"), (P, "Two.")], ["One.", "Two."], ["share-bar"]),
        ([(P, "One."), (H, "Share this"), (P, "Copy link"), (H, "Budget"), (P, "Two.")], ["One.", "Budget", "Two."],
         ["share-bar", "share-bar"]),
        ([(P, "One."), (H, "Read more"), (H, "Chef vs Cook"), (P, "A Chef cooks.")], ["One."],
         ["related-posts", "after-related-posts", "after-related-posts"]),
        # what the page says of itself
        ([(H, "Budget"), (P, "Reading time: 4 minutes"), (P, "It is small.")], ["Budget", "It is small."], ["byline"]),
        # pictures are no part of a heading
        ([(H, "💰 Money ⚖️"), (P, "1️⃣ It is small ✅")], ["Money", "1️⃣ It is small ✅"], []),
        ([(H, "1️⃣ Money"), (P, "It is small.")], ["Money", "It is small."], []),
        # words of a related-posts line inside a sentence
        ([(P, "Related posts report to the director.")], ["Related posts report to the director."], []),
        # a heading that stands again beside itself once what parted them is left out
        ([(H, "A"), (H, "B"), (H, "A"), (H, "B"), (P, "One.")], ["A", "B", "One."], ["repeated-text", "repeated-text"]),
        # a heading with nothing under it at the end
        ([(P, "One."), (H, "Budget")], ["One."], []),
    ],
)  # fmt: skip
def test_only_the_article_is_kept(blocks: list[tuple[BlockKind, str]], kept: list[str], codes: list[str]) -> None:
    assert kept_and_codes(*blocks) == (kept, codes)


@given(st.lists(st.builds(Block, st.sampled_from(BlockKind), st.sampled_from(["a.", "b …", "Related Posts", "c"]))))
def test_what_is_kept_stands_in_its_order_and_cleaning_again_leaves_nothing_out(blocks: list[Block]) -> None:
    kept, _ = clean(blocks)
    rest = iter(blocks)
    assert all(block in rest for block in kept)
    assert clean(kept) == (kept, ())
