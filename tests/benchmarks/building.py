"""A process that builds an index when it is told to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUILD = """
import sys
from pathlib import Path
from corpus.library import load_library
from index.build import BuildOptions, build_index
from index.hits import SearchError
from tests.editions import write_edition
from tests.small import WordEncoder
data = Path(sys.argv[1])
for line in sys.stdin:
    if int(line) >= 0:
        write_edition(data / "articles", int(line))
    try:
        built = build_index(data / "index", load_library([data / "articles"]), WordEncoder(), BuildOptions(wait=0))
        print(built.folder.name, flush=True)
    except SearchError as error:
        print(error, flush=True)
"""


@contextmanager
def builder(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that builds the edition of each number it is sent, or the articles as they are for -1."""
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(data)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ordered(process: subprocess.Popen[str], number: int) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{number}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()
