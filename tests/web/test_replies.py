from __future__ import annotations

import html
import re
from dataclasses import replace

from assistant import render
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
    reply = reply_to("budget?", other, "").reply
    assert r'Understood as: <span class="standalone">What is the \<b\>budget\</b\>?</span>' in reply
    assert '<button class="do edit"' in reply


def test_only_the_last_reply_offers_questions_and_what_was_typed_stays_what_it_is() -> None:
    said = [Exchange("*a*\n<b>", "one", ("x",)), Exchange("b", "two", ("y", "z"))]
    messages = messages_of(said)
    assert messages[0]["content"] == "\\*a\\*\n\\<b\\>"
    assert "options" not in messages[1]
    assert messages[3]["options"] == [{"value": "y", "label": "y"}, {"value": "z", "label": "z"}]
    assert messages_of([]) == []


def test_every_reply_carries_the_quotes_in_the_order_of_their_numbers(library: Library) -> None:
    answer = SmallAssistant(library).answer(["Compare them"])
    reply = reply_to("Compare them", answer, "").reply
    (listed,) = re.findall('<ol class="quotes">(.*)</ol>', reply)
    quotes = [html.unescape(quote) for quote in re.findall('<span class="quote">“(.*?)”</span>', listed)]
    assert quotes == [citation.quote for citation in answer.citations()]
    assert reply.count('<div class="scrolls" role="region" tabindex="0">\n\n|') == 1


def test_articles_that_disagree_are_named_beside_what_each_says(library: Library) -> None:
    answer = SmallAssistant(library).answer(["Who has the bigger budget?"])
    title, when = library.articles[PAIR].title, library.articles[PAIR].date
    who = f'<span class="who">{render.escape(title)}, {when.day} {when:%B %Y}</span>' if when else ""
    for message in ("", "Two articles see this differently."):
        reply = reply_to("budget?", replace(answer, conflicts=((0, 1),), message=message), "").reply
        claims = [block for block in reply.split("\n\n") if block.startswith("**")]
        assert who
        assert [block.endswith(who) for block in claims] == [True, True]
    assert who not in reply_to("budget?", answer, "").reply


def test_a_few_sources_stand_in_a_line_and_many_are_folded_away_behind_their_number(library: Library) -> None:
    few = reply_to("budget?", SmallAssistant(library).answer(["budget?"]), "/hr").reply
    assert f'<span class="from">From <a class="source" href="/hr/articles/{PAIR}">' in few
    answer = SmallAssistant(library).answer(["Compose them"])
    titles = [citation.article.title for citation in answer.citations()]
    (folded,) = re.findall("<details.*?</details>", reply_to("Compose them", answer, "/hr").reply)
    assert folded.startswith(f'<details class="from"><summary>From {len(titles)} articles</summary><ul><li>')
    assert re.findall('class="source" href="/hr/articles/[^"]*">([^<]*)</a></li>', folded) == titles


def test_links_and_thumbs_are_offered_for_what_is_on_record_alone(library: Library) -> None:
    answer = SmallAssistant(library).answer(["budget?"])
    for kept in (True, False):
        shown = str(messages_of([reply_to("budget?", answer, "/hr", kept=kept)], "/hr")[1]["content"])
        assert shown.count('class="do copy"') == 2
        assert f'href="/hr/answers/{answer.id}.md"' in shown
        assert (f'class="do link" href="/hr/answers/{answer.id}"' in shown) is kept
        assert ('class="do up"' in shown) is kept
    judged = replace(reply_to("budget?", answer, "", kept=True), up=False)
    assert 'class="do down on"' in str(messages_of([judged])[1]["content"])


def test_example_questions_come_from_the_articles_in_use(library: Library) -> None:
    questions = example_questions(library.articles.values())
    assert questions
    assert all(any(role in question for role in library.roles()) for question in questions)
    assert example_questions([]) == ()
