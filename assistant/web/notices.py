"""What the chat says about itself: what it knows, what not, what is kept of a conversation and who sees it."""

from __future__ import annotations

from corpus.library import Library


def about(library: Library) -> str:
    """Return the heading of the page and the line under it, as Markdown."""
    articles, roles = len(library.articles), len(library.roles())
    counted = "one article" if articles == 1 else f"{articles:,} articles"
    return (
        f"# Rolewise\n\nI answer questions about {roles:,} job roles, only from [{counted}](articles), "
        "and cite the exact sentence for every statement."
    )


START = (
    "## What would you like to know?\n\nEvery statement comes with the sentence it rests on. "
    "Your company’s own posts, people and pay are not in the articles."
)


def what_is_kept(days: int) -> str:
    """Return the line under the box, as Markdown. Answers stay on record for `days` days; 0 means none is kept."""
    if not days:
        kept = "Your questions are not kept."
    else:
        time = "a day" if days == 1 else f"{days:,} days"
        kept = f"Questions are kept for {time}, without your name, and seen by reviewers."
    return f"{kept} [More and help](help)"
