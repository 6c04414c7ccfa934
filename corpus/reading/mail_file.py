"""Read a message as mail programs save it (.eml): its text as a letter, or its web page when it has no text."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from email.message import MIMEPart

from corpus.article import CorpusError
from corpus.reading.blocks import LeftOut, Page, one_line
from corpus.reading.plain_text import read_plain_text
from corpus.reading.titles import roles_in_title
from corpus.reading.web_page import read_web_page

_OVER_IT = ("From", "Date", "Subject")


def read_mail(content: bytes) -> Page:
    """Return the blocks of a message; raise CorpusError when it is none, or holds no text."""
    message = email.message_from_bytes(content, policy=policy.default)
    said = {name: one_line(str(message[name])) for name in _OVER_IT if message[name]}
    body = message.get_body(("plain", "html"))
    if not said or body is None:
        raise CorpusError("holds no e-mail with a text. Save its text alone, to a file that ends in .txt.")
    head = "".join(f"{name}: {value}\n" for name, value in said.items())
    page = _of_html(body, head) if body.get_content_subtype() == "html" else read_plain_text(f"{head}\n{_text(body)}")
    names = [LeftOut("attachment", one_line(part.get_filename() or "")) for part in message.iter_attachments()]
    return replace(page, left_out=(*page.left_out, *(item for item in names if item.text)))


def _of_html(body: MIMEPart, head: str) -> Page:
    page, said = read_web_page(_text(body).encode()), read_plain_text(head).front_matter
    title = said.title if roles_in_title(said.title) else page.front_matter.title or said.title
    return replace(page, front_matter=replace(page.front_matter, title=title, date=page.front_matter.date or said.date))


def _text(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except LookupError as error:  # a character set that nobody knows
        raise CorpusError(f"is in an unknown character set ({error}). Save its text as UTF-8.") from error
