"""Ask whom a question is about that leaves it open, and offer the question as it would be for each of some roles."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.evidence import Found
from assistant.headings import asking
from assistant.offer import Offer
from assistant.question import Choice, Question
from assistant.rewording import about, in_place
from assistant.unsettled import Unsettled, settled_by, unsettled
from corpus.library import Library
from corpus.words import words

_FEW = 2
_LISTED = 3  # as many as an answer suggests
_POSSESSIVE = re.compile(r"['’]s?$")
# A question that quotes the one before it, which named nobody for certain.
_RECALLED = re.compile(r"(?P<asked>.+), as in “(?P<before>.+)”\?", re.S)


def offer_for(question: Question, library: Library, gather: Callable[[Question], Found]) -> Offer | None:
    """Return what is offered to whoever leaves open whom a question is about; None when it is settled."""
    if question.choice:
        return which_of(question, question.choice)
    choice = unsettled(question, library)
    return whose(question, choice) if choice and not settled_by(gather(question), choice) else None


def which_of(question: Question, choice: Choice) -> Offer:
    """Ask which of several roles is meant by one name."""
    bare = _POSSESSIVE.sub("", choice.name)
    any_of = "either" if len(choice.roles) == _FEW else "any of them"
    said = f"Did you mean {' or '.join(choice.roles)}? “{bare}” can stand for {any_of}."
    asked = tuple(_asked_of(question.text, choice.name, (role,)) for role in choice.roles)
    together = _asked_of(question.text, choice.name, choice.roles)
    return Offer(said, asked, tuple(zip(choice.roles, asked, strict=True)), together)


def whose(question: Question, choice: Unsettled) -> Offer:
    """Ask whom a question is about that names nobody."""
    some = choice.articles[:_LISTED]
    if choice.topic:
        asked = [(one, next(part for part in one.sections if part.topic == choice.topic)) for one in some]
        listed = tuple(asking(article, section.heading) for article, section in asked)
        about_some = f"{len(choice.articles)} articles treat {choice.topic}, for example those on the "
        named = "; the ".join(" and the ".join(article.roles[:2]) for article in some)
    else:
        listed = tuple(f"What does the {role} do?" for role in choice.roles[:_LISTED])
        about_some, named = "The articles treat, for example, the ", ", the ".join(choice.roles[:_LISTED])
    by_role = tuple((role, _asked_for(question, choice, role)) for role in choice.roles)
    return Offer(f"Which roles do you mean? {about_some}{named}.", listed, by_role)


def _asked_of(text: str, name: str, roles: tuple[str, ...]) -> str:
    """Return a question with roles in the place of a name; one that only quotes the name is asked about them."""
    recalled = _RECALLED.fullmatch(text)
    if recalled and name in recalled["before"] and name not in recalled["asked"]:
        return about(recalled["asked"], roles)
    written = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
    return in_place(text, written.start(), written.end(), roles) if written else about(text, roles)


def _asked_for(question: Question, choice: Unsettled, role: str) -> str:
    """Return a question that names nobody, or a mere title, as it is asked about a role."""
    if not question.topics:
        return f"What does the {role} do?"
    titles = [word for word in words(question.text) if word.form in choice.titles]
    return in_place(question.text, titles[0].start, titles[0].end, (role,)) if titles else about(question.text, (role,))
