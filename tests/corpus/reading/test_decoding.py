"""Bytes become text by clear rules, or an error says where and what to do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import CorpusError
from corpus.reading.decoding import decoded, recognised

TYPOGRAPHY = "The Chef’s “brigade” – café, naïve – costs 5 €…\n"


@pytest.mark.parametrize(
    "content",
    [
        TYPOGRAPHY.encode(),  # UTF-8
        codecs.BOM_UTF8 + TYPOGRAPHY.encode(),  # with a mark
        TYPOGRAPHY.encode("utf-16"),  # with a mark, as this machine writes it
        codecs.BOM_UTF16_BE + TYPOGRAPHY.encode("utf-16-be"),  # the other way round
        TYPOGRAPHY.encode("utf-16-le"),  # without a mark
        TYPOGRAPHY.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TYPOGRAPHY.encode("utf-32-le"),
        TYPOGRAPHY.encode("cp1252"),  # as Windows saves it
        TYPOGRAPHY.replace("\n", "\r\n").encode(),  # line ends of Windows
        TYPOGRAPHY.replace("\n", "\r").encode(),  # of old Macintoshes
        TYPOGRAPHY.replace("\n", "\r\n").encode("utf-16"),
    ],
)
def test_the_same_text_comes_out_of_every_encoding(content: bytes) -> None:
    assert decoded(content) == TYPOGRAPHY


@pytest.mark.parametrize("text", ["e\u0301 👩🏽‍🍳 \u00a0 ﬁ \u200b \u2028", "\u202eabc", "\U0010ffff", "管理"])
def test_rare_characters_survive(text: str) -> None:
    assert decoded(text.encode()) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("One.\ncafé\n".encode() + b"caf\xe9 here\n", "mixes UTF-8 with another encoding (line 3, byte 14: e9 20 68"),
        (b"One.\nTwo \x81 three and more words.", "is not valid Windows-1252 (line 2, byte 9: 81"),  # no character
        ("Учитель и директор школы".encode("koi8-r"), "is in an encoding that is not known (line 1, byte 0"),
        ("先生と校長の違い".encode("shift_jis"), "(line 1, byte 0"),
        (b"\xff\xfea", "is not valid UTF-16-LE (line 1, byte 0: 61)"),  # half a character
        (b"\xef\xbb\xbfOne.\n\xff", "is not valid UTF-8 (line 2, byte 5: ff)"),  # the mark lies
        (b"One.\nTwo\x00three", "holds binary data (line 2: U+0000)"),
        (bytes(range(256)) * 8, "holds binary data (line"),
        (bytes([1, 2, 3, 65]) * 100, "holds binary data (line 1: U+0001)"),
    ],
)  # fmt: skip
def test_bytes_that_no_encoding_explains_are_an_error_with_place_and_cure(content: bytes, reason: str) -> None:
    with pytest.raises(CorpusError) as caught:
        decoded(content)
    assert reason in str(caught.value)
    assert "ave it as" in str(caught.value)


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("windows-1251", "Учитель и директор"),  # said, and no UTF-8
        ("iso-8859-1", "“Chef”"),  # means Windows-1252 on the web
        ("no-such-encoding", "“Chef” and Cook and ten more words to make it mostly plain"),
        ("unicode_escape", "“Chef” and Cook and ten more words to make it mostly plain"),  # of Python, not the web
        ("zlib", "“Chef” and Cook and ten more words to make it mostly plain"),  # a codec, but of no text
    ],
)
def test_an_encoding_that_the_page_declares_is_used_when_it_is_no_utf8(declared: str, text: str) -> None:
    written = declared if declared.startswith("windows") else "cp1252"
    padded = text + " plain words" * 20
    assert decoded(padded.encode(written), declared) == padded
    assert decoded(padded.encode(), declared) == padded


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive (Word files are such)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "an old or encrypted Office file"),
        (b"{\\rtf1\\ansi", "a Rich Text file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\n <!DOCTYPE html>\n<html>", "a web page"),
        (b"<!-- saved --><HTML lang='en'>", "a web page"),
        (b"Chef vs Cook <html>", None),
        (b"", None),
    ],
)
def test_a_file_is_recognised_by_its_first_bytes(content: bytes, kind: str | None) -> None:
    found = recognised(content)
    assert (found and found[0]) == kind


@given(st.binary(max_size=300))
def test_any_bytes_are_text_without_carriage_returns_or_a_corpus_error(content: bytes) -> None:
    try:
        text = decoded(content)
    except CorpusError:
        return
    assert "\r" not in text
    assert "\0" not in text
    text.encode("utf-8", "surrogatepass")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    assert decoded(codecs.BOM_UTF8 + text.encode()) == text.removeprefix("\ufeff")
