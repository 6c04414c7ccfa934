from __future__ import annotations

from dataclasses import replace

from assistant.web.examples import example_questions
from assistant.web.history import Exchange
from assistant.web.replies import messages_of, reply_to
from corpus.library import Library
from tests.web.small_assistant import PAIR, SmallAssistant


def test_every_citation_is_a_link_to_its_sentence_named_after_its_article(library: Library) -> None:
    answer = SmallAssistant(library).answer(["Who has the bigger budget?"])
    reply = reply_to("Who has the bigger budget?", answer, "").reply
    for number, citation in enumerate(answer.citations(), start=1):
        title = f"Source {number}: {citation.article.title}"
        assert f'<a class="cite" href="{citation.url}" title="{title}">{number}</a>' in reply


def test_links_lead_back_through_the_path_of_a_proxy(library: Library) -> None:
    answer = SmallAssistant(library).answer(["budget?"])
    assert f'href="/hr/articles/{PAIR}#s' in reply_to("budget?", answer, "/hr").reply


def test_the_question_as_understood_is_shown_only_when_it_differs(library: Library) -> None:
    answer = SmallAssistant(library).answer(["budget?"])
    assert "Understood" not in reply_to(" budget? ", answer, "").reply
    other = replace(answer, standalone_question="What is the <b>budget</b>?")
    assert r"Understood as: What is the \<b\>budget\</b\>?" in reply_to("budget?", other, "").reply


def test_only_the_last_reply_offers_questions_and_what_was_typed_stays_what_it_is() -> None:
    said = [Exchange("*a*\n<b>", "one", ("x",)), Exchange("b", "two", ("y", "z"))]
    messages = messages_of(said)
    assert messages[0]["content"] == "\\*a\\*\n\\<b\\>"
    assert "options" not in messages[1]
    assert messages[3]["options"] == [{"value": "y", "label": "y"}, {"value": "z", "label": "z"}]
    assert messages_of([]) == []


def test_example_questions_come_from_the_articles_in_use(library: Library) -> None:
    questions = example_questions(library.articles.values())
    assert questions
    assert all(any(role in question for role in library.roles()) for question in questions)
    assert example_questions([]) == ()
