"""How long a question and a conversation may be, for the command line, batches and the web alike."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_QUESTION = 2_000  # characters; a page of text, far more than any question needs
MOST_TURNS = 20  # messages of one conversation that are read; older ones no longer bear on a follow-up


class LimitError(ValueError):
    """A question that cannot be taken. The message says why and what to do."""


def checked_turns(turns: Sequence[object]) -> tuple[str, ...]:
    """Return the messages if they can be answered; raise LimitError when one is no text, empty or too long."""
    if not turns:
        raise LimitError("There is no question. Ask one, for example: Who has the bigger budget?")
    if len(turns) > MOST_TURNS:
        raise LimitError(f"There are {len(turns)} messages, the limit is {MOST_TURNS}. Send the last ones.")
    return tuple(checked_question(turn) for turn in turns)


def checked_question(question: object) -> str:
    """Return the question if it can be answered; raise LimitError otherwise."""
    if not isinstance(question, str):
        raise LimitError("A question must be text. Write it in quotation marks.")
    if any("\ud800" <= character <= "\udfff" for character in question):
        raise LimitError("The question holds half a character (a lone surrogate). Send whole ones, as UTF-8.")
    if not question.strip():
        raise LimitError("The question is empty. Ask something, for example: Who has the bigger budget?")
    if len(question) > LONGEST_QUESTION:
        raise LimitError(
            f"The question has {len(question):,} characters, the limit is {LONGEST_QUESTION:,}. Shorten it."
        )
    return question
