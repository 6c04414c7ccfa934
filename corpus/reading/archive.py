"""Open a Word file as the ZIP archive it is: refused when it is damaged, would fill the memory, or holds what runs.

The limits come from real files: a Word file of a hundred pages unpacks to about 3 MB of XML, twenty times its size;
pictures are packed already. What is over them was made to be over them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from corpus.article import CorpusError
from corpus.reading.decoding import recognised

_MOST_PARTS = 2_000
_MOST_BYTES = 100_000_000  # of all parts together, pictures among them
_MOST_XML = 15_000_000  # bytes of one part of XML; the text of a thousand pages
_HIGHEST_RATIO = 200  # unpacked to packed; XML is packed to a tenth, blank paragraphs to a hundredth
_SMALL = 1_000_000  # bytes; the ratio of a smaller part does no harm

_XML = (".xml", ".rels")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_STRICT = b"purl.oclc.org/ooxml"
_TYPES = "[Content_Types].xml"
_MAIN = b"wordprocessingml.document.main+xml"
_ENCRYPTED = 0x1  # of the flags of an entry
_SAVE = "Open it in Word and save it again as a Word document (.docx)."


def checked_archive(content: bytes) -> None:
    """Raise CorpusError, which says why and what to do, when these bytes are no Word file that is safe to open."""
    found = recognised(content)
    if found and found[1] == ".doc":
        raise CorpusError(f"is an old Word file or protected by a password. Remove the password. {_SAVE}")
    if found is None or found[1] != ".docx":
        raise CorpusError(f"is {found[0] if found else 'no Word file'} by its first bytes. {_SAVE}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive.infolist())
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise CorpusError(f"is a damaged Word file ({error}). {_SAVE}") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Go by the sizes that the archive states: no more than that is ever unpacked."""
    if len(entries) > _MOST_PARTS:
        raise CorpusError(f"has {len(entries):,} parts, the limit is {_MOST_PARTS:,}. {_SAVE}")
    total = sum(entry.file_size for entry in entries)
    if total > _MOST_BYTES:
        raise CorpusError(f"unpacks to {total:,} bytes, the limit is {_MOST_BYTES:,}. Take out pictures or split it.")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise CorpusError(f"is protected by a password ({entry.filename}). Remove the password and save it again.")
        if entry.filename.endswith(_XML) and entry.file_size > _MOST_XML:
            raise CorpusError(
                f"has {entry.file_size:,} bytes of XML in {entry.filename}, the limit is {_MOST_XML:,}. "
                "Split it into articles."
            )
        if entry.file_size > max(_SMALL, _HIGHEST_RATIO * entry.compress_size):
            raise CorpusError(
                f"packs {entry.file_size:,} bytes of {entry.filename} into {entry.compress_size:,}, as only files do "
                f"that are made to fill a memory. {_SAVE}"
            )


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(set(names)) < len(names):
        raise CorpusError(f"is a damaged Word file (a part stands in it twice). {_SAVE}")
    for name in names:
        if name.lower().endswith("vbaproject.bin"):
            raise CorpusError(f"holds macros ({name}), which no article needs. Save it as a Word document (.docx).")
        if name.endswith(_XML):
            _check_xml(name, archive.read(name))
    if _TYPES not in names or _MAIN not in archive.read(_TYPES):
        raise CorpusError(f"is a ZIP archive without a Word document in it. {_SAVE}")


def _check_xml(name: str, part: bytes) -> None:
    letters = part.replace(b"\0", b"")  # XML may be UTF-16
    if _DECLARATION.search(letters):
        raise CorpusError(f"declares entities ({name}), which no Word file needs and attacks are made of. {_SAVE}")
    if name == "word/document.xml" and _STRICT in letters:
        raise CorpusError("is saved as Strict Open XML. Save it as an ordinary Word document (.docx).")
