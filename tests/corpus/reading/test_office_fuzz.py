"""Word and PDF files with bytes turned, cut out, doubled or swapped: a page or an error of our own, in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from corpus.article import CorpusError
from corpus.reading import READERS

OFFICE = Path(__file__).parents[2] / "data" / "office"
FILES = sorted([*OFFICE.glob("*.docx"), *OFFICE.glob("*.pdf")])
LONGEST = 120.0  # seconds; the limit is 20 of a processor that others may use as well
READ, REFUSED = "read", "refused"


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them turned, or with a piece cut out, doubled, emptied or moved."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(max(len(changed), 1))
        end = min(start + chance.choice((1, 4, 60, 2_000)), len(changed))
        match chance.randrange(6):
            case 0 | 1:
                changed[start:end] = bytes(byte ^ chance.randrange(256) for byte in changed[start:end])
            case 2:
                del changed[start:end]
            case 3:
                changed[start:start] = changed[start:end]
            case 4:
                changed[start:end] = bytes(end - start)
            case _:
                changed = changed[: chance.randrange(len(changed) + 1)] if chance.random() < 0.3 else changed
    return bytes(changed)


def with_mutated_part(content: bytes, chance: random.Random) -> bytes:
    """Return a sound ZIP archive one part of which is changed, missing, or that of another name."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        names = made.namelist()
        chosen, other = chance.choice([*names, "word/document.xml"]), chance.choice(names)
        for name in names:
            part = made.read(name)
            if name == chosen:
                if chance.random() < 0.15:
                    continue
                part = made.read(other) if chance.random() < 0.2 else shuffled(part, chance)
            archive.writestr(name, part)
    return written.getvalue()


def shuffled(part: bytes, chance: random.Random) -> bytes:
    """Return XML with elements moved, doubled or left out, which often is sound; or just with bytes turned."""
    if chance.random() < 0.3:
        return mutated(part, chance)
    pieces = part.replace(b"<", b"\0<").split(b"\0")
    for _ in range(chance.randint(1, 5)):
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(3):
            case 0:
                pieces[one], pieces[other] = pieces[other], pieces[one]
            case 1:
                pieces[one] = b""
            case _:
                pieces[one] *= chance.choice((2, 50))
    return b"".join(pieces)


def outcome(path: Path, seed: int) -> str:
    """Read a mutated file and say what came of it; anything but a page or a CorpusError is raised."""
    chance = random.Random(f"{path.name} {seed}")
    change = with_mutated_part if path.suffix == ".docx" and chance.random() < 0.7 else mutated
    content = change(path.read_bytes(), chance)
    begun = time.monotonic()
    error = ""
    try:
        READERS[path.suffix](content)
    except CorpusError as refused:
        error = str(refused)
    assert time.monotonic() - begun < LONGEST, (path.name, seed)
    assert not error or error.endswith("."), (path.name, seed)  # with what to do next
    return REFUSED if error else READ


def outcomes(seeds: range) -> Counter[tuple[str, str]]:
    return Counter((path.suffix, outcome(path, seed)) for path in FILES for seed in seeds)


def test_a_hundred_mutated_files_are_read_or_refused() -> None:
    counted = outcomes(range(4))
    assert counted.total() == 4 * len(FILES) >= 100
    assert all(counted[suffix, end] >= 5 for suffix in (".docx", ".pdf") for end in (READ, REFUSED))


@pytest.mark.slow
def test_thousands_of_mutated_files_are_read_or_refused() -> None:
    counted = outcomes(range(1_000, 1_120))
    assert counted.total() >= 3_500
    assert all(counted[suffix, end] >= 150 for suffix in (".docx", ".pdf") for end in (READ, REFUSED))
