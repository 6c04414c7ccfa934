"""Bytes to text: UTF-8, UTF-16 and Windows-1252, told apart by clear rules; anything else is an error with a cure.

The rules: a byte order mark says it; else zero bytes in every second place mean UTF-16; else what is valid UTF-8 is
UTF-8; else, where no character of UTF-8 stands in it and few bytes are above 127, it is Windows-1252. A guess by
letter statistics was left out: it answers with a rare code page for a page of English with three curly quotes.
"""

from __future__ import annotations

import codecs
import re

from corpus.article import CorpusError

# What a file is by its first bytes, whatever its name says; and the suffix that such files have.
_SIGNATURES = (
    (b"%PDF-", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive (Word files are such)", ".docx"),
    (b"PK\x05\x06", "an empty ZIP archive", ".zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file", ".doc"),
    (b"{\\rtf", "a Rich Text file", ".rtf"),
    (b"\x89PNG\r\n", "a PNG picture", ".png"),
    (b"\xff\xd8\xff", "a JPEG picture", ".jpg"),
    (b"GIF8", "a GIF picture", ".gif"),
    (b"\x1f\x8b", "a gzip archive", ".gz"),
    (b"BZh", "a bzip2 archive", ".bz2"),
    (b"\xfd7zXZ", "an xz archive", ".xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", ".7z"),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90\x00", "a program", ".exe"),
    (b"SQLite format 3\0", "a database", ".sqlite"),
)
# Nothing is tried twice: comments that could be parted in many ways would take for ever.
_WEB_PAGE = re.compile(rb"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_LOOKED_AT = 4_000  # bytes in which a web page shows that it is one

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MOST_ABOVE_ASCII = 0.25  # of the bytes; French prose in Windows-1252 has 0.04, Cyrillic and Japanese have over 0.5
_SHORTEST_UTF16 = 16  # bytes; less says nothing about every second byte
_MOSTLY = 0.8  # of every second byte is zero in English UTF-16
_RARELY = 0.05
# The encodings of the web that Python knows by the same name. Pages that say Latin-1 or ASCII mean Windows-1252.
_DECLARED = re.compile(
    r"windows-125[0134578]|iso-8859-(?:[2-9]|1[0-6])|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5|macintosh",
    re.I,
)
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_MOST_BINARY = 0.001  # of the characters; a stray one comes from an old word processor
_CURE = "Open it in an editor and save it as UTF-8."


def recognised(content: bytes) -> tuple[str, str] | None:
    """Return what a file is by its first bytes, and the suffix it should have; None when they do not say."""
    for signature, kind, suffix in _SIGNATURES:
        if content.startswith(signature):
            return kind, suffix
    return ("a web page", ".html") if _WEB_PAGE.match(content[:_LOOKED_AT]) else None


def decoded(content: bytes, declared: str = "") -> str:
    r"""Return the text that bytes stand for, each line end as \n and without a byte order mark.

    `declared` is the encoding that a page says it has; it is used when the bytes are no UTF-8. Raise CorpusError,
    which says where and what to do, for binary data and for bytes that no one encoding explains.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _checked(_strictly(content[len(mark) :], encoding))
    return _checked(_strictly(content, _encoding(content, declared)))


def _encoding(content: bytes, declared: str) -> str:
    even, odd = (content[::2], content[1::2]) if len(content) >= _SHORTEST_UTF16 else (b"", b"")
    if odd and odd.count(0) >= _MOSTLY * len(odd) and even.count(0) <= _RARELY * len(even):
        return "utf-16-le"
    if odd and even.count(0) >= _MOSTLY * len(even) and odd.count(0) <= _RARELY * len(odd):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared_or_western(content, declared, error)
    return "utf-8"


def _declared_or_western(content: bytes, declared: str, error: UnicodeDecodeError) -> str:
    """Return the encoding of bytes that are no UTF-8, for the reason that `error` gives."""
    place = _place(content, error.start)
    if b"\0" in content:
        raise CorpusError(f"holds binary data ({place}). Save it as Markdown, plain text or HTML.")
    if _DECLARED.fullmatch(declared.strip()):
        return declared.strip()
    above = sum(byte > 127 for byte in content)  # noqa: PLR2004 - the last character of ASCII
    if _UTF8_CHARACTER.search(content):
        raise CorpusError(f"mixes UTF-8 with another encoding ({place}). {_CURE}")
    if above > max(_MOST_ABOVE_ASCII * len(content), 1):
        raise CorpusError(f"is in an encoding that is not known ({place}). {_CURE}")
    return "cp1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        named = encoding.upper().replace("CP1252", "Windows-1252")
        raise CorpusError(f"is not valid {named} ({_place(content, error.start)}). {_CURE}") from error


def _place(content: bytes, at: int) -> str:
    line = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    return f"line {line}, byte {at}: {content[at : at + 4].hex(' ')}"


def _checked(text: str) -> str:
    r"""Return text with line ends as \n; raise CorpusError when it holds what no text holds."""
    found = _BINARY.search(text)
    if found and ("\0" in text or len(_BINARY.findall(text)) > _MOST_BINARY * len(text)):
        line = text.count("\n", 0, found.start()) + 1
        raise CorpusError(
            f"holds binary data (line {line}: U+{ord(found[0]):04X}). Save it as Markdown, plain text or HTML."
        )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
