"""A letter says what it is about and when in the lines over it; what is not on the matter is left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.catalogue import shipped_catalogue
from corpus.reading import Reading, read_content

CATALOGUE = shipped_catalogue()
HEAD = "From: Ada Bell <ada@works.example>\nTo: The kitchen\nDate: Fri, 9 May 2025 10:31:00 +0100\nSubject: {}\n\n"
BODY = "The Chef decides what goes on the menu. The Cook decides how much salt it takes.\n"


def letter(text: str, suffix: str = ".txt") -> Reading:
    return read_content(Path(f"letter{suffix}"), text.encode(), CATALOGUE)


def left_out(reading: Reading) -> dict[str, str]:
    return {finding.code: finding.message.partition(": ")[2] for finding in reading.findings}


@pytest.mark.parametrize("subject", ["Chef vs Cook", "Re: Chef vs Cook", "FW: Re[2]: [EXTERNAL] Chef vs Cook"])
@pytest.mark.parametrize("suffix", [".txt", ".eml"])
def test_the_subject_is_the_title_and_the_date_the_date(subject: str, suffix: str) -> None:
    reading = letter(HEAD.format(subject) + BODY, suffix)
    assert reading.article.text == f"Chef vs Cook\n\n{BODY.strip()}"
    assert (reading.article.roles, reading.article.date) == (("Chef", "Cook"), dt.date(2025, 5, 9))
    assert left_out(reading).keys() == {"letter-head"}


def test_the_lines_over_a_message_may_be_those_of_any_program() -> None:
    head = (
        "---------- Forwarded message ---------\n*From:* Ada\n*Sent:* Friday, May 9, 2025 10:31 AM\n"
        "*Subject:* Chef\n vs Cook\nMessage-ID: <1@works.example>\n\n"
    )
    article = letter(head + BODY).article
    assert (article.title, article.date, article.text.count("\n")) == ("Chef vs Cook", dt.date(2025, 5, 9), 2)


def test_a_heading_that_compares_is_the_title_where_the_subject_does_not() -> None:
    assert letter(f"{HEAD.format('As promised')}Chef vs Cook\n\n{BODY}").article.title == "Chef vs Cook"


@pytest.mark.parametrize("greeting", ["Dear all,", "Hi Ben!", "Good morning everybody", "TO WHOM IT MAY CONCERN:"])
def test_a_greeting_is_left_out(greeting: str) -> None:
    reading = letter(f"{HEAD.format('Chef vs Cook')}{greeting}\n\n{BODY}")
    assert reading.article.text.endswith(f"Cook\n\n{BODY.strip()}")
    assert left_out(reading)["letter-greeting"] == greeting


@pytest.mark.parametrize(
    "closing",
    ["Best regards\nAda", "Many thanks,\n\nAda Bell\nWorks Office\nPhone 020 5555 0100", "-- \nAda", "--\nAda"],
)
def test_all_from_the_sign_off_on_is_left_out(closing: str) -> None:
    reading = letter(f"{HEAD.format('Chef vs Cook')}{BODY}\n{closing}\n")
    assert reading.article.text.endswith(BODY.strip())
    assert left_out(reading)["letter-closing"] == " ".join(closing.split())


@pytest.mark.parametrize(
    "notice",
    [
        "Tel. +44 20 5555 0100",
        "Sent from my phone",
        "This message is confidential and meant for\nwhoever it was sent to.",
    ],
)
def test_numbers_and_notices_are_left_out_where_nobody_signs(notice: str) -> None:
    reading = letter(f"{HEAD.format('Chef vs Cook')}{BODY}\n{notice}\n")
    assert reading.article.text.endswith(BODY.strip())
    assert left_out(reading)["letter-notice"] == " ".join(notice.split())


@pytest.mark.parametrize(
    "line",
    [
        "Thanks\nAda for the menu.",  # at the top of a letter nobody signs off
        "Hello is what a Cook says when a guest comes in by the wrong door.",
        "Dear to every Cook is a sharp knife.",
        "The Cook is on telephone 12.",
    ],
)
def test_what_only_looks_so_is_kept(line: str) -> None:
    text = letter(f"{HEAD.format('Chef vs Cook')}{line}\n\n{BODY}").article.text
    assert line.splitlines()[-1] in text
    assert BODY.strip() in text


def test_an_article_with_a_topic_named_as_a_line_of_a_message_is_none() -> None:
    article = letter(f"Chef vs Cook\nSubject: The Chef teaches taste.\nBest regards\n{BODY}").article
    assert (article.title, article.sections[0].heading) == ("Chef vs Cook", "Subject")
    assert "Best regards" in article.text


MIXED = """From: Ada
Subject: Chef vs Cook
Content-Type: multipart/mixed; boundary="=b"

--=b
Content-Type: text/html; charset=utf-8

<p>The Chef decides.</p>
--=b
Content-Type: application/pdf
Content-Disposition: attachment; filename="menu.pdf"

%PDF
--=b--
"""


def test_a_message_without_text_is_read_as_a_web_page_and_what_hangs_on_it_is_named() -> None:
    reading = letter(MIXED, ".eml")
    assert reading.article.text == "Chef vs Cook\n\nThe Chef decides."
    assert left_out(reading) == {"attachment": "menu.pdf"}


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("", "holds no e-mail with a text"),
        ("From: Ada\nContent-Type: image/png\n\nx", "holds no e-mail with a text"),
        ("From: Ada\nContent-Type: text/plain; charset=klingon\n\nx", "is in an unknown character set"),
        ("From: " + "(" * 100_000 + "\n\nx", "is damaged"),
    ],
)
def test_a_file_that_holds_no_message_is_refused(message: str, says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        letter(message, ".eml")
