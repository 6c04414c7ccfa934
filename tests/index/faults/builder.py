"""Order builds from `program.py` whose n-th change of a file goes wrong, and look at what they left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.build import BuildOptions, build_index
from index.generation import generations, read_pointer
from index.manifest import Manifest
from index.opening import open_generation
from index.seal import check
from index.stores import LocalStores
from tests.small import KITCHEN, PAGES, WordEncoder, library_of, write_pages

COUNT, KILL, FULL = 0, 1, 2
SOURCE = Path(__file__).parent / "faults.c"
BEFORE, AFTER = "each season", "twice a year"


@dataclass(frozen=True)
class Left:
    """How a build ended, how many changes it had made, and which wording the index answers with."""

    status: int
    calls: int
    wording: str


class FaultyBuilder:
    """Runs builds of a changed article over two generations of the old one, each in a folder that is made anew.

    `trace` holds what the last of them wrote, settled and renamed, in order.
    """

    def __init__(self, process: subprocess.Popen[str], case: Path, trace: Path) -> None:
        self._process = process
        self.case = case
        self.trace = trace

    def run(self, number: int, mode: int, *, exact: bool = True) -> Left:
        """Build with the `number`-th change going wrong; check that what is in use is whole and answers right."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.trace.unlink(missing_ok=True)
        self._process.stdin.write(f"{number} {mode}\n")
        self._process.stdin.flush()
        status, calls = map(int, self._process.stdout.readline().split())
        return Left(status, calls, self._wording(exact=exact))

    def _wording(self, *, exact: bool) -> str:
        root = self.case / "index"
        pointer = read_pointer(root)
        assert pointer is not None
        for folder in generations(root):
            check(folder, Manifest.read(folder).files)
        opened = open_generation(root / pointer.name, WordEncoder(), LocalStores(), exact=exact)
        chunk = opened.searcher.search("who writes the menu")[0].chunk
        article = opened.library.articles[KITCHEN]
        quote = next(article.quote(s.span) for s in article.sentences() if s.number == chunk.sentence)
        opened.searcher.close()
        words = {BEFORE: "generation-0002", AFTER: "generation-0003"}
        (wording,) = [word for word in words if word in quote and word in chunk.text]
        assert words[wording] == pointer.name
        return wording


def compiled_faults(folder: Path) -> Path:
    """Make the library that is loaded into a program whose changes go wrong."""
    shared = folder / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", shared, SOURCE, "-ldl"], check=True)
    return shared


@contextmanager
def faulty_builder(folder: Path) -> Iterator[FaultyBuilder]:
    """Compile the faults, make the generations before, start the program; it ends with the context."""
    shared = compiled_faults(folder)
    before = library_of(folder / "articles")
    for _ in range(2):
        build_index(folder / "template" / "index", before, WordEncoder(), BuildOptions(force=True))
    write_pages(folder / "articles", {KITCHEN: PAGES[KITCHEN].replace(BEFORE, AFTER)})
    (folder / "temporary").mkdir()
    case = folder / "case"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.index.faults.program", folder / "template", case, folder / "articles"],
        env={
            **os.environ,
            "LD_PRELOAD": str(shared),
            "FAULT_ROOT": str(case),
            "FAULT_TRACE": str(folder / "trace"),
            "TMPDIR": str(folder / "temporary"),
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(folder / "said").open("w"),
        text=True,
    )
    try:
        yield FaultyBuilder(process, case, folder / "trace")
    finally:
        process.kill()
        process.wait()
