"""What the JSON side takes and gives, as published in its OpenAPI description. The contract of programs that use it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Outcome, Reason, Verdict
from assistant.limits import LONGEST_QUESTION, MOST_TURNS, LimitError
from assistant.web.answers import checked_conversation
from assistant.web.article_search import LONGEST_TEXT

MOST_ARTICLES = 200  # of one page of the list
_ARTICLES = 50


class _Given(BaseModel):
    """Something that this server writes: every field is there, nothing else is."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Ask(BaseModel):
    """A question: either `question`, or `turns` with the user's messages so far, oldest first."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str | None = Field(None, description=f"The question, at most {LONGEST_QUESTION:,} characters.")
    turns: list[str] | None = Field(
        None, description=f"The user's messages, oldest first, at most {MOST_TURNS}; the last one is the question."
    )

    def messages(self) -> tuple[str, ...]:
        """Return the messages; raise LimitError when there is nothing to answer or too much."""
        turns = self.turns if self.question is None else [self.question]
        if turns is None or None not in (self.question, self.turns):
            raise LimitError('Send either "question" or "turns", one of them and not both.')
        return checked_conversation(turns)


class Claim(_Given):
    """One statement, resting on at least one citation."""

    text: str
    roles: list[str] = Field(description="The roles that the statement is about.")
    topic: str | None
    verdict: Verdict = Field(description="How the cited sentences stand to the statement.")
    citations: list[int] = Field(description="Numbers of entries of `citations`.", min_length=1)


class Citation(_Given):
    """One sentence, list item or table cell of one article: `quote` is `text[start:end]` of that article."""

    number: int = Field(description="What `[1]` in `markdown` stands for.", ge=1)
    article_id: str
    article_title: str
    heading: str
    roles: list[str]
    quote: str
    start: int = Field(description="Offset in Unicode code points, as Python counts them.", ge=0)
    end: int
    url: str = Field(description="Path of the article reader that shows the sentence.")


class Checked(_Given):
    """A reviewer has compared the answer with its sentences and stands for it. Who that was is not told."""

    on: dt.date


class AnswerObject(_Given):
    """An answer with the exact sentences it rests on, or the reason why there is none."""

    schema_: Literal["rolewise.answer/1"] = Field(alias="schema")
    id: str = Field(description="Random, 128 bits. Who knows it may read the answer again.")
    question: str
    standalone_question: str = Field(description="The self-contained question that was searched.")
    outcome: Outcome
    reason: Reason | None = Field(description="Why the question is not simply answered.")
    markdown: str = Field(description="What a person reads, with markers such as `[1]`.")
    claims: list[Claim]
    citations: list[Citation]
    conflicts: list[Annotated[list[int], Field(min_length=2, max_length=2)]] = Field(
        description="Pairs of indexes of `claims` that disagree, taken from different articles."
    )
    suggestions: list[str] = Field(description="Questions that the articles do answer.")
    confidence: float = Field(description="The higher, the likelier the articles answer the question.", ge=0, le=1)
    elapsed_ms: int = Field(ge=0)
    checked: Checked | None = Field(None, description="There only where a reviewer has approved the answer.")


class KeptAnswer(_Given):
    """An answer as it was given, and when. Earlier messages of its conversation are not told."""

    id: str
    asked: dt.datetime = Field(description="In UTC.")
    answer: AnswerObject


class ArticleEntry(_Given):
    """An article in the list."""

    id: str
    title: str
    roles: list[str]
    topics: list[str]
    date: dt.date | None
    source: str | None = Field(description="The address that the article was taken from.")
    sentences: int = Field(description="How many sentences can be cited.")
    url: str = Field(description="Path of the article reader.")


class ArticleList(_Given):
    """One page of the list of articles."""

    total: int = Field(description="How many articles fit, on all pages.")
    offset: int
    limit: int
    articles: list[ArticleEntry]


class SentenceObject(_Given):
    """The smallest thing that can be cited: `quote` is `text[start:end]`."""

    number: int
    start: int
    end: int
    quote: str
    roles: list[str] = Field(description="The roles that the sentence is about.")
    url: str = Field(description="Path of the article reader that shows the sentence.")


class SectionObject(_Given):
    """What an article says under one heading; the heading is empty for what stands before the first."""

    heading: str
    topic: str | None
    sentences: list[SentenceObject]


class ArticleObject(ArticleEntry):
    """An article: its canonical text, and where its sentences stand in it."""

    text: str = Field(description="Exactly the text that `start` and `end` count in.")
    sections: list[SectionObject]
    disagrees_with: str | None = Field(description="Id of an article on the same roles that sees a point differently.")


class ArticlesWanted(BaseModel):
    """Which articles to list. A parameter that is not known is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    role: str = Field("", description="Name of a role in full; articles on it.", max_length=LONGEST_TEXT)
    topic: str = Field(
        "", description="Name of a topic in full; articles with a section on it.", max_length=LONGEST_TEXT
    )
    text: str = Field(
        "", description="Words in title, roles and their other names, or text; all of them.", max_length=LONGEST_TEXT
    )
    offset: int = Field(0, description="How many articles to pass over.", ge=0)
    limit: int = Field(_ARTICLES, description="How many articles to list at most.", ge=1, le=MOST_ARTICLES)


class Health(_Given):
    """The process is alive."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Questions are answered, from this much. More may be told."""

    model_config = ConfigDict(extra="allow")

    status: Literal["ready"]
    articles: int
    roles: int


class Problem(BaseModel):
    """What went wrong (RFC 9457). `detail` says why and what to do; some problems have members of their own."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    id: str | None = Field(None, description="Number of a failure in the server's log.")
